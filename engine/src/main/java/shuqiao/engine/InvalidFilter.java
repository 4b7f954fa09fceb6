package shuqiao.engine;

import java.util.Map;

/** A filter item that cannot be read as the column's type, or an operator that does not suit it. */
public final class InvalidFilter extends EngineFailure {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final Problem problem;

    /** Stable words for what is wrong with an item. */
    public enum Problem {
        UNKNOWN_FIELD("unknown-field"),
        UNKNOWN_OPERATOR("unknown-operator"),
        OPERATOR_NOT_FOR_TYPE("operator-not-for-type"),
        VALUE_MISSING("value-missing"),
        VALUE_NOT_ALLOWED("value-not-allowed"),
        NOT_A_LIST("not-a-list"),
        LIST_LENGTH("list-length"),
        NOT_A_VALUE("not-a-value"),
        WRONG_TYPE("wrong-type"),
        OUT_OF_RANGE("out-of-range"),
        BAD_PATTERN("bad-pattern"),
        NO_PATTERN_IN_COLLATION("no-pattern-in-collation"),
        UNKNOWN_PROPERTY("unknown-property");

        private final String key;

        Problem(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    InvalidFilter(String field, Problem problem, String detail) {
        super(
                Reason.INVALID_FILTER,
                Map.of("field", field, "problem", problem.key(), "detail", detail));
        this.field = field;
        this.problem = problem;
    }

    public String field() {
        return field;
    }

    public Problem problem() {
        return problem;
    }
}
