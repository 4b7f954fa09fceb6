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

    /** Faults that the exception's own text names, and its characters. */
    private static final int TEXT_FAULTS_MAX = 50;

    private static final int TEXT_MAX = 16_384;

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
        super(text(key, facts, faults));
        this.kind = kind;
        this.key = key;
        this.facts = Map.copyOf(facts);
        this.faults = List.copyOf(faults);
    }

    /** For the log: a body may hold 100,000 faults, and each fact what somebody sent. */
    private static String text(String key, Map<String, Object> facts, List<Fault> faults) {
        var text = new StringBuilder(key).append(' ').append(facts);
        for (var fault : faults.subList(0, Math.min(faults.size(), TEXT_FAULTS_MAX)))
            text.append(' ').append(fault);
        if (faults.size() > TEXT_FAULTS_MAX) text.append(" … ").append(faults.size());
        if (text.length() <= TEXT_MAX) return text.toString();
        return text.substring(0, TEXT_MAX) + "…";
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
