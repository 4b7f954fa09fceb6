package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import tools.jackson.databind.json.JsonMapper;

@Repository
class ResourceTable {

    static final String COLUMNS =
            """
            id, provider, code, version, stage, stage_by, stage_at, submitted_by, note, description,
            mount, published_version, created_by, created_at, changed_at, revision
            """;

    private final JdbcClient db;
    private final JsonMapper json;

    ResourceTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** Refuses a name that its department has already. */
    long insert(Resource resource) {
        try {
            return db.sql(
                            """
                            insert into catalog.resource (provider, name, name_key, version, stage, stage_by,
                                stage_at, submitted_by, note, description, source, mount,
                                created_by, created_at, changed_at)
                            values (:provider, :name, :nameKey, :version, :stage, :stageBy,
                                :stageAt, :submittedBy, :note, :description::jsonb, :source,
                                :mount::jsonb, :createdBy, :createdAt, :changedAt)
                            returning id
                            """)
                    .params(parameters(resource))
                    .query(Long.class)
                    .single();
        } catch (DuplicateKeyException _) {
            throw nameTaken(resource);
        }
    }

    /**
     * Writes the next state of what was read; of two who read the same, the second is refused.
     *
     * @throws Conflict when somebody else changed it meanwhile
     */
    Resource save(Resource resource) {
        int saved;
        try {
            saved =
                    db.sql(
                                    """
                                    update catalog.resource
                                    set name = :name, name_key = :nameKey, code = :code, version = :version,
                                        stage = :stage, stage_by = :stageBy, stage_at = :stageAt,
                                        submitted_by = :submittedBy, note = :note,
                                        description = :description::jsonb,
                                        source = :source, mount = :mount::jsonb,
                                        published_version = :publishedVersion, changed_at = :changedAt,
                                        revision = revision + 1
                                    where id = :id and revision = :revision
                                    """)
                            .params(parameters(resource))
                            .update();
        } catch (DuplicateKeyException _) {
            throw nameTaken(resource);
        }
        if (saved == 0)
            throw new Conflict("catalog:changed-meanwhile", Map.of("resource", resource.id()));
        return find(resource.id()).orElseThrow();
    }

    /** Nobody else takes a step with it, or gives anything of it, until the transaction ends. */
    Optional<Resource> lock(long id) {
        return db.sql("select id from catalog.resource where id = :id for no key update")
                .param("id", id)
                .query(Long.class)
                .optional()
                .flatMap(this::find);
    }

    Optional<Resource> find(long id) {
        return db.sql("select " + COLUMNS + " from catalog.resource where id = :id")
                .param("id", id)
                .query(this::row)
                .optional();
    }

    /** Of one department, or of all when it is empty, in one of these stages; newest first. */
    List<Resource> inStages(String provider, List<Stage> stages, int limit) {
        return db.sql(
                        "select "
                                + COLUMNS
                                + """
                                 from catalog.resource
                                where (:provider = '' or provider = :provider) and stage in (:stages)
                                order by stage_at desc limit :limit
                                """)
                .param("provider", provider)
                .param("stages", stages.stream().map(Enum::name).toList())
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /** The class of the newest code that the department was given; empty where it has none. */
    String lastClass(String provider) {
        return db.sql(
                        """
                        select description ->> 'classification' from catalog.resource
                        where provider = :provider and published_version is not null
                          and stage <> 'WITHDRAWN'
                        order by id desc limit 1
                        """)
                .param("provider", provider)
                .query(String.class)
                .optional()
                .orElse("");
    }

    List<Resource> find(Collection<Long> ids) {
        if (ids.isEmpty()) return List.of();
        return db.sql("select " + COLUMNS + " from catalog.resource where id in (:ids)")
                .param("ids", ids)
                .query(this::row)
                .list();
    }

    /**
     * Keys of a department's names that begin with this one, those of withdrawn resources apart.
     */
    Set<String> namesLike(String provider, String key) {
        return new HashSet<>(
                db.sql(
                                """
                                select name_key from catalog.resource
                                where provider = :provider and stage <> 'WITHDRAWN' and starts_with(name_key, :key)
                                """)
                        .param("provider", provider)
                        .param("key", key)
                        .query(String.class)
                        .list());
    }

    /** All of a department that are not withdrawn, oldest first. */
    List<Resource> ofProvider(String provider, int limit) {
        return db.sql(
                        "select "
                                + COLUMNS
                                + """
                                 from catalog.resource
                                where provider = :provider and stage <> 'WITHDRAWN'
                                order by id limit :limit
                                """)
                .param("provider", provider)
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /** Gone as if it had never been; only for a draft that nobody else has seen. */
    boolean delete(Resource it) {
        return db.sql("delete from catalog.resource where id = :id and revision = :revision")
                        .param("id", it.id())
                        .param("revision", it.revision())
                        .update()
                > 0;
    }

    /** A resource, draft or published, that stands on the source. */
    Optional<String> usedBy(long source) {
        return db.sql(
                        """
                        select r.name from catalog.resource r
                        where r.stage <> 'WITHDRAWN'
                          and (r.source = :source
                               or exists (select from catalog.version v
                                          where v.resource = r.id and v.number = r.published_version
                                            and v.source = :source))
                        order by r.id limit 1
                        """)
                .param("source", source)
                .query(String.class)
                .optional();
    }

    /** The next number under a front; a number once given is never given again. */
    long allocate(String front) {
        return db.sql(
                        """
                        insert into catalog.code_sequence as s (front, last) values (:front, 1)
                        on conflict (front) do update set last = s.last + 1
                        returning last
                        """)
                .param("front", front)
                .query(Long.class)
                .single();
    }

    private static Invalid nameTaken(Resource resource) {
        return Invalid.field("name", "catalog.name-taken", Map.of("name", resource.name()));
    }

    private Resource row(ResultSet rs, int number) throws SQLException {
        var mount = rs.getString("mount");
        var published = (Integer) rs.getObject("published_version");
        return new Resource(
                rs.getLong("id"),
                rs.getString("provider"),
                rs.getString("code"),
                rs.getInt("version"),
                State.of(
                        Stage.valueOf(rs.getString("stage")),
                        rs.getString("stage_by"),
                        rs.getObject("stage_at", OffsetDateTime.class).toInstant(),
                        rs.getString("submitted_by"),
                        rs.getString("note")),
                json.readValue(rs.getString("description"), Description.class),
                mount == null ? Optional.empty() : Optional.of(json.readValue(mount, Mount.class)),
                published,
                rs.getString("created_by"),
                rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                rs.getObject("changed_at", OffsetDateTime.class).toInstant(),
                rs.getInt("revision"));
    }

    private Map<String, Object> parameters(Resource it) {
        var all = new HashMap<String, Object>();
        all.put("id", it.id());
        all.put("provider", it.provider());
        all.put("name", it.name());
        all.put("nameKey", Names.key(it.name()));
        all.put("code", it.code());
        all.put("version", it.version());
        all.put("stage", it.state().stage().name());
        all.put("stageBy", it.state().by());
        all.put("stageAt", it.state().at().atOffset(ZoneOffset.UTC));
        all.put("submittedBy", it.state().submitter());
        all.put("note", it.state().reason());
        all.put("description", json.writeValueAsString(it.description()));
        all.put("source", it.mount().map(Mount::source).orElse(null));
        all.put("mount", it.mount().map(json::writeValueAsString).orElse(null));
        all.put("publishedVersion", it.publishedVersion());
        all.put("createdBy", it.createdBy());
        all.put("createdAt", it.createdAt().atOffset(ZoneOffset.UTC));
        all.put("changedAt", it.changedAt().atOffset(ZoneOffset.UTC));
        all.put("revision", it.revision());
        return all;
    }
}
