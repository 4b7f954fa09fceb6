package shuqiao.upkeep;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DueReminderTable {

    private final JdbcClient db;

    DueReminderTable(JdbcClient db) {
        this.db = db;
    }

    /** False when it was said before. */
    boolean say(long resource, LocalDate due, int week, Instant at) {
        return db.sql(
                                """
                                insert into upkeep.reminder (resource, due, week, told_at)
                                values (:resource, :due, :week, :at) on conflict do nothing
                                """)
                        .param("resource", resource)
                        .param("due", due)
                        .param("week", week)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
