package shuqiao.engine;

import java.util.Map;

/** A mask on a column it is not made for. */
public final class InvalidMask extends EngineFailure {

    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidMask(String field, String problem, String detail) {
        super(Reason.INVALID_MASK, Map.of("field", field, "problem", problem, "detail", detail));
        this.field = field;
    }

    public String field() {
        return field;
    }
}
