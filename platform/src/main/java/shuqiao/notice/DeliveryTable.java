package shuqiao.notice;

import java.time.LocalTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DeliveryTable {

    private final JdbcClient db;

    DeliveryTable(JdbcClient db) {
        this.db = db;
    }

    DeliveryHours hours() {
        return db.sql("select from_time, until_time from notice.delivery")
                .query((rs, _) ->
                        new DeliveryHours(
                                rs.getObject("from_time", LocalTime.class),
                                rs.getObject("until_time", LocalTime.class)))
                .single();
    }

    void change(DeliveryHours hours) {
        db.sql("update notice.delivery set from_time = :from, until_time = :until")
                .param("from", hours.from())
                .param("until", hours.until())
                .update();
    }
}
