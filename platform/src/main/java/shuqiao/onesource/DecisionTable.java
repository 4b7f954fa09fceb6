package shuqiao.onesource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the authority decided, and what departments said to it. */
@Repository
class DecisionTable {

    /** A department's entry whose item is to be taken from elsewhere. */
    record Duplicate(
            long resource,
            String provider,
            String resourceName,
            String key,
            String item,
            long source,
            @Nullable LocalDate answerBy,
            boolean answered) {}

    /** Decisions whose source still catalogues the item, with all others that do. */
    private static final String DUPLICATES =
            """
            select i.resource, i.provider, i.resource_name, i.item_key, min(i.name) as item, d.resource as source,
                d.answer_by,
                bool_or(a.resource is not null) as answered
            from onesource.decision d
            join onesource.item s on s.item_key = d.item_key and s.resource = d.resource
            join onesource.item i on i.item_key = d.item_key and i.provider <> s.provider
            left join onesource.answer a on a.item_key = i.item_key and a.resource = i.resource
            """;

    private static final String GROUPED =
            " group by i.resource, i.provider, i.resource_name, i.item_key, d.resource, d.answer_by order by i.resource, i.item_key";

    private final JdbcClient db;

    DecisionTable(JdbcClient db) {
        this.db = db;
    }

    Map<String, Decision> of(Collection<String> keys) {
        var decisions = new HashMap<String, Decision>();
        if (keys.isEmpty()) return decisions;
        db.sql("select * from onesource.decision where item_key in (:keys)")
                .param("keys", keys)
                .query((rs, _) ->
                        new Decision(
                                rs.getString("item_key"),
                                rs.getLong("resource"),
                                rs.getString("reason"),
                                rs.getObject("answer_by", LocalDate.class),
                                rs.getString("decided_by"),
                                rs.getObject("decided_at", OffsetDateTime.class).toInstant(),
                                rs.getInt("revision")))
                .list()
                .forEach(it -> decisions.put(it.key(), it));
        return decisions;
    }

    void put(Decision it) {
        db.sql(
                        """
                        insert into onesource.decision (item_key, resource, reason, answer_by, decided_by, decided_at)
                        values (:key, :resource, :reason, :answerBy, :by, :at)
                        on conflict (item_key) do update set resource = excluded.resource, reason = excluded.reason, answer_by = excluded.answer_by,
                            decided_by = excluded.decided_by, decided_at = excluded.decided_at,
                            revision = onesource.decision.revision + 1
                        """)
                .param("key", it.key())
                .param("resource", it.resource())
                .param("reason", it.reason())
                .param("answerBy", it.answerBy())
                .param("by", it.by())
                .param("at", it.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Another source, other questions: what was answered for the former one is void. */
    void dropAnswers(String key) {
        db.sql("delete from onesource.answer where item_key = :key").param("key", key).update();
    }

    void answer(Answer it, String by) {
        db.sql(
                        """
                        insert into onesource.answer (item_key, resource, keeps, reason, answered_by, answered_at)
                        values (:key, :resource, :keeps, :reason, :by, :at)
                        on conflict (item_key, resource) do update set keeps = excluded.keeps,
                            reason = excluded.reason, answered_by = excluded.answered_by,
                            answered_at = excluded.answered_at
                        """)
                .param("key", it.key())
                .param("resource", it.resource())
                .param("keeps", it.keeps())
                .param("reason", it.reason())
                .param("by", by)
                .param("at", it.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    List<Answer> answers(Collection<String> keys) {
        if (keys.isEmpty()) return List.of();
        return db.sql("select * from onesource.answer where item_key in (:keys)")
                .param("keys", keys)
                .query((rs, _) ->
                        new Answer(
                                rs.getString("item_key"),
                                rs.getLong("resource"),
                                rs.getBoolean("keeps"),
                                rs.getString("reason"),
                                rs.getObject("answered_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Of these resources, what they collect beside the source. */
    List<Duplicate> duplicates(Collection<Long> resources) {
        if (resources.isEmpty()) return List.of();
        return db.sql(DUPLICATES + " where i.resource in (:resources)" + GROUPED)
                .param("resources", resources)
                .query(DecisionTable::duplicate)
                .list();
    }

    /** Of a department, what waits for an answer. */
    List<Duplicate> unanswered(String provider, int max) {
        return db.sql(
                        DUPLICATES
                                + " where i.provider = :provider and a.resource is null"
                                + GROUPED
                                + " limit :max")
                .param("provider", provider)
                .param("max", max)
                .query(DecisionTable::duplicate)
                .list();
    }

    /** What is to be answered by this day, of one department or of all where it is null. */
    List<Duplicate> answersDue(LocalDate last, @Nullable String provider, int max) {
        return db.sql(
                        DUPLICATES
                                + " where d.answer_by <= :last and a.resource is null"
                                + " and (:provider::text is null or i.provider = :provider)"
                                + GROUPED
                                + " limit :max")
                .param("last", last)
                .param("provider", provider)
                .param("max", max)
                .query(DecisionTable::duplicate)
                .list();
    }

    /** Of these resources, those that are the source of something. */
    List<Long> sources(Collection<Long> resources) {
        if (resources.isEmpty()) return List.of();
        return db.sql(
                        """
                        select distinct d.resource from onesource.decision d
                        join onesource.item s on s.item_key = d.item_key and s.resource = d.resource
                        where d.resource in (:resources)
                        """)
                .param("resources", resources)
                .query((rs, _) -> rs.getLong(1))
                .list();
    }

    /** The resource is over, as a source and as a duplicate. */
    void forget(long resource) {
        db.sql("delete from onesource.decision where resource = :resource")
                .param("resource", resource)
                .update();
        db.sql("delete from onesource.answer where resource = :resource")
                .param("resource", resource)
                .update();
    }

    private static Duplicate duplicate(ResultSet rs, int number) throws SQLException {
        return new Duplicate(
                rs.getLong("resource"),
                rs.getString("provider"),
                rs.getString("resource_name"),
                rs.getString("item_key"),
                rs.getString("item"),
                rs.getLong("source"),
                rs.getObject("answer_by", LocalDate.class),
                rs.getBoolean("answered"));
    }
}
