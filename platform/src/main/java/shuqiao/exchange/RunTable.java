package shuqiao.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import shuqiao.mapping.Mapping;

/**
 * Runs as people and programs see them: asked for, listed, found, ended. Leases are in {@link
 * LeaseTable}.
 */
@Repository
class RunTable {

    /** The state that an end leads to: no other try where somebody wished for the end of all. */
    private static final String TOLD =
            """
            (case when :state = 'QUEUED' and cancel_by is not null
                and not exists (select from exchange.intent i where i.run = id and i.fate = 'OPEN')
              then 'CANCELLED' else :state end)
            """;

    private final JdbcClient db;

    RunTable(JdbcClient db) {
        this.db = db;
    }

    /** A run as it is asked for, before it has a sequence. */
    record Asked(Run run, String targetKey, String askedKind) {}

    void insert(Asked asked) {
        var run = asked.run();
        var table = run.target() instanceof Run.Target.Table it ? it : null;
        var into = table == null ? null : table.into();
        var file = run.target() instanceof Run.Target.File it ? it : null;
        db.sql(
                        """
                        insert into exchange.run (id, number, grant_id, resource, code, version, title, provider, consumer,
                            mode, rail, format, guarded, source, target, target_schema, target_table, target_key, into_rule, verify_full,
                            asked_kind, asked_by, asked_at, row_estimate, state, not_before)
                        values (:id, :number, :grant, :resource, :code, :version, :title, :provider, :consumer,
                            'SNAPSHOT', :rail, :format, :guarded, :source, :target, :schema, :table, :key, :into, :verifyFull,
                            :askedKind, :askedBy, :askedAt, :estimate, 'QUEUED', :askedAt)
                        """)
                .param("id", run.id())
                .param("number", run.number())
                .param("grant", run.grant())
                .param("resource", run.resource())
                .param("code", run.code())
                .param("version", run.version())
                .param("title", run.title())
                .param("provider", run.provider())
                .param("consumer", run.consumer())
                .param("source", run.source())
                .param("rail", file == null ? "EXCHANGE" : "FILE")
                .param("format", file == null ? null : file.format().name())
                .param("guarded", file != null && file.guarded())
                .param("target", table == null ? null : table.source())
                .param("schema", table == null ? null : table.schema())
                .param("table", table == null ? null : table.table())
                .param("key", asked.targetKey())
                .param("into", into == null ? null : Mapping.written(into))
                .param("verifyFull", run.verifyFull())
                .param("askedKind", asked.askedKind())
                .param("askedBy", run.askedBy())
                .param("askedAt", time(run.askedAt()))
                .param("estimate", run.rowEstimate())
                .update();
    }

    /** The next number of the year; concurrent callers wait for each other. */
    long nextNumber(int year) {
        return db.sql(
                        """
                        insert into exchange.number (year, last) values (:year, 1)
                        on conflict (year) do update set last = exchange.number.last + 1 returning last
                        """)
                .param("year", year)
                .query(Long.class)
                .single();
    }

    Optional<Run> find(String id) {
        return db.sql("select * from exchange.run where id = :id")
                .param("id", id)
                .query(RunRow::read)
                .optional();
    }

    /** The stored receipt without its place in the log, and the entry to ask the ledger for. */
    record Stored(String receipt, long entry) {}

    Optional<Stored> receipt(String id) {
        return db.sql(
                        "select receipt, entry from exchange.run where id = :id and receipt is not"
                                + " null")
                .param("id", id)
                .query((rs, _) -> new Stored(rs.getString("receipt"), rs.getLong("entry")))
                .optional();
    }

    /** What somebody asks for; null organization sees all, null period means at any time. */
    record Query(
            @Nullable String organization,
            @Nullable Long grant,
            @Nullable String state,
            @Nullable Period on) {}

    private static Where where(Query query) {
        var where = new Where();
        var organization = query.organization();
        if (organization != null)
            where.and(
                    "(provider = :organization or consumer = :organization)",
                    "organization",
                    organization);
        var grant = query.grant();
        if (grant != null) where.and("grant_id = :grant", "grant", grant);
        var state = query.state();
        if (state != null) where.and("state = :state", "state", state);
        var on = query.on();
        if (on != null)
            where.and("asked_at < :end", "end", time(on.end()))
                    .and(
                            "coalesce(finished_at, 'infinity'::timestamptz) >= :start",
                            "start",
                            time(on.start()));
        return where;
    }

    Map<String, Long> counts(Query query) {
        var where = where(query);
        var counts = new HashMap<String, Long>();
        db.sql("select state, count(*) as n from exchange.run" + where.sql() + " group by state")
                .params(where.parameters())
                .query(rs -> {
                    counts.put(rs.getString("state"), rs.getLong("n"));
                });
        return counts;
    }

    /** The next delivery into the same table after that run's, asked for later. */
    Optional<Run> replacedBy(String id) {
        return db.sql(
                        """
                        select n.* from exchange.run n join exchange.run r on r.target_key = n.target_key
                        where r.id = :id and n.sequence > r.sequence and n.state = 'DELIVERED' order by n.sequence limit 1
                        """)
                .param("id", id)
                .query(RunRow::read)
                .optional();
    }

    /** The last delivery into the same table as that run's. */
    Optional<Run> shown(String id) {
        return db.sql(
                        """
                        select n.* from exchange.run n join exchange.run r on r.target_key = n.target_key
                        where r.id = :id and n.state = 'DELIVERED' order by n.sequence desc limit 1
                        """)
                .param("id", id)
                .query(RunRow::read)
                .optional();
    }

    /**
     * Runs that need somebody: failed, or waiting for another try, and no later run into the same
     * table has delivered or works at it.
     */
    List<Run> troubled(String organization, int most) {
        return db.sql(
                        """
                        select r.* from exchange.run r
                        where (r.provider = :organization or r.consumer = :organization)
                          and (r.state = 'FAILED' or r.state = 'QUEUED' and r.failure_key is not null)
                          and not exists (
                            select from exchange.run n
                            where n.target_key = r.target_key and n.sequence > r.sequence and n.state <> 'CANCELLED')
                        order by r.sequence desc limit :most
                        """)
                .param("organization", organization)
                .param("most", most)
                .query(RunRow::read)
                .list();
    }

    /** Id to number, for those there are. */
    Map<String, String> numbers(Collection<String> ids) {
        if (ids.isEmpty()) return Map.of();
        return db.sql("select id, number from exchange.run where id in (:ids)")
                .param("ids", ids)
                .query(FactNames.PAIRS);
    }

    /** Those of the grants under which a run waits or works now. */
    Set<Long> underway(Collection<Long> grants) {
        if (grants.isEmpty()) return Set.of();
        return Set.copyOf(
                db.sql(
                                """
                                select distinct grant_id from exchange.run
                                where grant_id in (:grants) and state in ('QUEUED', 'RUNNING')
                                """)
                        .param("grants", grants)
                        .query(Long.class)
                        .list());
    }

    /** A numbered page of a list. */
    ListQuery.Numbered<Run> listed(Query asked, ListQuery query) {
        var where = where(asked);
        var total = count(query.narrow(where));
        var cut = query.cut(total);
        return new ListQuery.Numbered<>(
                listed(where, query, ListQuery.SIZE, cut.offset()), total, cut.number());
    }

    /** All of a narrowed list; refused where a file does not hold them. */
    List<Run> exported(Query asked, ListQuery query) {
        return ListQuery.whole(listed(query.narrow(where(asked)), query, ListQuery.EXPORT_LOOK, 0));
    }

    private List<Run> listed(Where where, ListQuery query, int limit, long offset) {
        var which =
                switch (query.order()) {
                    case NEWEST, DUE -> " order by sequence desc";
                    case OLDEST -> " order by sequence";
                    case NAME -> " order by title, sequence desc";
                };
        return db.sql(
                        "select * from exchange.run"
                                + where.sql()
                                + which
                                + " limit :limit offset :offset")
                .params(where.parameters())
                .param("limit", limit)
                .param("offset", offset)
                .query(RunRow::read)
                .list();
    }

    /** Departments on either side of what a list has. */
    List<String> departments(Query asked) {
        var where = where(asked);
        return db.sql(
                        "select provider from exchange.run"
                                + where.sql()
                                + " union select consumer from exchange.run"
                                + where.sql())
                .params(where.parameters())
                .query((rs, _) -> rs.getString("provider"))
                .list();
    }

    Page<Run> list(Query query, Page.Request request) {
        var where = where(query);
        var all = where.copy();
        where.and("sequence < :after", "after", request.after());
        var rows =
                db.sql(
                                "select * from exchange.run"
                                        + where.sql()
                                        + " order by sequence desc limit :limit")
                        .params(where.parameters())
                        .param("limit", request.limit() + 1)
                        .query(RunRow::read)
                        .list();
        return request.page(rows, () -> count(all), Run::sequence);
    }

    private long count(Where where) {
        return db.sql("select count(*) from exchange.run" + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    /** Notes the wish to stop; a queued run ends at once. True when there was something to stop. */
    boolean askCancel(String id, String by, String reason) {
        return db.sql(
                                """
                                update exchange.run set cancel_by = :by, cancel_reason = :reason
                                where id = :id and state in ('QUEUED', 'RUNNING') and cancel_by is null
                                """)
                        .param("id", id)
                        .param("by", by)
                        .param("reason", reason)
                        .update()
                == 1;
    }

    /**
     * Ends it before it starts; false for one that works, and for one whose target has yet to say
     * whether an earlier attempt was committed.
     */
    boolean cancelQueued(String id, Instant now) {
        return db.sql(
                                """
                                update exchange.run
                                set state = 'CANCELLED', finished_at = :now, waits_for = null
                                where id = :id and state = 'QUEUED' and cancel_by is not null
                                  and not exists (select from exchange.intent i where i.run = id and i.fate = 'OPEN')
                                """)
                        .param("id", id)
                        .param("now", time(now))
                        .update()
                == 1;
    }

    /** Runs of a grant that are not over, to be stopped when the grant ends. */
    List<String> unfinished(long grant) {
        return db.sql(
                        """
                        select id from exchange.run
                        where grant_id = :grant and state in ('QUEUED', 'RUNNING') order by sequence limit 1000
                        """)
                .param("grant", grant)
                .query((rs, _) -> rs.getString("id"))
                .list();
    }

    boolean usesSource(long source) {
        return db.sql(
                        """
                        select exists (select from exchange.run
                            where (source = :source or target = :source) and state in ('QUEUED', 'RUNNING'))
                        """)
                .param("source", source)
                .query(Boolean.class)
                .single();
    }

    /** The number of the first run that waits to write into the source, or writes. */
    Optional<String> unfinishedInto(long source) {
        return db.sql(
                        """
                        select number from exchange.run
                        where target = :source and state in ('QUEUED', 'RUNNING') order by sequence limit 1
                        """)
                .param("source", source)
                .query(String.class)
                .optional();
    }

    Set<Long> grantsInto(long source) {
        return db.sql("select distinct grant_id from exchange.run where target = :source")
                .param("source", source)
                .query((rs, _) -> rs.getLong("grant_id"))
                .set();
    }

    /** Ends an attempt of ours with success; false when the lease has gone to somebody else. */
    boolean deliver(Lease lease, Outcome result, String receipt, long entry) {
        return db.sql(
                                """
                                update exchange.run
                                set state = 'DELIVERED', owner = null, lease_until = null, phase = null, waits_for = null,
                                    rows = :rows, bytes = :bytes, started_at = :started, finished_at = :finished,
                                    swap_method = :method, notes = :notes, receipt = :receipt, entry = :entry,
                                    failure_key = null, failure_zh = null, failure_en = null
                                where id = :id and owner = :owner and attempt = :attempt
                                """)
                        .param("rows", result.rowsWritten())
                        .param("bytes", result.bytes())
                        .param("started", time(lease.since()))
                        .param("finished", time(result.finishedAt()))
                        .param("method", result.swapMethod())
                        .param("notes", result.notes().toArray(String[]::new))
                        .param("receipt", receipt)
                        .param("entry", entry)
                        .param("id", lease.run().id())
                        .param("owner", lease.owner())
                        .param("attempt", lease.run().attempt())
                        .update()
                == 1;
    }

    /**
     * Ends or puts back an attempt of ours. Who wished for its end meanwhile need not wait for
     * another try.
     *
     * @return the state it has now; empty when the lease has gone to somebody else
     */
    Optional<String> end(
            Lease lease,
            String state,
            Instant now,
            Duration retryIn,
            @Nullable String waitsFor,
            int failures,
            Run.@Nullable Failure failure) {
        return db.sql(
                        "update exchange.run set state = "
                                + TOLD
                                + ", finished_at = case when "
                                + TOLD
                                + " = 'QUEUED' then null else :now::timestamptz end, waits_for ="
                                + " case when "
                                + TOLD
                                + " = 'QUEUED' then :waitsFor end,"
                                + """
                                 owner = null, lease_until = null, phase = null,
                                 not_before = :notBefore, failures = failures + :failures,
                                 failure_key = :key, failure_zh = :zh, failure_en = :en,
                                 cancel_by = case when :state = 'CANCELLED' then coalesce(cancel_by, 'platform') else cancel_by end,
                                 cancel_reason = case when :state = 'CANCELLED' then coalesce(cancel_reason, :zh::text || ' ' || :en::text) else cancel_reason end
                                where id = :id and owner = :owner and attempt = :attempt
                                returning state
                                """)
                .param("state", state)
                .param("now", time(now))
                .param("notBefore", time(now.plus(retryIn)))
                .param("waitsFor", waitsFor)
                .param("failures", failures)
                .param("key", failure == null ? null : failure.key())
                .param("zh", failure == null ? null : failure.zh())
                .param("en", failure == null ? null : failure.en())
                .param("id", lease.run().id())
                .param("owner", lease.owner())
                .param("attempt", lease.run().attempt())
                .query(String.class)
                .optional();
    }

    static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
