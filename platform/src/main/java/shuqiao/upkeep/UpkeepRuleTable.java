package shuqiao.upkeep;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UpkeepRuleTable {

    private final JdbcClient db;

    UpkeepRuleTable(JdbcClient db) {
        this.db = db;
    }

    UpkeepRule rule() {
        return db.sql("select notice_days, check_hours from upkeep.rule")
                .query((rs, _) ->
                        new UpkeepRule(rs.getInt("notice_days"), rs.getInt("check_hours")))
                .single();
    }

    void change(UpkeepRule rule) {
        db.sql("update upkeep.rule set notice_days = :days, check_hours = :hours")
                .param("days", rule.noticeDays())
                .param("hours", rule.checkHours())
                .update();
    }
}
