package shuqiao.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ExtensionTable {

    /** A wish that waits for the authority. */
    record Waiting(
            long request,
            String title,
            String number,
            String provider,
            @Nullable LocalDate due,
            boolean estimated) {}

    private final JdbcClient db;

    ExtensionTable(JdbcClient db) {
        this.db = db;
    }

    /** The id is not read. */
    void insert(Extension it) {
        db.sql(
                        """
                        insert into sharing.extension (request, days, reason, asked_by, asked_at, due_before)
                        values (:request, :days, :reason, :askedBy, :askedAt, :dueBefore)
                        """)
                .param("request", it.request())
                .param("days", it.days())
                .param("reason", it.reason())
                .param("askedBy", it.askedBy())
                .param("askedAt", it.askedAt().atOffset(ZoneOffset.UTC))
                .param("dueBefore", it.dueBefore())
                .update();
    }

    void answer(long id, Extension.Answer answer) {
        db.sql(
                        """
                        update sharing.extension
                        set outcome = :outcome, given = :given, answer = :answer, due_after = :due,
                            answered_at = :at
                        where id = :id and outcome is null
                        """)
                .param("id", id)
                .param("outcome", answer.outcome().name())
                .param("given", answer.days())
                .param("answer", answer.reason())
                .param("due", answer.due().orElse(null))
                .param("at", answer.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Oldest first; at most 100. */
    List<Extension> of(long request) {
        return db.sql(
                        """
                        select id, request, days, reason, asked_by, asked_at, outcome, given, answer, due_before,
                               due_after, answered_at
                        from sharing.extension where request = :request order by id limit 100
                        """)
                .param("request", request)
                .query(ExtensionTable::row)
                .list();
    }

    /** Wishes not answered yet, the most urgent first; at most 100. */
    List<Waiting> waiting() {
        return db.sql(
                        """
                        select e.request, r.title, r.number, r.provider, d.due, coalesce(d.estimated, false) as estimated
                        from sharing.extension e
                        join sharing.request r on r.id = e.request and r.state in ('ACCEPTED', 'PREPARED')
                        left join sharing.deadline d
                            on d.request = e.request and d.what = 'ANSWER_CONDITIONAL' and d.state = 'RUNNING'
                        where e.outcome is null
                        order by d.due nulls last, e.id limit 100
                        """)
                .query((rs, _) ->
                        new Waiting(
                                rs.getLong("request"),
                                rs.getString("title"),
                                rs.getString("number"),
                                rs.getString("provider"),
                                rs.getObject("due", LocalDate.class),
                                rs.getBoolean("estimated")))
                .list();
    }

    private static Extension row(ResultSet rs, int number) throws SQLException {
        var outcome = rs.getString("outcome");
        return new Extension(
                rs.getLong("id"),
                rs.getLong("request"),
                rs.getInt("days"),
                rs.getString("reason"),
                rs.getString("asked_by"),
                rs.getObject("asked_at", OffsetDateTime.class).toInstant(),
                rs.getObject("due_before", LocalDate.class),
                outcome == null
                        ? Optional.empty()
                        : Optional.of(
                                new Extension.Answer(
                                        Extension.Outcome.valueOf(outcome),
                                        rs.getInt("given"),
                                        rs.getString("answer"),
                                        Optional.ofNullable(
                                                rs.getObject("due_after", LocalDate.class)),
                                        rs.getObject("answered_at", OffsetDateTime.class)
                                                .toInstant())));
    }
}
