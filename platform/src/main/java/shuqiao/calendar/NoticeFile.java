package shuqiao.calendar;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NormalForm;
import shuqiao.workbook.Layout;
import shuqiao.workbook.Workbook;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a year's notice from a file: our workbook or a table of that shape, or JSON as our own API
 * and two public collections write it. Gives the lines that {@link
 * shuqiao.standard.YearNotice#parse} takes; nothing is guessed that the file does not say.
 */
@Component
class NoticeFile {

    static final String SHEET = "days";

    private static final String OFF = "off";
    private static final String WORK = "work";
    private static final int RANGE_DAYS_MAX = 31;

    /** 2027-01-01, 2027/1/1, 2027.1.1, 2027年1月1日, 20270101; a time or a weekday may follow. */
    private static final Pattern DAY =
            Pattern.compile(
                    "(?s)(\\d{4})(?:\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?|(\\d{2})(\\d{2}))"
                            + "(?:[\\sT(（星周].*)?");

    /** Bytes; thirty years are a tenth of it. A tree of values takes fifty times as many. */
    private static final int JSON_MAX = 1024 * 1024;

    /** The workbook that is handed out and read. */
    static final Layout LAYOUT =
            new Layout(
                    "year-notice",
                    "放假通知",
                    "Notice of holidays",
                    List.of(
                            new Layout.Sheet(
                                    SHEET,
                                    "放假安排",
                                    "Days",
                                    List.of(
                                            column(
                                                    "from",
                                                    "日期",
                                                    "Day",
                                                    Layout.Need.MUST,
                                                    "一天，或一段的第一天，例如 2027-01-01",
                                                    "A day, or the first of several: 2027-01-01",
                                                    "2027-01-01"),
                                            column(
                                                    "until",
                                                    "至",
                                                    "Until",
                                                    Layout.Need.MAY,
                                                    "一段的最后一天；只有一天时留空",
                                                    "The last of several; empty for one day",
                                                    "2027-01-03"),
                                            new Layout.Column(
                                                    "kind",
                                                    "类别",
                                                    "Kind",
                                                    Layout.Need.MUST,
                                                    "放假，或周六、周日补班",
                                                    "Off, or a Saturday or Sunday that is worked",
                                                    "放假",
                                                    List.of(
                                                            new Layout.Choice(
                                                                    OFF,
                                                                    "放假",
                                                                    "Off",
                                                                    List.of("休", "节假日")),
                                                            new Layout.Choice(
                                                                    WORK,
                                                                    "补班",
                                                                    "Worked",
                                                                    List.of("班", "上班", "调休上班")))),
                                            column(
                                                            "name",
                                                            "名称",
                                                            "Name",
                                                            Layout.Need.MAY,
                                                            "节日的名称",
                                                            "Name of the holiday",
                                                            "元旦")
                                                    .also("节日", "节假日")))));

    /**
     * What a file says.
     *
     * @param year the one that most of its days are of
     * @param source what the file says of its origin, or empty
     * @param lines {@code date,off|work,name}
     * @param table the workbook that it was, to tell what of it was not read; null for JSON
     */
    record Read(int year, String source, String lines, @Nullable Workbook table) {}

    private record Day(LocalDate date, String kind, String name) {}

    private final JsonMapper json;

    NoticeFile(JsonMapper json) {
        this.json = json;
    }

    private static Layout.Column column(
            String key,
            String zh,
            String en,
            Layout.Need need,
            String hintZh,
            String hintEn,
            String example) {
        return new Layout.Column(key, zh, en, need, hintZh, hintEn, example, List.of());
    }

    /**
     * @param wanted the year that was typed; null takes the one of the file. Days of other years
     *     that a notice cannot name are left out of files that hold many years.
     */
    Read read(byte[] content, @Nullable Integer wanted) {
        var first = firstSign(content);
        return first == '{' || first == '[' ? json(content, wanted) : table(content, wanted);
    }

    private static char firstSign(byte[] content) {
        var start = new String(content, 0, Math.min(content.length, 200), StandardCharsets.UTF_8);
        var plain = start.replace("\uFEFF", "").strip();
        return plain.isEmpty() ? ' ' : plain.charAt(0);
    }

    private Read table(byte[] content, @Nullable Integer wanted) {
        var days = new ArrayList<Day>();
        var book = Workbook.read(content, LAYOUT);
        var several = book.sheets(SHEET).size() > 1;
        for (var sheet : book.sheets(SHEET))
            for (var row : sheet.rows()) {
                var kind = LAYOUT.sheet(SHEET).column("kind").chosen(row.text("kind"));
                var from = day(row.text("from"));
                var until = row.text("until").isEmpty() ? from : day(row.text("until"));
                if (!row.broken().isEmpty()
                        || kind.isEmpty()
                        || from == null
                        || until == null
                        || until.isBefore(from)
                        || until.isAfter(from.plusDays(RANGE_DAYS_MAX)))
                    throw several
                            ? Invalid.field(
                                    "file",
                                    "calendar.row-on",
                                    Map.of("sheet", sheet.name(), "row", row.number()))
                            : Invalid.field("file", "calendar.row", Map.of("row", row.number()));
                from.datesUntil(until.plusDays(1))
                        .forEach(date -> days.add(new Day(date, kind.get(), row.text("name"))));
            }
        return read(days, "", wanted, book);
    }

    private Read json(byte[] content, @Nullable Integer wanted) {
        JsonNode root;
        if (content.length > JSON_MAX)
            throw Invalid.field("file", "calendar.json-size", Map.of("megabytes", 1));
        try {
            root = json.readTree(content);
        } catch (JacksonException broken) {
            throw Invalid.field("file", "calendar.json");
        }
        var days = new ArrayList<Day>();
        if (root.path("days").isArray()) {
            for (var it : root.path("days"))
                add(
                        days,
                        it.path("date").asString(""),
                        it.path("isOffDay").asBoolean(true) ? OFF : WORK,
                        it.path("name").asString(""));
        } else if (root.path("holidays").isObject()) {
            root.path("holidays")
                    .properties()
                    .forEach(it -> add(days, it.getKey(), OFF, second(it.getValue())));
            root.path("workdays")
                    .properties()
                    .forEach(it -> add(days, it.getKey(), WORK, second(it.getValue())));
        } else {
            for (var it : root.path(OFF)) add(days, it.asString(""), OFF, "");
            for (var it : root.path(WORK)) add(days, it.asString(""), WORK, "");
        }
        if (days.isEmpty()) throw Invalid.field("file", "calendar.json");
        var papers = root.path("papers");
        var source = root.path("source").asString("");
        if (source.isEmpty() && papers.isArray() && !papers.isEmpty())
            source = papers.get(0).asString("");
        return read(days, source, wanted, null);
    }

    /** {@code English,中文,days} of one collection. */
    private static String second(JsonNode value) {
        var words = value.asString("").split(",", -1);
        return words.length > 1 ? words[1] : words[0];
    }

    private static void add(List<Day> days, String date, String kind, String name) {
        var day = day(date);
        if (day == null) throw Invalid.field("file", "calendar.json");
        days.add(new Day(day, kind, name.replace(',', '，')));
    }

    private static Read read(
            List<Day> days, String source, @Nullable Integer wanted, @Nullable Workbook table) {
        var years =
                days.stream()
                        .collect(
                                Collectors.groupingBy(
                                        it -> it.date().getYear(), Collectors.counting()));
        int year =
                wanted != null
                        ? wanted
                        : years.entrySet().stream()
                                .max(
                                        Map.Entry.<Integer, Long>comparingByValue()
                                                .thenComparing(Map.Entry.comparingByKey()))
                                .map(Map.Entry::getKey)
                                .orElseThrow(() -> Invalid.field("file", "workbook.no-rows"));
        // a collection of many years: only this one; a file of one year is taken as it stands
        var many = years.size() > 2;
        var lines = new TreeMap<LocalDate, String>();
        for (var it : days) {
            if (many && it.date().getYear() != year) continue;
            var line =
                    it.date()
                            + ","
                            + it.kind()
                            + (it.name().isEmpty() ? "" : "," + it.name().replace(',', '，'));
            var before = lines.put(it.date(), line);
            if (before != null && !before.startsWith(it.date() + "," + it.kind()))
                throw Invalid.field("file", "calendar.twice", Map.of("day", it.date().toString()));
        }
        return new Read(year, source, String.join("\n", lines.values()) + "\n", table);
    }

    /**
     * Lines that were pasted, such as from a spreadsheet, with their days and kinds as a notice has
     * them; what cannot be read stays, to be told with its line.
     */
    static String lines(String pasted) {
        return pasted.lines().map(NoticeFile::line).collect(Collectors.joining("\n"));
    }

    private static String line(String pasted) {
        var cells = pasted.strip().split("[,，\t]", -1);
        var day = day(cells[0]);
        if (day == null || cells.length < 2) return pasted;
        var kind = LAYOUT.sheet(SHEET).column("kind").chosen(cells[1].strip());
        if (kind.isEmpty()) return pasted;
        cells[0] = day.toString();
        cells[1] = kind.get();
        return String.join(",", cells);
    }

    /** As spreadsheets and people write a day, whatever stands behind it. */
    private static @Nullable LocalDate day(String text) {
        var day = DAY.matcher(NormalForm.of(text).strip());
        if (!day.matches()) return null;
        try {
            int from = day.group(2) == null ? 4 : 2;
            return LocalDate.of(
                    Integer.parseInt(day.group(1)),
                    Integer.parseInt(day.group(from)),
                    Integer.parseInt(day.group(from + 1)));
        } catch (DateTimeException none) {
            return null;
        }
    }
}
