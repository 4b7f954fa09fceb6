package shuqiao.compilation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import shuqiao.workbook.Workbook;

/** An entry while it is read: its first line, the lines of its items, what was told of it. */
final class EntryDraft {

    /** A row that describes an item. */
    record ItemRow(String sheet, Workbook.Row row) {}

    /** Where its first line stands. */
    final Workbook.Sheet sheet;

    final Workbook.Row row;
    final String name;
    final List<ItemRow> items = new ArrayList<>();
    final Set<String> told = new HashSet<>();
    boolean wrong;

    EntryDraft(Workbook.Sheet sheet, Workbook.Row row) {
        this.sheet = sheet;
        this.row = row;
        this.name = row.text("name");
    }
}
