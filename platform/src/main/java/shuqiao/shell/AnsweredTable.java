package shuqiao.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls with an Idempotency-Key: begun, or answered with this. A row belongs to who began it, by
 * {@code at}.
 */
@Repository
class AnsweredTable {

    /** A call that was not seen for so long counts as lost, with the process that held it. */
    static final Duration LOST_AFTER = Duration.ofMinutes(5);

    static final Duration KEPT = Duration.ofDays(1);

    /** Bytes of answers kept for one; what is more is answered and not kept. */
    static final long BYTES_MAX = 32L * 1024 * 1024;

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /**
     * What is known of a key.
     *
     * @param status null while the call is under way
     * @param body null when the answer is not kept
     */
    record Answered(
            String digest,
            @Nullable Integer status,
            Map<String, String> headers,
            byte @Nullable [] body) {}

    private final JdbcClient db;
    private final JsonMapper json;
    private final int keysMax;

    /**
     * @param keysMax keys of one program or person within a day
     */
    AnsweredTable(
            JdbcClient db,
            JsonMapper json,
            @Value("${shuqiao.idempotency.keys-max:50000}") int keysMax) {
        this.db = db;
        this.json = json;
        this.keysMax = keysMax;
    }

    int keysMax() {
        return keysMax;
    }

    /** Claims a key that is new, out of date, or left behind by a call with the same content. */
    boolean begin(String actor, String key, String digest, Instant now) {
        return db.sql(
                                """
                                insert into kernel.answered (actor, key, digest, at)
                                select :actor, :key, :digest, :now
                                where (select count(*) from (
                                           select 1 from kernel.answered
                                           where actor = :actor limit :most) of_one) < :most
                                on conflict (actor, key) do update
                                set digest = excluded.digest, at = excluded.at, seen = null,
                                    status = null, headers = null, body = null
                                where answered.at < :outdated
                                   or (answered.status is null
                                       and coalesce(answered.seen, answered.at) < :lost
                                       and answered.digest = excluded.digest)
                                """)
                        .param("actor", actor)
                        .param("key", key)
                        .param("digest", digest)
                        .param("now", time(now))
                        .param("most", keysMax)
                        .param("outdated", time(now.minus(KEPT)))
                        .param("lost", time(now.minus(LOST_AFTER)))
                        .update()
                == 1;
    }

    /** Says that a call is still under way. */
    void seen(String actor, String key, Instant begun, Instant now) {
        db.sql(
                        """
                        update kernel.answered set seen = :now
                        where actor = :actor and key = :key and at = :begun and status is null
                        """)
                .param("actor", actor)
                .param("key", key)
                .param("begun", time(begun))
                .param("now", time(now))
                .update();
    }

    /** Whether one has as many keys as may be. */
    boolean isFull(String actor) {
        return db.sql("select count(*) from kernel.answered where actor = :actor")
                        .param("actor", actor)
                        .query(Long.class)
                        .single()
                >= keysMax;
    }

    /** Bytes of the answers that are kept for one. */
    long bytes(String actor) {
        return db.sql(
                        """
                        select coalesce(sum(octet_length(body)), 0) from kernel.answered
                        where actor = :actor
                        """)
                .param("actor", actor)
                .query(Long.class)
                .single();
    }

    Optional<Answered> find(String actor, String key) {
        return db.sql(
                        """
                        select digest, status, headers, body from kernel.answered
                        where actor = :actor and key = :key
                        """)
                .param("actor", actor)
                .param("key", key)
                .query((rs, _) -> {
                    var headers = rs.getString("headers");
                    return new Answered(
                            rs.getString("digest"),
                            rs.getObject("status", Integer.class),
                            headers == null ? Map.of() : json.readValue(headers, HEADERS),
                            rs.getBytes("body"));
                })
                .optional();
    }

    /** Keeps the answer, unless the row was taken over meanwhile. */
    void finish(
            String actor,
            String key,
            Instant begun,
            int status,
            Map<String, String> headers,
            byte @Nullable [] body) {
        db.sql(
                        """
                        update kernel.answered
                        set status = :status, headers = :headers::jsonb, body = :body
                        where actor = :actor and key = :key and at = :begun
                        """)
                .param("actor", actor)
                .param("key", key)
                .param("begun", time(begun))
                .param("status", status)
                .param("headers", json.writeValueAsString(headers))
                .param("body", body, java.sql.Types.BINARY)
                .update();
    }

    /** Frees the key of a call that came to nothing, so that it may be tried again. */
    void forget(String actor, String key, Instant begun) {
        db.sql("delete from kernel.answered where actor = :actor and key = :key and at = :begun")
                .param("actor", actor)
                .param("key", key)
                .param("begun", time(begun))
                .update();
    }

    /** Frees the keys of all calls under way; only for who knows that there are none. */
    void forgetUnfinished() {
        db.sql("delete from kernel.answered where status is null").update();
    }

    int removeBefore(Instant oldest) {
        return db.sql("delete from kernel.answered where at < :oldest")
                .param("oldest", time(oldest))
                .update();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
