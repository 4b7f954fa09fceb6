package shuqiao.source;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.Tls;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;

@Repository
class AddressChangeTable {

    private final JdbcClient db;
    private final SourceTable sources;

    AddressChangeTable(JdbcClient db, SourceTable sources) {
        this.db = db;
        this.sources = sources;
    }

    /** Takes the place of one that waited for the same source. */
    void put(AddressChange it, byte[] password) {
        delete(it.source().id());
        db.sql(
                        """
                        insert into source.address_change (source, host, port, database, username, password,
                            tls_mode, ca_certificate, asked_by, asked_by_name, asked_at)
                        values (:source, :host, :port, :database, :username, :password,
                            :tlsMode, :caCertificate, :askedBy, :askedByName, :askedAt)
                        """)
                .param("source", it.source().id())
                .param("host", it.address().host())
                .param("port", it.address().port())
                .param("database", it.address().database())
                .param("username", it.username())
                .param("password", password)
                .param("tlsMode", it.tls().mode().name())
                .param("caCertificate", it.tls().caPem().orElse(null), java.sql.Types.VARCHAR)
                .param("askedBy", it.askedBy())
                .param("askedByName", it.askedByName())
                .param("askedAt", it.askedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean delete(long source) {
        return db.sql("delete from source.address_change where source = :source")
                        .param("source", source)
                        .update()
                == 1;
    }

    void move(int oldPort, int newPort) {
        db.sql(
                        """
                        update source.address_change set port = :newPort
                        where port = :oldPort and host in ('127.0.0.1', 'localhost', '::1')
                        """)
                .param("newPort", newPort)
                .param("oldPort", oldPort)
                .update();
    }

    Optional<AddressChange> find(long source) {
        var present = sources.find(source);
        if (present.isEmpty()) return Optional.empty();
        return db.sql("select * from source.address_change where source = :source")
                .param("source", source)
                .query((rs, _) -> change(rs, present.orElseThrow()))
                .optional();
    }

    Optional<byte[]> password(long source) {
        return db.sql("select password from source.address_change where source = :source")
                .param("source", source)
                .query((rs, _) -> rs.getBytes("password"))
                .optional();
    }

    /** Which of these sources have one that waits. */
    Set<Long> among(List<Long> some) {
        if (some.isEmpty()) return Set.of();
        return new HashSet<>(
                db.sql("select source from source.address_change where source in (:some)")
                        .param("some", some)
                        .query(Long.class)
                        .list());
    }

    /** Newest first; of one department, or of all. */
    Page<AddressChange> list(@Nullable String organization, Page.Request page) {
        var where = new Where();
        if (organization != null) where.and("s.organization = :own", "own", organization);
        var all = where.copy();
        where.and("c.id < :after", "after", page.after());
        var rows =
                db
                        .sql(
                                "select c.source from source.address_change c join source.source s on s.id = c.source"
                                        + where.sql()
                                        + " order by c.id desc limit :limit")
                        .params(where.parameters())
                        .param("limit", page.limit() + 1)
                        .query((rs, _) -> rs.getLong("source"))
                        .list()
                        .stream()
                        .flatMap(source -> find(source).stream())
                        .toList();
        return page.page(rows, () -> count(all), AddressChange::id);
    }

    private long count(Where where) {
        return db.sql(
                        "select count(*) from source.address_change c join source.source s on s.id = c.source"
                                + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    private static AddressChange change(java.sql.ResultSet rs, Source present)
            throws java.sql.SQLException {
        return new AddressChange(
                rs.getLong("id"),
                present,
                new DatabaseAddress(
                        rs.getString("host"),
                        rs.getInt("port"),
                        rs.getString("database"),
                        Optional.empty()),
                rs.getString("username"),
                new Tls(
                        Tls.Mode.valueOf(rs.getString("tls_mode")),
                        Optional.ofNullable(rs.getString("ca_certificate"))),
                rs.getString("asked_by"),
                rs.getString("asked_by_name"),
                rs.getObject("asked_at", OffsetDateTime.class).toInstant());
    }
}
