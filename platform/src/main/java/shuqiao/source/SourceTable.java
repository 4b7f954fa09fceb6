package shuqiao.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.Limits;
import shuqiao.engine.Tls;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.outbound.KeptAddresses;

@Repository
class SourceTable {

    private static final String COLUMNS =
            """
            id, organization, name, host, port, database, username, tls_mode, ca_certificate,
            max_connections, max_megabytes, statement_timeout, lock_timeout, allowed_from, allowed_until,
            created_at, changed_at, revision
            """;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final JdbcClient db;

    SourceTable(JdbcClient db) {
        this.db = db;
    }

    long nextId() {
        return db.sql("select nextval('source.source_id')").query(Long.class).single();
    }

    void insert(Source source, byte[] password) {
        try {
            insertRow(source, password);
        } catch (DuplicateKeyException _) {
            throw nameTaken(source);
        }
    }

    private void insertRow(Source source, byte[] password) {
        db.sql(
                        """
                        insert into source.source (id, organization, name, host, port, database, username,
                            password, tls_mode, ca_certificate, max_connections, max_megabytes,
                            statement_timeout, lock_timeout, allowed_from, allowed_until, created_at, changed_at)
                        values (:id, :organization, :name, :host, :port, :database, :username,
                            :password, :tlsMode, :caCertificate, :maxConnections, :maxMegabytes,
                            :statementTimeout, :lockTimeout, :allowedFrom, :allowedUntil, :createdAt, :changedAt)
                        """)
                .params(parameters(source))
                .param("password", password)
                .update();
    }

    void update(Source source) {
        try {
            updateRow(source);
        } catch (DuplicateKeyException _) {
            throw nameTaken(source);
        }
    }

    private static Invalid nameTaken(Source source) {
        return Invalid.field("name", "source.name-taken", Map.of("name", source.name()));
    }

    private void updateRow(Source source) {
        db.sql(
                        """
                        update source.source
                        set name = :name, host = :host, port = :port, database = :database, username = :username,
                            tls_mode = :tlsMode, ca_certificate = :caCertificate,
                            max_connections = :maxConnections, max_megabytes = :maxMegabytes,
                            statement_timeout = :statementTimeout, lock_timeout = :lockTimeout,
                            allowed_from = :allowedFrom, allowed_until = :allowedUntil, changed_at = :changedAt,
                            revision = revision + 1
                        where id = :id
                        """)
                .params(parameters(source))
                .update();
    }

    void setPassword(long id, byte[] password) {
        db.sql("update source.source set password = :password where id = :id")
                .param("password", password)
                .param("id", id)
                .update();
    }

    boolean delete(long id) {
        return db.sql("delete from source.source where id = :id").param("id", id).update() == 1;
    }

    Optional<Source> find(long id) {
        return db.sql("select " + COLUMNS + " from source.source where id = :id")
                .param("id", id)
                .query(SourceTable::row)
                .optional();
    }

    /** Keeps the row from being removed or changed until the transaction ends. */
    Optional<Source> lock(long id, boolean exclusively) {
        return db.sql(
                        "select "
                                + COLUMNS
                                + " from source.source where id = :id for "
                                + (exclusively ? "update" : "share"))
                .param("id", id)
                .query(SourceTable::row)
                .optional();
    }

    /** A source and its sealed password, of one moment: no password is sent to another address. */
    record Access(Source source, byte[] password) {}

    Optional<Access> access(long id) {
        return db.sql("select " + COLUMNS + ", password from source.source where id = :id")
                .param("id", id)
                .query((rs, number) -> new Access(row(rs, number), rs.getBytes("password")))
                .optional();
    }

    Page<Source> list(String organization, Page.Request request, long offset) {
        long total =
                db.sql("select count(*) from source.source where organization = :organization")
                        .param("organization", organization)
                        .query(Long.class)
                        .single();
        var rows =
                db.sql(
                                "select "
                                        + COLUMNS
                                        + " from source.source where organization = :organization"
                                        + " and id < :after order by id desc limit :limit offset :offset")
                        .param("offset", offset)
                        .param("organization", organization)
                        .param("after", request.after())
                        .param("limit", request.limit() + 1)
                        .query(SourceTable::row)
                        .list();
        return request.page(rows, total, Source::id);
    }

    /** Whether the address was there before the policy of networks, and nobody decided yet. */
    boolean goesOn(long id, String host, int port) {
        return db.sql(
                        """
                        select exists (select from source.source
                            where id = :id and host = :host and port = :port and as_before)
                        """)
                .param("id", id)
                .param("host", host)
                .param("port", port)
                .query(Boolean.class)
                .single();
    }

    /** A new address is under the policy. */
    void settle(long id) {
        db.sql("update source.source set as_before = false where id = :id")
                .param("id", id)
                .update();
    }

    /** Those that go on as before come first. */
    List<KeptAddresses.Kept> kept(int limit) {
        return db.sql(
                        """
                        select id, organization, name, host, port, as_before from source.source
                        order by as_before desc, id limit :limit
                        """)
                .param("limit", limit)
                .query((rs, _) ->
                        new KeptAddresses.Kept(
                                SourceAddresses.KIND,
                                rs.getLong("id"),
                                rs.getString("organization"),
                                rs.getString("name"),
                                rs.getString("host"),
                                rs.getInt("port"),
                                rs.getBoolean("as_before")))
                .list();
    }

    List<Source> move(int oldPort, int newPort) {
        return db.sql(
                        """
                        update source.source set port = :newPort, revision = revision + 1
                        where port = :oldPort and host in ('127.0.0.1', 'localhost', '::1')
                        returning\
                        """
                                + " "
                                + COLUMNS)
                .param("newPort", newPort)
                .param("oldPort", oldPort)
                .query(SourceTable::row)
                .list();
    }

    private static Source row(ResultSet rs, int number) throws SQLException {
        var megabytes = rs.getBigDecimal("max_megabytes");
        var from = rs.getObject("allowed_from", LocalTime.class);
        var until = rs.getObject("allowed_until", LocalTime.class);
        return new Source(
                rs.getLong("id"),
                rs.getString("organization"),
                rs.getString("name"),
                new DatabaseAddress(
                        rs.getString("host"),
                        rs.getInt("port"),
                        rs.getString("database"),
                        Optional.empty()),
                rs.getString("username"),
                new Tls(
                        Tls.Mode.valueOf(rs.getString("tls_mode")),
                        Optional.ofNullable(rs.getString("ca_certificate"))),
                new Limits(
                        rs.getInt("max_connections"),
                        megabytes == null
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(megabytes.doubleValue()),
                        Duration.ofSeconds(rs.getInt("statement_timeout")),
                        Duration.ofSeconds(rs.getInt("lock_timeout")),
                        CONNECT_TIMEOUT),
                from == null || until == null
                        ? Optional.empty()
                        : Optional.of(new AllowedHours(from, until)),
                rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                rs.getObject("changed_at", OffsetDateTime.class).toInstant(),
                rs.getInt("revision"));
    }

    private static Map<String, Object> parameters(Source source) {
        var all = new HashMap<String, Object>();
        var limits = source.limits();
        all.put("id", source.id());
        all.put("organization", source.organization());
        all.put("name", source.name());
        all.put("host", source.address().host());
        all.put("port", source.address().port());
        all.put("database", source.address().database());
        all.put("username", source.username());
        all.put("tlsMode", source.tls().mode().name());
        all.put("caCertificate", source.tls().caPem().orElse(null));
        all.put("maxConnections", limits.maxConnections());
        all.put(
                "maxMegabytes",
                limits.megabytesPerSecond().isPresent()
                        ? limits.megabytesPerSecond().getAsDouble()
                        : null);
        all.put("statementTimeout", limits.statementTimeout().toSeconds());
        all.put("lockTimeout", limits.lockTimeout().toSeconds());
        all.put("allowedFrom", source.hours().map(AllowedHours::from).orElse(null));
        all.put("allowedUntil", source.hours().map(AllowedHours::until).orElse(null));
        all.put("createdAt", source.createdAt().atOffset(ZoneOffset.UTC));
        all.put("changedAt", source.changedAt().atOffset(ZoneOffset.UTC));
        return all;
    }
}
