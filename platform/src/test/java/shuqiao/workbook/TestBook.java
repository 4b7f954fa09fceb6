package shuqiao.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Real .xlsx files, written as people and programs write them. */
public final class TestBook {

    private record Sheet(String name, Consumer<Worksheet> content) {}

    private final List<Sheet> sheets = new ArrayList<>();

    /** Rows from the top, headings and all; null and numbers as they are. */
    public TestBook sheet(String name, List<? extends List<?>> rows) {
        return sheet(name, rows, _ -> {});
    }

    public TestBook sheet(String name, List<? extends List<?>> rows, Consumer<Worksheet> more) {
        sheets.add(
                new Sheet(
                        name,
                        page -> {
                            for (int row = 0; row < rows.size(); row++)
                                for (int at = 0; at < rows.get(row).size(); at++) {
                                    var value = rows.get(row).get(at);
                                    if (value instanceof Number number) page.value(row, at, number);
                                    else if (value instanceof String text)
                                        page.value(row, at, text);
                                }
                            more.accept(page);
                        }));
        return this;
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            for (var sheet : sheets) sheet.content().accept(book.newWorksheet(sheet.name()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
