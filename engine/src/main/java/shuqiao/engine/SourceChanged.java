package shuqiao.engine;

import java.util.Map;

/** The live source is no longer what the scope was made for. */
public final class SourceChanged extends EngineFailure {

    private static final long serialVersionUID = 1L;

    private SourceChanged(Reason reason, Map<String, String> arguments) {
        super(reason, arguments);
    }

    static SourceChanged vanished(String table) {
        return new SourceChanged(Reason.TABLE_VANISHED, Map.of("side", "source", "table", table));
    }

    static SourceChanged lost(String table, String field) {
        return new SourceChanged(Reason.COLUMN_LOST, Map.of("table", table, "field", field));
    }

    static SourceChanged rewritten(String table) {
        return new SourceChanged(Reason.SOURCE_REWRITTEN, Map.of("table", table));
    }

    static SourceChanged type(String table, String field, String was, String now) {
        return new SourceChanged(
                Reason.TYPE_CHANGED,
                Map.of("table", table, "field", field, "was", was, "now", now));
    }
}
