package shuqiao.compilation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.catalog.Description;
import shuqiao.workbook.HandedIn;
import tools.jackson.databind.json.JsonMapper;

@Repository
class BatchTable {

    private static final String COLUMNS =
            """
            id, number, round, provider, uploaded_at, file_name, places, imported_at, added, changed, undone_at
            """;

    /** What an import wrote into one resource. */
    record Imported(long resource, Act act, int revision, @Nullable Description before) {}

    private final JdbcClient db;
    private final JsonMapper json;

    BatchTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** The next number of a day, from 1. */
    int next(LocalDate day) {
        return db.sql(
                        """
                        insert into compilation.day as d (day, last) values (:day, 1)
                        on conflict (day) do update set last = d.last + 1
                        returning last
                        """)
                .param("day", day)
                .query(Integer.class)
                .single();
    }

    /** How often a number came already; 0 when it is none of the department's. */
    int rounds(String provider, String number) {
        return db.sql(
                        """
                        select coalesce(max(round), 0) from compilation.batch
                        where provider = :provider and number = :number
                        """)
                .param("provider", provider)
                .param("number", number)
                .query(Integer.class)
                .single();
    }

    void insert(Batch it, String by) {
        db.sql(
                        """
                        insert into compilation.batch (id, number, round, provider, uploaded_by, uploaded_at, file_name)
                        values (:id, :number, :round, :provider, :by, :at, :fileName)
                        """)
                .param("id", it.id())
                .param("number", it.number())
                .param("round", it.round())
                .param("provider", it.provider())
                .param("by", by)
                .param("at", it.uploadedAt().atOffset(ZoneOffset.UTC))
                .param("fileName", it.fileName())
                .update();
    }

    Optional<Batch> find(String id, String by) {
        return db.sql(
                        "select "
                                + COLUMNS
                                + " from compilation.batch where id = :id and uploaded_by = :by")
                .param("id", id)
                .param("by", by)
                .query(this::row)
                .optional();
    }

    /** Newest first. */
    List<Batch> of(String by, Instant since, int limit) {
        return db.sql(
                        "select "
                                + COLUMNS
                                + """
                                 from compilation.batch where uploaded_by = :by and uploaded_at >= :since
                                order by uploaded_at desc limit :limit
                                """)
                .param("by", by)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    void place(String id, Map<String, HandedIn.Place> places) {
        db.sql("update compilation.batch set places = :places::jsonb where id = :id")
                .param("id", id)
                .param("places", json.writeValueAsString(places))
                .update();
    }

    /** False when it is imported already. */
    boolean imported(String id, Instant at, int added, int changed) {
        return db.sql(
                                """
                                update compilation.batch
                                set imported_at = :at, added = :added, changed = :changed
                                where id = :id and imported_at is null
                                """)
                        .param("id", id)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("added", added)
                        .param("changed", changed)
                        .update()
                > 0;
    }

    /** False when it is undone already. */
    boolean undone(String id, Instant at) {
        return db.sql(
                                """
                                update compilation.batch set undone_at = :at
                                where id = :id and imported_at is not null and undone_at is null
                                """)
                        .param("id", id)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    void insert(String batch, Imported it) {
        db.sql(
                        """
                        insert into compilation.imported (batch, resource, act, revision, before)
                        values (:batch, :resource, :act, :revision, :before::jsonb)
                        """)
                .param("batch", batch)
                .param("resource", it.resource())
                .param("act", it.act().name())
                .param("revision", it.revision())
                .param("before", it.before() == null ? null : json.writeValueAsString(it.before()))
                .update();
    }

    List<Imported> written(String batch) {
        return db.sql(
                        """
                        select resource, act, revision, before from compilation.imported
                        where batch = :batch order by resource
                        """)
                .param("batch", batch)
                .query((rs, _) -> {
                    var before = rs.getString("before");
                    return new Imported(
                            rs.getLong("resource"),
                            Act.valueOf(rs.getString("act")),
                            rs.getInt("revision"),
                            before == null ? null : json.readValue(before, Description.class));
                })
                .list();
    }

    /** Takes away what was never imported, and what cannot be undone any more. */
    void tidy(Instant olderThan) {
        db.sql("delete from compilation.batch where uploaded_at < :then and imported_at is null")
                .param("then", olderThan.atOffset(ZoneOffset.UTC))
                .update();
        db.sql(
                        """
                        delete from compilation.imported i using compilation.batch b
                        where b.id = i.batch and b.imported_at < :then
                        """)
                .param("then", olderThan.atOffset(ZoneOffset.UTC))
                .update();
    }

    private Batch row(ResultSet rs, int number) throws SQLException {
        var places = rs.getString("places");
        return new Batch(
                rs.getString("id"),
                rs.getString("number"),
                rs.getInt("round"),
                rs.getString("provider"),
                rs.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                rs.getString("file_name"),
                places == null ? null : places(places),
                instant(rs, "imported_at"),
                rs.getInt("added"),
                rs.getInt("changed"),
                instant(rs, "undone_at"));
    }

    private Map<String, HandedIn.Place> places(String text) {
        var type =
                json.getTypeFactory()
                        .constructMapType(Map.class, String.class, HandedIn.Place.class);
        return json.readValue(text, type);
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        var at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
