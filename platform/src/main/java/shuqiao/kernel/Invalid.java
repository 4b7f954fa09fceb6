package shuqiao.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shuqiao.standard.InvalidCode;

/** Fields that were filled in wrongly, all of them at once, each with what to do. */
public final class Invalid extends Refusal {

    private Invalid(List<Fault> faults) {
        super(Kind.INVALID, "invalid", Map.of("count", faults.size()), faults);
    }

    public static Invalid field(String field, String key) {
        return field(field, key, Map.of());
    }

    public static Invalid field(String field, String key, Map<String, Object> facts) {
        return new Invalid(List.of(new Fault(field, key, facts)));
    }

    /** Gathers faults, so that the user hears of all of them in one answer. */
    public static final class Faults {

        private final List<Fault> faults = new ArrayList<>();

        public Faults add(String field, String key) {
            return add(field, key, Map.of());
        }

        public Faults add(String field, String key, Map<String, Object> facts) {
            faults.add(new Fault(field, key, facts));
            return this;
        }

        /** All that another look found. */
        public Faults addAll(Collection<Fault> others) {
            faults.addAll(others);
            return this;
        }

        /** A text that must be there, trimmed, of at most so many characters (code points). */
        public String text(String field, @Nullable String value, int max) {
            var text = value == null ? "" : value.strip();
            if (text.isEmpty()) add(field, "required");
            return limited(field, text, max);
        }

        /** A text that may be left out; empty then. */
        public String optionalText(String field, @Nullable String value, int max) {
            return limited(field, value == null ? "" : value.strip(), max);
        }

        private String limited(String field, String text, int max) {
            if (text.codePointCount(0, text.length()) > max)
                add(field, "too-long", Map.of("max", max));
            if (text.indexOf('\0') >= 0) add(field, "null-character");
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text))
                add(field, "broken-character");
            return text;
        }

        /** A value that checks itself; its complaint becomes the fault of this field. */
        public <T> @Nullable T code(String field, Supplier<T> value) {
            try {
                return value.get();
            } catch (InvalidCode wrong) {
                add(field, key(wrong), facts(wrong));
                return null;
            }
        }

        public boolean any() {
            return !faults.isEmpty();
        }

        public void refuseIfAny() {
            if (any()) throw new Invalid(faults);
        }
    }

    /** The fault that a code is told by, wherever it stood. */
    public static String key(InvalidCode wrong) {
        return "code." + wrong.kind() + "." + wrong.reason();
    }

    public static Map<String, Object> facts(InvalidCode wrong) {
        return Map.of(
                "position", wrong.position(), "expected", wrong.expected(), "found", wrong.found());
    }
}
