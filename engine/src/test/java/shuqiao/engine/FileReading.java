package shuqiao.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;

/** Reads delivered files with other programs than those that wrote them: texts, or null. */
final class FileReading {

    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private FileReading() {}

    /** RFC 4180 read letter by letter, headings first; an empty field without quotes is null. */
    static List<List<String>> csv(Path file) throws IOException {
        var text = Files.readString(file);
        if (text.charAt(0) != '\uFEFF') throw new AssertionError("no BOM");
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        var inside = false;
        for (var i = 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (inside) {
                if (c != '"') field.append(c);
                else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else inside = false;
            } else if (c == '"') {
                if (quoted || !field.isEmpty()) throw new AssertionError("a quote within a field");
                quoted = true;
                inside = true;
            } else if (c == ',' || c == '\r') {
                row.add(quoted || !field.isEmpty() ? field.toString() : null);
                field.setLength(0);
                quoted = false;
                if (c == '\r') {
                    if (text.charAt(++i) != '\n') throw new AssertionError("CR without LF");
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (quoted || c == '\n') throw new AssertionError("not RFC 4180 at " + i);
            else field.append(c);
        }
        if (!row.isEmpty() || inside) throw new AssertionError("the last line is not ended");
        return rows;
    }

    /** All sheets, one after the other. */
    static List<List<List<String>>> xlsx(Path file, int columns) throws IOException {
        var sheets = new ArrayList<List<List<String>>>();
        try (var book = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, false))) {
            for (var sheet : book.getSheets().toList()) {
                var rows = new ArrayList<List<String>>();
                for (var row : sheet.read()) {
                    var values = new ArrayList<String>();
                    for (var i = 0; i < columns; i++)
                        values.add(row.getOptionalCell(i).map(FileReading::value).orElse(null));
                    rows.add(values);
                }
                sheets.add(rows);
            }
        }
        return sheets;
    }

    private static String value(Cell cell) {
        if (cell.getType() == CellType.FORMULA) throw new AssertionError("a formula");
        if (cell.getType() == CellType.BOOLEAN) return cell.asBoolean().toString();
        if (cell.getType() == CellType.NUMBER)
            return "yyyy\\-mm\\-dd".equals(cell.getDataFormatString())
                    ? LocalDate.of(1899, 12, 30)
                            .plusDays(cell.asNumber().intValueExact())
                            .toString()
                    : cell.getRawValue();
        var text = cell.getText();
        return ESCAPED.matcher(text)
                .replaceAll(it ->
                        java.util.regex.Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(it.group(1), 16))));
    }

    /** By DuckDB, as texts that PostgreSQL reads again. */
    static List<List<String>> parquet(Path file) throws SQLException {
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            var names = new ArrayList<String>();
            try (var columns = statement.executeQuery("describe select * from '" + file + "'")) {
                while (columns.next())
                    names.add(
                            (columns.getString("column_type").equals("BLOB")
                                            ? "'\\x' || hex(%s)"
                                            : "%s::varchar")
                                    .formatted('"' + columns.getString("column_name") + '"'));
            }
            var rows = new ArrayList<List<String>>();
            try (var all =
                    statement.executeQuery(
                            "select " + String.join(", ", names) + " from '" + file + "'")) {
                while (all.next()) {
                    var row = new ArrayList<String>();
                    for (var i = 1; i <= names.size(); i++) row.add(all.getString(i));
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    static String one(String sql) throws SQLException {
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
