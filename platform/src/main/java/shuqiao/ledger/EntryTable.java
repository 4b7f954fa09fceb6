package shuqiao.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.proof.Sm3;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;

/**
 * Entries and the queue of those that wait for an index. Only inserts; a queued id is taken once.
 */
@Repository
class EntryTable {

    /** An entry that the sequencer is about to place. */
    record Waiting(long id, byte[] body) {}

    private final JdbcClient db;

    EntryTable(JdbcClient db) {
        this.db = db;
    }

    long insert(String kind, Actor by, Instant at, byte[] body) {
        return db.sql(
                        """
                        with added as (
                            insert into ledger.entry (kind, at, actor_kind, actor, organization, body, sm3)
                            values (:kind, :at, :actorKind, :actor, :organization, :body, :sm3)
                            returning id)
                        insert into ledger.pending (entry) select id from added
                        returning entry
                        """)
                .param("kind", kind)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("actorKind", by.kind().name())
                .param("actor", by.subject())
                .param("organization", by.organization())
                .param("body", body)
                .param("sm3", Sm3.digest(body))
                .query(Long.class)
                .single();
    }

    /** Takes the oldest waiting entries off the queue. Only committed ones are seen. */
    List<Waiting> takeWaiting(int limit) {
        return db.sql(
                        """
                        with taken as (
                            delete from ledger.pending
                            where entry in (select entry from ledger.pending order by entry limit :limit)
                            returning entry)
                        select e.id, e.body from taken t join ledger.entry e on e.id = t.entry order by e.id
                        """)
                .param("limit", limit)
                .query((rs, _) -> new Waiting(rs.getLong("id"), rs.getBytes("body")))
                .list();
    }

    boolean anyWaiting() {
        return db.sql("select exists (select from ledger.pending)").query(Boolean.class).single();
    }

    List<Waiting> placed(long fromIndex, int limit) {
        return db.sql(
                        """
                        select l.index as id, e.body
                        from ledger.leaf l join ledger.entry e on e.id = l.entry
                        where l.index >= :from order by l.index limit :limit
                        """)
                .param("from", fromIndex)
                .param("limit", limit)
                .query((rs, _) -> new Waiting(rs.getLong("id"), rs.getBytes("body")))
                .list();
    }

    /** How many of each kind there are in that time. */
    Map<String, Long> kinds(Instant from, Instant until) {
        var kinds = new HashMap<String, Long>();
        db.sql(
                        """
                        select kind, count(*) as n from ledger.entry
                        where at >= :from and at < :until group by kind
                        """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query(rs -> {
                    kinds.put(rs.getString("kind"), rs.getLong("n"));
                });
        return kinds;
    }

    Page<LedgerEntry> search(LedgerEntry.Query query, Page.Request request) {
        var where = new Where();
        query.kind().ifPresent(kind -> where.and("e.kind = :kind", "kind", kind));
        query.actor().ifPresent(actor -> where.and("e.actor = :actor", "actor", actor));
        query.organization()
                .ifPresent(
                        code -> where.and("e.organization = :organization", "organization", code));
        query.object()
                .ifPresent(object ->
                        where.and(
                                "ledger.objects(e.body) @> array[:object]::text[]",
                                "object",
                                object));
        query.from()
                .ifPresent(at -> where.and("e.at >= :from", "from", at.atOffset(ZoneOffset.UTC)));
        query.until()
                .ifPresent(at -> where.and("e.at < :until", "until", at.atOffset(ZoneOffset.UTC)));
        long total =
                db.sql("select count(*) from ledger.entry e" + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single();
        where.and("e.id < :after", "after", request.after());
        var rows =
                db.sql(
                                """
                                select e.id, e.kind, e.at, e.actor_kind, e.actor, e.organization, e.body, l.index
                                from ledger.entry e left join ledger.leaf l on l.entry = e.id
                                """
                                        + where.sql()
                                        + " order by e.id desc limit :limit")
                        .params(where.parameters())
                        .param("limit", request.limit() + 1)
                        .query(EntryTable::row)
                        .list();
        return request.page(rows, total, LedgerEntry::id);
    }

    Optional<LedgerEntry> find(long id) {
        return db.sql(
                        """
                        select e.id, e.kind, e.at, e.actor_kind, e.actor, e.organization, e.body, l.index
                        from ledger.entry e left join ledger.leaf l on l.entry = e.id
                        where e.id = :id
                        """)
                .param("id", id)
                .query(EntryTable::row)
                .optional();
    }

    /** The kinds of acts that there are, for a choice; found by jumping along the index. */
    List<String> kinds() {
        return db.sql(
                        """
                        with recursive seen as (
                            (select kind from ledger.entry order by kind limit 1)
                            union all
                            select (select e.kind from ledger.entry e where e.kind > seen.kind order by e.kind limit 1)
                            from seen where seen.kind is not null)
                        select kind from seen where kind is not null
                        """)
                .query((rs, _) -> rs.getString("kind"))
                .list();
    }

    private static LedgerEntry row(ResultSet rs, int number) throws SQLException {
        var index = rs.getObject("index", Long.class);
        return new LedgerEntry(
                rs.getLong("id"),
                rs.getString("kind"),
                rs.getObject("at", OffsetDateTime.class).toInstant(),
                rs.getString("actor_kind"),
                rs.getString("actor"),
                rs.getString("organization"),
                new String(rs.getBytes("body"), java.nio.charset.StandardCharsets.UTF_8),
                index);
    }
}
