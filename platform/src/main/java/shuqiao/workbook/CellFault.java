package shuqiao.workbook;

import java.util.Map;
import shuqiao.kernel.Refusal;

/**
 * One wrong cell.
 *
 * @param sheet key of the sheet in the layout
 * @param row as the spreadsheet shows it, from 1
 * @param column key of the column
 * @param key of the sentence, under {@code fault.}; how to mend it stands under {@code mend.}
 */
public record CellFault(
        Level level, String sheet, int row, String column, String key, Map<String, Object> facts) {

    /** An error keeps the row out; advice does not. */
    public enum Level {
        ERROR,
        ADVICE
    }

    public CellFault {
        facts = Map.copyOf(facts);
    }

    public static CellFault error(
            String sheet, int row, String column, String key, Map<String, Object> facts) {
        return new CellFault(Level.ERROR, sheet, row, column, key, facts);
    }

    public static CellFault advice(String sheet, int row, String column, String key) {
        return new CellFault(Level.ADVICE, sheet, row, column, key, Map.of());
    }

    /** The fault of a field, as a door told it, in the cell that the field came from. */
    public static CellFault of(String sheet, int row, Refusal.Fault fault) {
        return error(sheet, row, fault.field(), fault.key(), fault.facts());
    }
}
