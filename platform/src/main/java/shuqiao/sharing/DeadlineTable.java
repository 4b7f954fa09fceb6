package shuqiao.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import shuqiao.standard.DueDate;

@Repository
class DeadlineTable {

    private static final String SELECT =
            """
            select request, what, profile, article, working_days, state, counted_from, days, due, estimated,
                   stopped_on
            from sharing.deadline
            """;

    private static final String RUNNING_AFTER =
            """
             where state = 'RUNNING' and (request, what) > (:afterRequest, :afterWhat)
             order by request, what limit :limit
            """;

    /** What happened to a deadline. */
    enum Change {
        STARTED,
        PAUSED,
        RESUMED,
        MOVED,
        EXTENDED,
        STOPPED
    }

    /**
     * One entry of a deadline's history.
     *
     * @param before the due date that a notice of holidays moved
     */
    record Entry(
            Limit what,
            Change change,
            DueDate due,
            int daysLeft,
            String reason,
            Instant at,
            Optional<LocalDate> before) {}

    private final JdbcClient db;

    DeadlineTable(JdbcClient db) {
        this.db = db;
    }

    void write(Deadline deadline, Change change, int daysLeft, String reason, Instant at) {
        db.sql(
                        """
                        insert into sharing.deadline (request, what, profile, article, working_days, state,
                            counted_from, days, due, estimated, stopped_on)
                        values (:request, :what, :profile, :article, :workingDays, :state,
                            :countedFrom, :days, :due, :estimated, :stoppedOn)
                        on conflict (request, what) do update
                        set article = excluded.article, working_days = excluded.working_days,
                            state = excluded.state, counted_from = excluded.counted_from, days = excluded.days,
                            due = excluded.due, estimated = excluded.estimated, stopped_on = excluded.stopped_on
                        """)
                .params(parameters(deadline))
                .update();
        db.sql(
                        """
                        insert into sharing.deadline_change (request, what, change, due, estimated, days_left, reason, at)
                        values (:request, :what, :change, :due, :estimated, :daysLeft, :reason, :at)
                        """)
                .params(parameters(deadline))
                .param("change", change.name())
                .param("daysLeft", daysLeft)
                .param("reason", reason)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The newest entry of this clock says what moved it. */
    void moved(Deadline deadline, LocalDate before, String notice) {
        db.sql(
                        """
                        update sharing.deadline_change set due_before = :before, notice = :notice
                        where id = (select max(id) from sharing.deadline_change
                                    where request = :request and what = :what)
                        """)
                .param("before", before)
                .param("notice", notice)
                .param("request", deadline.request())
                .param("what", deadline.what().name())
                .update();
    }

    /**
     * One due date that a notice of holidays moved.
     *
     * @param why year and source of the notice
     */
    record Moved(
            long id,
            long request,
            Limit what,
            String number,
            String title,
            String provider,
            String consumer,
            LocalDate before,
            LocalDate after,
            boolean estimated,
            String why,
            String notice,
            Instant at) {}

    /** Newest first. */
    Page<Moved> moved(Where where, Page.Request page) {
        where.and("c.due_before is not null");
        long total =
                db.sql(
                                "select count(*) from sharing.deadline_change c join sharing.request r on r.id = c.request"
                                        + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single();
        where.and("c.id < :after", "after", page.after());
        var rows =
                db.sql(
                                """
                                select c.id, c.request, c.what, r.number, r.title, r.provider, r.consumer,
                                       c.due_before, c.due, c.estimated, c.reason, c.notice, c.at
                                from sharing.deadline_change c join sharing.request r on r.id = c.request
                                """
                                        + where.sql()
                                        + " order by c.id desc limit :limit")
                        .params(where.parameters())
                        .param("limit", page.limit() + 1)
                        .query((rs, _) ->
                                new Moved(
                                        rs.getLong("id"),
                                        rs.getLong("request"),
                                        Limit.valueOf(rs.getString("what")),
                                        rs.getString("number"),
                                        rs.getString("title"),
                                        rs.getString("provider"),
                                        rs.getString("consumer"),
                                        rs.getObject("due_before", LocalDate.class),
                                        rs.getObject("due", LocalDate.class),
                                        rs.getBoolean("estimated"),
                                        rs.getString("reason"),
                                        rs.getString("notice"),
                                        rs.getObject("at", OffsetDateTime.class).toInstant()))
                        .list();
        return page.page(rows, total, Moved::id);
    }

    Optional<Deadline> find(long request, Limit what) {
        return db.sql(SELECT + " where request = :request and what = :what")
                .param("request", request)
                .param("what", what.name())
                .query(DeadlineTable::row)
                .optional();
    }

    List<Deadline> of(long request) {
        return db.sql(SELECT + " where request = :request order by what limit 20")
                .param("request", request)
                .query(DeadlineTable::row)
                .list();
    }

    /** Those of many requests at once; at most a page of them. */
    List<Deadline> of(Collection<Long> requests, Limit what) {
        if (requests.isEmpty()) return List.of();
        return db.sql(SELECT + " where request in (:requests) and what = :what")
                .param("requests", requests)
                .param("what", what.name())
                .query(DeadlineTable::row)
                .list();
    }

    /** Running ones after the last one seen, locked, so that a long list is walked in pieces. */
    List<Deadline> running(long afterRequest, String afterWhat, int limit) {
        return db.sql(SELECT + RUNNING_AFTER + " for update")
                .param("afterRequest", afterRequest)
                .param("afterWhat", afterWhat)
                .param("limit", limit)
                .query(DeadlineTable::row)
                .list();
    }

    /** The same, only to be looked at. */
    List<Deadline> seen(long afterRequest, String afterWhat, int limit) {
        return db.sql(SELECT + RUNNING_AFTER)
                .param("afterRequest", afterRequest)
                .param("afterWhat", afterWhat)
                .param("limit", limit)
                .query(DeadlineTable::row)
                .list();
    }

    /** A running clock with the request it belongs to. */
    record Run(
            long request,
            Limit what,
            LocalDate due,
            boolean estimated,
            String number,
            String title,
            String provider,
            String consumer,
            RequestState state) {}

    /** Running ones due on this day or before, the earliest first; at most 5,000. */
    List<Run> dueBy(LocalDate last) {
        return dueBy(last, null);
    }

    /** The same, of requests to which one organization is a party, or of all where it is null. */
    List<Run> dueBy(LocalDate last, @Nullable String party) {
        return db.sql(
                        """
                        select d.request, d.what, d.due, d.estimated, r.number, r.title, r.provider, r.consumer, r.state
                        from sharing.deadline d join sharing.request r on r.id = d.request
                        where d.state = 'RUNNING' and d.due <= :last
                            and (:party::text is null or :party in (r.provider, r.consumer))
                        order by d.due, d.request, d.what limit 5000
                        """)
                .param("last", last)
                .param("party", party)
                .query((rs, _) ->
                        new Run(
                                rs.getLong("request"),
                                Limit.valueOf(rs.getString("what")),
                                rs.getObject("due", LocalDate.class),
                                rs.getBoolean("estimated"),
                                rs.getString("number"),
                                rs.getString("title"),
                                rs.getString("provider"),
                                rs.getString("consumer"),
                                RequestState.valueOf(rs.getString("state"))))
                .list();
    }

    /** Oldest first; at most 200. */
    List<Entry> history(long request) {
        return db.sql(
                        """
                        select what, change, due, estimated, days_left, reason, at, due_before
                        from sharing.deadline_change where request = :request order by id limit 200
                        """)
                .param("request", request)
                .query((rs, _) ->
                        new Entry(
                                Limit.valueOf(rs.getString("what")),
                                Change.valueOf(rs.getString("change")),
                                due(rs),
                                rs.getInt("days_left"),
                                rs.getString("reason"),
                                rs.getObject("at", OffsetDateTime.class).toInstant(),
                                Optional.ofNullable(rs.getObject("due_before", LocalDate.class))))
                .list();
    }

    private static DueDate due(ResultSet rs) throws SQLException {
        return new DueDate(rs.getObject("due", LocalDate.class), rs.getBoolean("estimated"));
    }

    private static Deadline row(ResultSet rs, int number) throws SQLException {
        var from = rs.getObject("counted_from", LocalDate.class);
        var days = rs.getInt("days");
        Deadline.State state =
                switch (rs.getString("state")) {
                    case "RUNNING" -> new Deadline.State.Running(from, days, due(rs));
                    case "PAUSED" -> new Deadline.State.Paused(from, days, due(rs));
                    case "STOPPED" ->
                            new Deadline.State.Stopped(
                                    rs.getObject("stopped_on", LocalDate.class), due(rs));
                    default -> throw new IllegalArgumentException("state of a deadline");
                };
        return new Deadline(
                rs.getLong("request"),
                Limit.valueOf(rs.getString("what")),
                rs.getLong("profile"),
                rs.getString("article"),
                rs.getInt("working_days"),
                state);
    }

    private static Map<String, @Nullable Object> parameters(Deadline it) {
        var all = new HashMap<String, @Nullable Object>();
        all.put("request", it.request());
        all.put("what", it.what().name());
        all.put("profile", it.profile());
        all.put("article", it.article());
        all.put("workingDays", it.workingDays());
        all.put("due", it.state().due().date());
        all.put("estimated", it.state().due().estimated());
        all.put("stoppedOn", null);
        switch (it.state()) {
            case Deadline.State.Running(var from, var days, _) -> {
                all.put("state", "RUNNING");
                all.put("countedFrom", from);
                all.put("days", days);
            }
            case Deadline.State.Paused(var since, var left, _) -> {
                all.put("state", "PAUSED");
                all.put("countedFrom", since);
                all.put("days", left);
            }
            case Deadline.State.Stopped(var on, _) -> {
                all.put("state", "STOPPED");
                all.put("countedFrom", on);
                all.put("days", 0);
                all.put("stoppedOn", on);
            }
        }
        return all;
    }
}
