package shuqiao.source;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class TriesTable {

    /** What was counted since a moment. */
    record Count(Instant since, int failures, int wrong) {}

    private final JdbcClient db;

    TriesTable(JdbcClient db) {
        this.db = db;
    }

    /**
     * Counts one more, beginning anew where the last window is over.
     *
     * @param floor a window that began before is over
     */
    Count add(String who, int failures, int wrong, Instant now, Instant floor) {
        return db.sql(
                        """
                        insert into source.tries as t (who, since, failures, wrong)
                        values (:who, :now, :failures, :wrong)
                        on conflict (who) do update set
                            since = case when t.since < :floor then excluded.since else t.since end,
                            failures = case when t.since < :floor then 0 else t.failures end + :failures,
                            wrong = case when t.since < :floor then 0 else t.wrong end + :wrong
                        returning since, failures, wrong
                        """)
                .param("who", who)
                .param("failures", failures)
                .param("wrong", wrong)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("floor", floor.atOffset(ZoneOffset.UTC))
                .query((rs, _) ->
                        new Count(
                                rs.getObject("since", OffsetDateTime.class).toInstant(),
                                rs.getInt("failures"),
                                rs.getInt("wrong")))
                .single();
    }

    /** One that did not fail. */
    void giveBack(String who) {
        db.sql("update source.tries set failures = failures - 1 where who = :who and failures > 0")
                .param("who", who)
                .update();
    }
}
