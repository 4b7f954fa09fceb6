package shuqiao.engine;

import java.util.Map;

/** The existing target does not have exactly the granted columns; nothing was sent. */
public final class TargetDiffers extends EngineFailure {

    private static final long serialVersionUID = 1L;

    private TargetDiffers(Map<String, String> arguments) {
        super(Reason.TARGET_DIFFERS, arguments);
    }

    static TargetDiffers missing(String table, String field, String type) {
        return new TargetDiffers(
                Map.of("table", table, "difference", "missing", "field", field, "expected", type));
    }

    static TargetDiffers extra(String table, String field, String type) {
        return new TargetDiffers(
                Map.of("table", table, "difference", "extra", "field", field, "found", type));
    }

    /** A column that no field fills and that nothing else fills either. */
    static TargetDiffers required(String table, String field, String type) {
        return new TargetDiffers(
                Map.of("table", table, "difference", "required", "field", field, "found", type));
    }

    static TargetDiffers generated(String table, String field, String type) {
        return new TargetDiffers(
                Map.of("table", table, "difference", "generated", "field", field, "found", type));
    }

    static TargetDiffers type(String table, String field, String expected, String found) {
        return new TargetDiffers(
                Map.of(
                        "table",
                        table,
                        "difference",
                        "type",
                        "field",
                        field,
                        "expected",
                        expected,
                        "found",
                        found));
    }
}
