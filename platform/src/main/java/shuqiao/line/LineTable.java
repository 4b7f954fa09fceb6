package shuqiao.line;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.Database;

/**
 * Who is let in, and where sources stand. Which platforms live is told by the clock of the database
 * alone.
 */
@Repository
class LineTable {

    private final JdbcClient db;

    LineTable(JdbcClient db) {
        this.db = db;
    }

    /**
     * A source whose row is held until the transaction ends.
     *
     * @param copiesWanted how many sessions a delivery waits for that goes first
     */
    record Held(Circuit circuit, int copiesWanted) {}

    /** Brings the row up to date; at another address what happened at the last one is forgotten. */
    Held hold(Place place, Instant now) {
        db.sql(
                        """
                        insert into line.place (source, organization, name, most, address)
                        values (:source, :organization, :name, :most, :address)
                        on conflict (source) do nothing
                        """)
                .param("source", place.source())
                .param("organization", place.organization())
                .param("name", place.name())
                .param("most", place.limits().maxConnections())
                .param("address", place.address().digest())
                .update();
        var known =
                db.sql("select * from line.place where source = :source for update")
                        .param("source", place.source())
                        .query((rs, _) ->
                                new Known(
                                        rs.getString("organization"),
                                        rs.getString("name"),
                                        rs.getInt("most"),
                                        rs.getString("address"),
                                        held(rs, now)))
                        .single();
        var elsewhere = !known.address().equals(place.address().digest());
        if (elsewhere) circuit(place.source(), Circuit.CLOSED);
        if (elsewhere || !known.isOf(place))
            db.sql(
                            """
                            update line.place set organization = :organization, name = :name, most = :most, address = :address
                            where source = :source
                            """)
                    .param("source", place.source())
                    .param("organization", place.organization())
                    .param("name", place.name())
                    .param("most", place.limits().maxConnections())
                    .param("address", place.address().digest())
                    .update();
        return elsewhere ? new Held(Circuit.CLOSED, known.held().copiesWanted()) : known.held();
    }

    private record Known(String organization, String name, int most, String address, Held held) {
        boolean isOf(Place place) {
            return organization.equals(place.organization())
                    && name.equals(place.name())
                    && most == place.limits().maxConnections();
        }
    }

    private static Held held(ResultSet rs, Instant now) throws SQLException {
        var wait = at(rs, "copies_wait");
        return new Held(
                circuit(rs), wait != null && now.isBefore(wait) ? rs.getInt("copies_wanted") : 0);
    }

    static Circuit circuit(ResultSet rs) throws SQLException {
        return new Circuit(
                rs.getInt("failures"),
                at(rs, "first_failed"),
                at(rs, "last_failed"),
                rs.getString("reason"),
                rs.getInt("opened"),
                at(rs, "open_until"),
                at(rs, "probe_until"));
    }

    /** Held until the transaction ends; empty for a source that is not known here any more. */
    Optional<Circuit> holdCircuit(long source) {
        return db.sql("select * from line.place where source = :source for update")
                .param("source", source)
                .query((rs, _) -> circuit(rs))
                .optional();
    }

    void circuit(long source, Circuit is) {
        db.sql(
                        """
                        update line.place set failures = :failures, first_failed = :first, last_failed = :last, reason = :reason,
                            opened = :opened, open_until = :until, probe_until = :probing
                        where source = :source
                        """)
                .param("source", source)
                .param("failures", is.failures())
                .param("first", time(is.first()))
                .param("last", time(is.last()))
                .param("reason", is.reason())
                .param("opened", is.opened())
                .param("until", time(is.until()))
                .param("probing", time(is.probing()))
                .update();
    }

    void copiesWait(long source, int wanted, Instant until) {
        db.sql(
                        "update line.place set copies_wanted = :wanted, copies_wait = :until where source = :source")
                .param("source", source)
                .param("wanted", wanted)
                .param("until", time(until))
                .update();
    }

    void copiesCame(long source) {
        db.sql(
                        "update line.place set copies_wanted = 0, copies_wait = null where source = :source and copies_wait is not null")
                .param("source", source)
                .update();
    }

    void remove(long source) {
        db.sql("delete from line.place where source = :source").param("source", source).update();
    }

    /** Sessions of a source that are open or about to be. */
    record Open(int questions, int copies) {}

    Open open(long source, Duration life) {
        return db.sql(
                        """
                        select count(*) filter (where not s.copies) as questions, count(*) filter (where s.copies) as copies
                        from line.session s join line.platform p on p.id = s.platform
                        where s.source = :source and s.closed_at is null and s.occasion <> 'WATCH'
                          and p.seen > clock_timestamp() - make_interval(secs => :life)
                        """)
                .param("source", source)
                .param("life", seconds(life))
                .query((rs, _) -> new Open(rs.getInt("questions"), rs.getInt("copies")))
                .single();
    }

    long insert(Wanted wanted, Use use, String platform, Instant now) {
        var place = wanted.place();
        return db.sql(
                        """
                        insert into line.session (source, organization, name, side, occasion, copies, by_kind, by_whom, about, platform, asked_at)
                        values (:source, :organization, :name, :side, :occasion, :copies, :kind, :by, :about, :platform, :now)
                        returning id
                        """)
                .param("source", place.source())
                .param("organization", place.organization())
                .param("name", place.name())
                .param("side", wanted.side().name())
                .param("occasion", use.occasion().name())
                .param("copies", use.occasion().isCopy())
                .param("kind", use.kind().name())
                .param("by", use.by())
                .param("about", use.about())
                .param("platform", platform)
                .param("now", time(now))
                .query(Long.class)
                .single();
    }

    /** Where it stands; what is not known yet is null. */
    void update(
            long id,
            @Nullable String address,
            @Nullable Instant openedAt,
            @Nullable Instant closedAt,
            SessionRecord.Told told) {
        db.sql(
                        """
                        update line.session set address = :address, opened_at = :opened, closed_at = :closed,
                            questions = :questions, rows = :rows, received = :received, sent = :sent, outcome = :outcome
                        where id = :id
                        """)
                .param("id", id)
                .param("address", address)
                .param("opened", time(openedAt))
                .param("closed", time(closedAt))
                .param("questions", told.questions())
                .param("rows", told.rows())
                .param("received", told.received())
                .param("sent", told.sent())
                .param("outcome", told.outcome())
                .update();
    }

    /** While it is open; one that was closed meanwhile stays so. */
    void opened(long id, @Nullable String address, @Nullable Instant openedAt) {
        db.sql(
                        "update line.session set address = :address, opened_at = :opened where id = :id and closed_at is null")
                .param("id", id)
                .param("address", address)
                .param("opened", time(openedAt))
                .update();
    }

    /** This platform lives. */
    void alive(String platform) {
        db.sql(
                        """
                        insert into line.platform (id, seen) values (:id, clock_timestamp())
                        on conflict (id) do update set seen = excluded.seen
                        """)
                .param("id", platform)
                .update();
    }

    /** Sessions of platforms that do not live any more. Returns how many. */
    int lose(Duration life, Instant now) {
        return db.sql(
                        """
                        update line.session s set closed_at = :now, outcome = 'lost'
                        where s.closed_at is null and not exists (select from line.platform p
                            where p.id = s.platform and p.seen > clock_timestamp() - make_interval(secs => :life))
                        """)
                .param("life", seconds(life))
                .param("now", time(now))
                .update();
    }

    /** Sessions of this platform that nobody has any more. */
    int loseOwn(String platform, Collection<Long> held, Instant before, Instant now) {
        return db.sql(
                        """
                        update line.session set closed_at = :now, outcome = 'lost'
                        where closed_at is null and platform = :platform and asked_at < :before and id <> all(:held)
                        """)
                .param("platform", platform)
                .param("held", held.toArray(Long[]::new))
                .param("before", time(before))
                .param("now", time(now))
                .update();
    }

    /** At the start of a home that only one process can use. */
    void loseOthers(String platform) {
        db.sql("delete from line.platform where id <> :platform")
                .param("platform", platform)
                .update();
    }

    /** Of sessions that are closed, those asked for before that time, so many at most. */
    int sweep(Instant before, int most) {
        db.sql("delete from line.platform where seen < clock_timestamp() - interval '1 day'")
                .update();
        return db.sql(
                        """
                        delete from line.session where id in (
                            select id from line.session where asked_at < :before and closed_at is not null limit :most)
                        """)
                .param("before", time(before))
                .param("most", most)
                .update();
    }

    /** What the engine's {@code Database.identity()} asks, asked of ourselves. */
    Database.Identity ownIdentity() {
        return db.sql(
                        """
                        select (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint::text as started,
                               oid::text as oid, datname
                        from pg_database where datname = current_database()
                        """)
                .query((rs, _) ->
                        new Database.Identity(
                                rs.getString("started"),
                                rs.getString("oid"),
                                rs.getString("datname"),
                                false))
                .single();
    }

    static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant at(ResultSet rs, String column) throws SQLException {
        var at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
