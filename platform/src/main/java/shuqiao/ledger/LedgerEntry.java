package shuqiao.ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One recorded act.
 *
 * @param body canonical JSON, the bytes of the leaf
 * @param index in the log; null within the first second
 */
public record LedgerEntry(
        long id,
        String kind,
        Instant at,
        String actorKind,
        String actor,
        @Nullable String organization,
        String body,
        @Nullable Long index) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
            new TypeReference<>() {};

    /**
     * What the event said of itself; of a room's own bytes, such as a receipt, all their members.
     */
    public Map<String, Object> facts() {
        try {
            Map<String, Object> content = JSON.readValue(body, MEMBERS);
            return content.get("facts") instanceof Map<?, ?> facts ? named(facts) : content;
        } catch (JacksonException noJson) {
            return Map.of();
        }
    }

    private static Map<String, Object> named(Map<?, ?> facts) {
        var named = new LinkedHashMap<String, Object>();
        facts.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    /**
     * What an auditor asks for; empty parts match all.
     *
     * @param object what the act was about: the bare value of a fact, or {@code name=value}
     */
    public record Query(
            Optional<String> kind,
            Optional<String> actor,
            Optional<String> organization,
            Optional<String> object,
            Optional<Instant> from,
            Optional<Instant> until) {

        /** Everything about one thing, such as {@code username=zhoumin}. */
        public static Query about(String object) {
            var all = all();
            return new Query(
                    all.kind(),
                    all.actor(),
                    all.organization(),
                    Optional.of(object),
                    all.from(),
                    all.until());
        }

        public static Query all() {
            return new Query(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
