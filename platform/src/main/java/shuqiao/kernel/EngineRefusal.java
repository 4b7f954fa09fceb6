package shuqiao.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Reason;
import shuqiao.engine.Side;

/**
 * What the engine met at a department's database, said to people: the key is {@code engine:} and
 * the key of the {@link Reason}, the facts are its arguments.
 */
public final class EngineRefusal extends Refusal {

    /** How an existing target differs from what was granted. */
    public enum Difference {
        MISSING,
        EXTRA,
        TYPE,
        REQUIRED,
        GENERATED
    }

    /** What a column takes, said with an example. */
    public enum Expected {
        WHOLE_NUMBER,
        NUMBER,
        DAY,
        TIME,
        YES_OR_NO,
        UNIQUE_ID,
        TEXT;

        static Expected of(String type) {
            var word = type.replaceAll("[^a-z ].*", "").strip();
            return switch (word) {
                case "smallint", "integer", "bigint", "int" -> WHOLE_NUMBER;
                case "numeric", "real", "double precision", "float" -> NUMBER;
                case "date" -> DAY;
                case "boolean" -> YES_OR_NO;
                case "uuid" -> UNIQUE_ID;
                default -> word.startsWith("timestamp") ? TIME : TEXT;
            };
        }
    }

    private static final String NOT_KNOWN = "—";

    private EngineRefusal(EngineFailure failure, Map<String, Object> facts) {
        super(
                kind(failure.reason()),
                "engine:" + failure.reason().key(),
                facts,
                faults(failure.reason(), facts));
        initCause(failure);
    }

    public static EngineRefusal of(EngineFailure failure) {
        return new EngineRefusal(failure, facts(failure));
    }

    /** Runs a question to another machine; its failures become refusals. */
    public static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (EngineFailure failure) {
            throw of(failure);
        }
    }

    private static Kind kind(Reason reason) {
        return switch (reason) {
            case INVALID_ADDRESS,
                    PARAMETER_REFUSED,
                    NAME_TOO_LONG,
                    UNKNOWN_FIELD,
                    INVALID_FILTER,
                    INVALID_MASK,
                    TYPE_NOT_CARRIED,
                    LARGE_OBJECT ->
                    Kind.INVALID;
            default -> reason.isTransient() ? Kind.UNAVAILABLE : Kind.CONFLICT;
        };
    }

    private static Map<String, Object> facts(EngineFailure failure) {
        var facts = new HashMap<String, Object>();
        for (var name : failure.reason().arguments()) {
            var value = failure.arguments().getOrDefault(name, NOT_KNOWN);
            facts.put(
                    name,
                    switch (name) {
                        case "side" -> side(value);
                        case "difference" -> difference(value);
                        default -> value;
                    });
        }
        return facts;
    }

    private static Object side(String word) {
        for (var side : Side.values()) if (side.key().equals(word)) return side;
        return word;
    }

    private static Object difference(String word) {
        for (var difference : Difference.values())
            if (difference.name().toLowerCase(Locale.ROOT).equals(word)) return difference;
        return word;
    }

    /** The field a person filled in, where the reason is about one. */
    private static List<Fault> faults(Reason reason, Map<String, Object> facts) {
        return switch (reason) {
            case INVALID_ADDRESS ->
                    List.of(
                            new Fault(
                                    "certificate".equals(facts.get("detail"))
                                            ? "caCertificate"
                                            : "jdbcUrl",
                                    "engine.address." + facts.get("detail"),
                                    facts));
            case PARAMETER_REFUSED ->
                    List.of(new Fault("jdbcUrl", "engine.parameter-refused", facts));
            case INVALID_FILTER -> {
                var said = new HashMap<>(facts);
                said.put("expected", Expected.of(String.valueOf(facts.get("detail"))));
                yield List.of(
                        new Fault(
                                "filter." + facts.get("field"),
                                "engine.filter." + facts.get("problem"),
                                said));
            }
            case INVALID_MASK ->
                    List.of(
                            new Fault(
                                    "masks." + facts.get("field"),
                                    "engine.mask." + facts.get("problem"),
                                    facts));
            case UNKNOWN_FIELD, TYPE_NOT_CARRIED, LARGE_OBJECT ->
                    List.of(
                            new Fault(
                                    String.valueOf(facts.get("field")),
                                    "engine." + reason.key(),
                                    facts));
            default -> List.of();
        };
    }
}
