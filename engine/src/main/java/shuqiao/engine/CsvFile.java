package shuqiao.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The server's own CSV, byte for byte but for the ends of lines: RFC 4180 wants CR LF. Nothing is
 * looked into, so a value may be as long as it likes.
 */
final class CsvFile implements FileWriter {

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** What a spreadsheet may take for a formula, at the beginning of a cell. */
    private static final String RISKY = "'^[=+@\\t\\r-]'";

    private final Handover out;
    private final List<TargetColumn> columns;
    private final Optional<String> watermark;
    private final boolean guarded;

    CsvFile(Handover out, List<TargetColumn> columns, Optional<String> watermark, boolean guarded) {
        this.out = out;
        this.columns = columns;
        this.watermark = watermark;
        this.guarded = guarded;
    }

    @Override
    public String copyFormat() {
        return "csv";
    }

    @Override
    public String expression(TargetColumn column, String name) {
        if (!guarded || !isText(column.type())) return name;
        var text =
                column.type().startsWith("character(") || column.type().equals("bpchar")
                        ? "bpchar"
                        : "text";
        return "case when %1$s::pg_catalog.text operator(pg_catalog.~) E%2$s collate pg_catalog.\"C\" then ('''' operator(pg_catalog.||) %1$s::pg_catalog.text)::pg_catalog.%3$s else %1$s end"
                .formatted(name, RISKY.replace("\\", "\\\\"), text);
    }

    private static boolean isText(String type) {
        if (type.endsWith("[]")) return false;
        return type.equals("text") || type.equals("bpchar") || type.startsWith("character");
    }

    @Override
    public void begin() throws IOException {
        out.write(BOM);
        line(columns.stream().map(TargetColumn::name).toList());
    }

    @Override
    public boolean row(CopyRows rows) throws IOException {
        if (!rows.next()) return false;
        rows.passLine(out);
        return true;
    }

    @Override
    public void end() throws IOException {
        if (watermark.isPresent()) {
            var words = new String[columns.size()];
            java.util.Arrays.fill(words, "");
            words[0] = watermark.get();
            line(List.of(words));
        }
        out.close();
    }

    @Override
    public void abandon() {
        out.abandon();
    }

    private void line(List<String> words) throws IOException {
        var line = words.stream().map(CsvFile::quoted).collect(Collectors.joining(","));
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A word of ours; an empty one is left out. */
    static String quoted(String word) {
        return word.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + word.replace("\"", "\"\"") + '"'
                : word;
    }
}
