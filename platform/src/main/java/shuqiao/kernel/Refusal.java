package shuqiao.kernel;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a person or a program did wrong, as against a bug. One place turns it into RFC 9457 or an
 * error page, in the reader's language: the sentence stands in the message files under {@code
 * refusal.<key>}, with {@code {name}} for each fact.
 */
public abstract class Refusal extends RuntimeException {

    /** Decides the HTTP status. */
    public enum Kind {
        INVALID(422),
        UNKNOWN(404),
        CONFLICT(409),
        FORBIDDEN(403),
        TOO_MANY(429),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** One wrong field: its path in the request, the message key and the facts of the sentence. */
    public record Fault(String field, String key, Map<String, Object> facts) {
        public Fault {
            facts = Map.copyOf(facts);
        }
    }

    private final Kind kind;
    private final String key;
    private final transient Map<String, Object> facts;
    private final transient List<Fault> faults;

    /**
     * Key is {@code room:what}, stable: translation key, problem type and anchor of the
     * documentation.
     */
    protected Refusal(Kind kind, String key, Map<String, Object> facts) {
        this(kind, key, facts, List.of());
    }

    protected Refusal(Kind kind, String key, Map<String, Object> facts, List<Fault> faults) {
        super(key + " " + facts + (faults.isEmpty() ? "" : " " + faults));
        this.kind = kind;
        this.key = key;
        this.facts = Map.copyOf(facts);
        this.faults = List.copyOf(faults);
    }

    public Kind kind() {
        return kind;
    }

    public String key() {
        return key;
    }

    public Map<String, Object> facts() {
        return facts;
    }

    /** When to come back, told in {@code Retry-After}; empty where waiting changes nothing. */
    public OptionalLong retryAfterSeconds() {
        return OptionalLong.empty();
    }

    public List<Fault> faults() {
        return faults;
    }
}
