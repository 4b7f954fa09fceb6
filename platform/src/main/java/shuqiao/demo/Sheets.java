package shuqiao.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of the demo city, as {@code city.sheets} describes them. */
final class Sheets {

    private static final Sheets SHIPPED = read();

    private final List<Sheet> sheets;
    private final Map<String, Sheet> byTable = new HashMap<>();

    private Sheets(List<Sheet> sheets) {
        this.sheets = List.copyOf(sheets);
        for (var sheet : sheets)
            if (byTable.put(sheet.table(), sheet) != null)
                throw new IllegalStateException("twice: " + sheet.table());
    }

    static Sheets shipped() {
        return SHIPPED;
    }

    List<Sheet> all(boolean small) {
        return sheets.stream().filter(sheet -> sheet.small() || !small).toList();
    }

    List<Sheet> of(@Nullable String database, boolean small) {
        return all(small).stream().filter(sheet -> sheet.database().equals(database)).toList();
    }

    Sheet table(String name) {
        var sheet = byTable.get(name);
        if (sheet == null) throw new IllegalArgumentException(name);
        return sheet;
    }

    static InputStream resource(String name) throws IOException {
        var stream = Sheets.class.getResourceAsStream(name);
        if (stream == null) throw new IOException("missing " + name);
        return stream;
    }

    private static Sheets read() {
        var sheets = new ArrayList<Sheet>();
        var database = "";
        Block block = null;
        try (var stream = resource("city.sheets")) {
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            for (var line : (text + "\n").lines().toList()) {
                if (line.startsWith("#")) continue;
                if (line.startsWith("== ")) {
                    database = line.substring(3).strip();
                } else if (line.startsWith("table ")) {
                    if (block != null) sheets.add(block.sheet());
                    block = new Block(database, line.substring("table ".length()));
                } else if (!line.isBlank() && block != null) block.add(line);
            }
            if (block != null) sheets.add(block.sheet());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return new Sheets(sheets);
    }

    private static final class Block {

        private final String database;
        private final String[] head;
        private final Map<String, String> words = new HashMap<>();
        private final List<Sheet.Column> columns = new ArrayList<>();

        Block(String database, String head) {
            this.database = database;
            this.head = head.split(" \\| ", 2);
        }

        void add(String line) {
            if (line.contains(" | ")) {
                columns.add(column(line.split(" \\| ", 4)));
                return;
            }
            var blank = line.indexOf(' ');
            words.put(
                    blank < 0 ? line : line.substring(0, blank),
                    blank < 0 ? "" : line.substring(blank + 1).strip());
        }

        private static Sheet.Column column(String[] parts) {
            var definition = parts[0].strip().split(" ");
            var flag = definition.length > 2 ? definition[2] : "";
            var comment = parts[1].strip();
            return new Sheet.Column(
                    definition[0],
                    definition[1],
                    flag.equals("key"),
                    flag.equals("!"),
                    parts.length > 3 ? comment + "\n" + parts[3].strip() : comment,
                    parts[2].strip());
        }

        Sheet sheet() {
            var stage = pair("stage");
            var standing =
                    words.containsKey("withdrawn")
                            ? Sheet.Standing.WITHDRAWN
                            : words.containsKey("version")
                                    ? Sheet.Standing.NEXT_VERSION
                                    : stage[0].isEmpty()
                                            ? Sheet.Standing.PUBLISHED
                                            : Sheet.Standing.valueOf(stage[0]);
            var note =
                    stage[1] + words.getOrDefault("withdrawn", words.getOrDefault("version", ""));
            var share = pair("share");
            return new Sheet(
                    database,
                    head[0].strip(),
                    head[1].strip(),
                    words.containsKey("small"),
                    word("rows"),
                    word("office"),
                    word("class"),
                    word("cycle"),
                    share[0],
                    share[1],
                    words.get("open"),
                    Integer.parseInt(word("day")),
                    standing,
                    note,
                    word("about"),
                    List.copyOf(columns));
        }

        private String word(String name) {
            return words.getOrDefault(name, "");
        }

        private String[] pair(String name) {
            var text = word(name);
            var blank = text.indexOf(' ');
            return blank < 0
                    ? new String[] {text, ""}
                    : new String[] {text.substring(0, blank), text.substring(blank + 1).strip()};
        }
    }
}
