package shuqiao.reminder;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Clock;

@Repository
class ReminderTable {

    /** One reminder, told once. */
    record Key(String deadline, LocalDate due, String stage) {}

    private final JdbcClient db;

    ReminderTable(JdbcClient db) {
        this.db = db;
    }

    ReminderRule rule() {
        return db.sql("select before_days, escalate_after from reminder.rule")
                .query((rs, _) ->
                        new ReminderRule(
                                List.of((Integer[]) rs.getArray("before_days").getArray()),
                                rs.getInt("escalate_after")))
                .single();
    }

    void change(ReminderRule rule) {
        db.sql("update reminder.rule set before_days = :before, escalate_after = :after")
                .param("before", rule.before().toArray(Integer[]::new))
                .param("after", rule.escalateAfter())
                .update();
    }

    /** All that was told of these deadlines. */
    Set<Key> told(Collection<String> deadlines) {
        return new HashSet<>(
                db.sql(
                                "select deadline, due, stage from reminder.told where deadline = any (:deadlines)")
                        .param("deadlines", deadlines.toArray(String[]::new))
                        .query((rs, _) ->
                                new Key(
                                        rs.getString("deadline"),
                                        rs.getObject("due", LocalDate.class),
                                        rs.getString("stage")))
                        .list());
    }

    /**
     * Removes at most so many, told before and of due dates before; how many. Who was told that it
     * is late beyond measure stays: that is told once.
     */
    int forget(Instant before, int limit) {
        return db.sql(
                        """
                        delete from reminder.told where (deadline, due, stage) in (
                            select deadline, due, stage from reminder.told
                            where told_at < :before and due < :day and stage <> 'ESCALATED'
                            order by told_at limit :limit for update skip locked)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("day", LocalDate.ofInstant(before, Clock.ZONE))
                .param("limit", limit)
                .update();
    }

    /** True for the first who claims it; others wait until that one is sure. */
    boolean claim(Key key, Instant at) {
        return db.sql(
                                """
                                insert into reminder.told (deadline, due, stage, told_at)
                                values (:deadline, :due, :stage, :at) on conflict do nothing
                                """)
                        .param("deadline", key.deadline())
                        .param("due", key.due())
                        .param("stage", key.stage())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
