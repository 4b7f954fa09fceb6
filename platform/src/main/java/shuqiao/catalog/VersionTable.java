package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;
import tools.jackson.databind.json.JsonMapper;

/** Published versions: inserted, read, and never anything else. */
@Repository
class VersionTable {

    private static final String SELECT =
            """
            select v.resource, v.number, v.code, v.snapshot, v.published_at,
                   r.provider, r.stage = 'WITHDRAWN' as withdrawn, v.number = r.published_version as current
            from catalog.version v join catalog.resource r on r.id = v.resource
            """;

    /** What is kept of a version as it was. */
    record Snapshot(Description description, Mount mount) {}

    private final JdbcClient db;
    private final JsonMapper json;

    VersionTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    void insert(Resource resource, Mount mount) {
        var description = resource.description();
        db.sql(
                        """
                        insert into catalog.version (resource, number, code, name, sharing_kind, open,
                            source, snapshot, published_by, published_at)
                        values (:resource, :number, :code, :name, :sharingKind, :open,
                            :source, :snapshot::jsonb, :by, :at)
                        """)
                .param("resource", resource.id())
                .param("number", resource.version())
                .param("code", resource.code())
                .param("name", resource.name())
                .param("sharingKind", Objects.requireNonNull(description.sharingKind()).name())
                .param("open", description.open())
                .param("source", mount.source())
                .param("snapshot", json.writeValueAsString(new Snapshot(description, mount)))
                .param("by", resource.state().by())
                .param("at", resource.state().at().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<PublishedResource> find(long resource, int number) {
        return db.sql(SELECT + "where v.resource = :resource and v.number = :number")
                .param("resource", resource)
                .param("number", number)
                .query(this::row)
                .optional();
    }

    /**
     * The same, and nobody publishes or withdraws the resource until the caller's transaction ends.
     */
    Optional<PublishedResource> hold(long resource) {
        return db.sql("select id from catalog.resource where id = :resource for share")
                .param("resource", resource)
                .query(Long.class)
                .optional()
                // a statement of its own: one that waited for the lock would answer with what was
                .flatMap(this::current);
    }

    /** The version that is valid, or was until the resource was withdrawn. */
    Optional<PublishedResource> current(long resource) {
        return db.sql(SELECT + "where v.resource = :resource and v.number = r.published_version")
                .param("resource", resource)
                .query(this::row)
                .optional();
    }

    List<PublishedResource> current(Collection<Long> resources) {
        if (resources.isEmpty()) return List.of();
        return db.sql(SELECT + "where v.resource in (:ids) and v.number = r.published_version")
                .param("ids", resources)
                .query(this::row)
                .list();
    }

    Page<PublishedResource> list(long resource, Page.Request request) {
        long total =
                db.sql("select count(*) from catalog.version where resource = :resource")
                        .param("resource", resource)
                        .query(Long.class)
                        .single();
        var rows =
                db.sql(
                                SELECT
                                        + "where v.resource = :resource and v.number < :after"
                                        + " order by v.number desc limit :limit")
                        .param("resource", resource)
                        .param("after", request.after())
                        .param("limit", request.limit() + 1)
                        .query(this::row)
                        .list();
        return request.page(rows, total, row -> (long) row.version());
    }

    List<PublishedResource> open(int limit) {
        return db.sql(
                        SELECT
                                + """
                                where v.open and v.number = r.published_version and r.stage <> 'WITHDRAWN'
                                order by v.code limit :limit
                                """)
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /** A piece of what is published and valid, in the order of ids. */
    List<PublishedResource> valid(long after, int limit) {
        return db.sql(
                        SELECT
                                + """
                                where v.resource > :after and v.number = r.published_version
                                    and r.stage <> 'WITHDRAWN'
                                order by v.resource limit :limit
                                """)
                .param("after", after)
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    boolean hasCode(String code) {
        return db.sql("select exists (select from catalog.resource where code = :code)")
                .param("code", code)
                .query(Boolean.class)
                .single();
    }

    private PublishedResource row(ResultSet rs, int number) throws SQLException {
        var snapshot = json.readValue(rs.getString("snapshot"), Snapshot.class);
        var it = snapshot.description();
        return new PublishedResource(
                rs.getLong("resource"),
                rs.getString("code"),
                rs.getInt("number"),
                it.name(),
                rs.getString("provider"),
                rs.getBoolean("withdrawn"),
                rs.getBoolean("current") && !rs.getBoolean("withdrawn"),
                Objects.requireNonNull(it.sharingKind()),
                it.sharingCondition(),
                it.sharingBasis(),
                it.sharingRange(),
                PublishedResource.fields(it),
                snapshot.mount().source(),
                snapshot.mount().schema(),
                snapshot.mount().table(),
                it.updateCycle(),
                it.open(),
                rs.getObject("published_at", OffsetDateTime.class).toInstant(),
                it,
                snapshot.mount().isPartByPolicy());
    }
}
