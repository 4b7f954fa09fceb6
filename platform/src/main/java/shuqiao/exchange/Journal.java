package shuqiao.exchange;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How an attempt went, for people who look: its steps, and how far it was when. */
@Repository
class Journal {

    /** When an attempt took a step. */
    record Step(int attempt, String phase, Instant at) {}

    /** How far an attempt was. */
    record Sample(Instant at, long rows, long bytes) {}

    private final JdbcClient db;

    Journal(JdbcClient db) {
        this.db = db;
    }

    void steps(String run, List<Step> steps) {
        db.sql(
                        """
                        insert into exchange.step (run, attempt, phase, at)
                        select :run, * from unnest(:attempts::int[], :phases::text[], :times::timestamptz[])
                        on conflict do nothing
                        """)
                .param("run", run)
                .param("attempts", steps.stream().map(Step::attempt).toArray(Integer[]::new))
                .param("phases", steps.stream().map(Step::phase).toArray(String[]::new))
                .param(
                        "times",
                        steps.stream()
                                .map(it -> RunTable.time(it.at()).toString())
                                .toArray(String[]::new))
                .update();
    }

    void sample(String run, int attempt, Sample sample) {
        db.sql(
                        """
                        insert into exchange.sample (run, attempt, at, rows, bytes)
                        values (:run, :attempt, :at, :rows, :bytes) on conflict do nothing
                        """)
                .param("run", run)
                .param("attempt", attempt)
                .param("at", RunTable.time(sample.at()))
                .param("rows", sample.rows())
                .param("bytes", sample.bytes())
                .update();
    }

    /** All attempts, in the order of time. */
    List<Step> steps(String run) {
        return db.sql("select attempt, phase, at from exchange.step where run = :run order by at")
                .param("run", run)
                .query((rs, _) ->
                        new Step(rs.getInt("attempt"), rs.getString("phase"), RunRow.at(rs, "at")))
                .list();
    }

    /** Of one attempt, in the order of time. */
    List<Sample> samples(String run, int attempt) {
        return db.sql(
                        """
                        select at, rows, bytes from exchange.sample
                        where run = :run and attempt = :attempt order by at
                        """)
                .param("run", run)
                .param("attempt", attempt)
                .query((rs, _) ->
                        new Sample(RunRow.at(rs, "at"), rs.getLong("rows"), rs.getLong("bytes")))
                .list();
    }
}
