package shuqiao.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DisputeTable {

    /** A dispute that waits for somebody's hand. */
    record Waiting(
            long request,
            String title,
            String number,
            String consumer,
            String state,
            @Nullable LocalDate due,
            boolean estimated) {}

    private final JdbcClient db;

    DisputeTable(JdbcClient db) {
        this.db = db;
    }

    void open(long request, String reason, String by, Instant at) {
        db.sql(
                        """
                        insert into sharing.dispute (request, reason, opened_by, opened_at)
                        values (:request, :reason, :by, :at)
                        """)
                .param("request", request)
                .param("reason", reason)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The talks end; without words when the provider changed its answer or nobody gave one. */
    void end(long request, String answer, Instant at) {
        db.sql(
                        """
                        update sharing.dispute set answer = :answer, answered_at = :at
                        where request = :request and opened_at is not null and answered_at is null
                        """)
                .param("request", request)
                .param("answer", answer)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void appeal(long request, String reason, String by, Instant at) {
        db.sql(
                        """
                        insert into sharing.dispute (request, appeal, appealed_by, appealed_at)
                        values (:request, :reason, :by, :at)
                        on conflict (request) do update
                        set appeal = excluded.appeal, appealed_by = excluded.appealed_by,
                            appealed_at = excluded.appealed_at
                        """)
                .param("request", request)
                .param("reason", reason)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void award(long request, Dispute.Award award) {
        db.sql(
                        """
                        update sharing.dispute
                        set outcome = :outcome, award_reason = :reason, award_basis = :basis, awarded_at = :at
                        where request = :request
                        """)
                .param("request", request)
                .param("outcome", award.outcome().name())
                .param("reason", award.reason())
                .param("basis", award.basis())
                .param("at", award.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Dispute> find(long request) {
        return db.sql(
                        """
                        select request, reason, opened_by, opened_at, answer, answered_at, appeal, appealed_by,
                               appealed_at, outcome, award_reason, award_basis, awarded_at
                        from sharing.dispute where request = :request
                        """)
                .param("request", request)
                .query(DisputeTable::row)
                .optional();
    }

    /**
     * What waits for a provider's own, or for the authority; the most urgent first, at most 100.
     */
    List<Waiting> waiting(String own, boolean authority, boolean member) {
        return db.sql(
                        """
                        select r.id, r.title, r.number, r.consumer, r.state, d.due, coalesce(d.estimated, false) as estimated
                        from sharing.request r
                        left join sharing.deadline d
                            on d.request = r.id and d.state = 'RUNNING'
                            and d.what = case r.state when 'ARBITRATING' then 'ARBITRATION' else 'NEGOTIATION' end
                        where (r.state = 'NEGOTIATING' and r.provider = :own and :member)
                           or (r.state = 'ARBITRATING' and :authority)
                        order by d.due nulls last, r.id limit 100
                        """)
                .param("own", own)
                .param("authority", authority)
                .param("member", member)
                .query((rs, _) ->
                        new Waiting(
                                rs.getLong("id"),
                                rs.getString("title"),
                                rs.getString("number"),
                                rs.getString("consumer"),
                                rs.getString("state"),
                                rs.getObject("due", LocalDate.class),
                                rs.getBoolean("estimated")))
                .list();
    }

    private static Dispute row(ResultSet rs, int number) throws SQLException {
        var opened = instant(rs, "opened_at");
        var appealed = instant(rs, "appealed_at");
        var awarded = instant(rs, "awarded_at");
        return new Dispute(
                rs.getLong("request"),
                opened.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Dispute.Talks(
                                        rs.getString("reason"),
                                        rs.getString("opened_by"),
                                        opened.get(),
                                        rs.getString("answer"),
                                        instant(rs, "answered_at"))),
                appealed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Dispute.Appeal(
                                        rs.getString("appeal"),
                                        rs.getString("appealed_by"),
                                        appealed.get())),
                awarded.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Dispute.Award(
                                        Dispute.AwardOutcome.valueOf(rs.getString("outcome")),
                                        rs.getString("award_reason"),
                                        rs.getString("award_basis"),
                                        awarded.get())));
    }

    private static Optional<Instant> instant(ResultSet rs, String column) throws SQLException {
        return Optional.ofNullable(rs.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
