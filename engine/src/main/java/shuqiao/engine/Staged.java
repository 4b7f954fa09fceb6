package shuqiao.engine;

import java.util.Map;
import shuqiao.engine.WireFailure.DatabaseError;

/**
 * What it means that the target did not take rows into the staging table. That is made by what the
 * source says of itself, so a row that it does not take is one that the source should not hold.
 */
final class Staged {

    private Staged() {}

    static RuntimeException meaning(DatabaseError error, CompiledScope compiled) {
        if (error.side() != Side.TARGET || !error.table().startsWith(Staging.PREFIX)) return error;
        return switch (error.sqlState()) {
            case "23502" ->
                    new EngineFailure(
                            Reason.SOURCE_NULL,
                            Map.of("table", label(compiled), "field", error.column()),
                            error);
            case "23505" ->
                    new EngineFailure(
                            Reason.SOURCE_KEY_REPEATED,
                            Map.of(
                                    "table",
                                    label(compiled),
                                    "key",
                                    String.join(", ", compiled.key())),
                            error);
            default -> error;
        };
    }

    private static String label(CompiledScope compiled) {
        return compiled.source().schema() + "." + compiled.source().name();
    }
}
