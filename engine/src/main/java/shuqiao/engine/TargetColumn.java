package shuqiao.engine;

import java.util.Map;
import java.util.Optional;

/**
 * A column of the table that a scope yields. Its type becomes SQL, so it must be the text of a
 * built-in type, wherever it comes from.
 */
public record TargetColumn(String name, String type, boolean nullable, Optional<String> comment) {

    public TargetColumn {
        if (!TypeText.isBuiltIn(type))
            throw new EngineFailure(Reason.TYPE_NOT_CARRIED, Map.of("field", name, "type", type));
    }
}
