package shuqiao.catalog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What people have typed into drafts and not saved yet, one for each person and resource. */
@Repository
class WorkingCopyTable {

    /** As it was typed at that time. */
    record Kept(Description description, Instant at) {}

    private final JdbcClient db;
    private final JsonMapper json;

    WorkingCopyTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    void keep(long resource, String person, int revision, Kept kept) {
        db.sql(
                        """
                        insert into catalog.working_copy (resource, person, revision, description, at)
                        values (:resource, :person, :revision, :description::jsonb, :at)
                        on conflict (resource, person) do update set
                            revision = excluded.revision, description = excluded.description, at = excluded.at
                        """)
                .param("resource", resource)
                .param("person", person)
                .param("revision", revision)
                .param("description", json.writeValueAsString(kept.description()))
                .param("at", kept.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Only over the revision it was typed over. */
    Optional<Kept> find(long resource, String person, int revision) {
        return db.sql(
                        """
                        select description, at from catalog.working_copy
                        where resource = :resource and person = :person and revision = :revision
                        """)
                .param("resource", resource)
                .param("person", person)
                .param("revision", revision)
                .query((rs, _) ->
                        new Kept(
                                json.readValue(rs.getString("description"), Description.class),
                                rs.getObject("at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void drop(long resource, String person) {
        db.sql("delete from catalog.working_copy where resource = :resource and person = :person")
                .param("resource", resource)
                .param("person", person)
                .update();
    }

    /** Of whoever typed: there is nothing left to type over. */
    void dropAll(long resource) {
        db.sql("delete from catalog.working_copy where resource = :resource")
                .param("resource", resource)
                .update();
    }
}
