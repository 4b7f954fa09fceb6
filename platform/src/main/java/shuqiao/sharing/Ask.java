package shuqiao.sharing;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What is wished for.
 *
 * @param fields columns in the order of the resource, none twice, never empty
 * @param filter JSON list of {@code {"field","op","value"}}, read against the live table
 * @param masks column to the word of its rule
 * @param purposeText what it is needed for, in words
 * @param basis legal basis of the consumer's task
 * @param matter name of the task it is needed for (对应事项); may be empty
 * @param from first day
 * @param until last day
 */
public record Ask(
        List<String> fields,
        String filter,
        Map<String, String> masks,
        Purpose purpose,
        String purposeText,
        String basis,
        String matter,
        Mode mode,
        LocalDate from,
        LocalDate until) {

    static final int YEARS_MAX = 5;
    static final String NO_FILTER = "[]";

    /** How the rows come; other modes come with later rails. */
    public enum Mode {
        SNAPSHOT;

        /** The word of the contract. */
        public String word() {
            return "snapshot";
        }
    }

    public Ask {
        fields = List.copyOf(fields);
        masks = Map.copyOf(masks);
        if (fields.isEmpty()) throw new IllegalArgumentException("a request without fields");
    }

    /** Purpose as it stands in a scope, and by that in receipts. */
    String purposeOfScope() {
        return purpose.name() + ": " + purposeText;
    }

    /** Whether the live table has to be looked at to know that it can be granted. */
    boolean needsLiveTable() {
        return !filter.equals(NO_FILTER) || !masks.isEmpty();
    }
}
