package shuqiao.workbook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Slice;

/** Tells wrong cells in words: equal ones in rows that follow each other are one line. */
@Component
public class ImportReport {

    /** How many rows of the user's own sheet stand above and below the wrong one. */
    private static final int AROUND = 1;

    private static final int COLUMNS_AROUND = 2;

    /**
     * One line of the report.
     *
     * @param last the last row that has the same fault
     * @param column letter and heading
     */
    public record Line(
            CellFault.Level level,
            String kind,
            String sheet,
            int first,
            int last,
            String column,
            String value,
            String problem,
            String mend,
            Excerpt excerpt) {

        public int rows() {
            return last - first + 1;
        }
    }

    /** The user's own rows around a wrong cell. */
    public record Excerpt(List<String> headings, List<ExcerptRow> rows) {}

    public record ExcerptRow(int number, List<ExcerptCell> cells) {}

    public record ExcerptCell(String text, boolean wrong) {}

    /** How many cells there are with one kind of fault. */
    public record Kind(String key, String word, long count) {}

    /** What of the faults is looked at; empty parts match all. */
    public record Filter(String kind, String level, @Nullable String after) {}

    /**
     * How the rows came out.
     *
     * @param wrong rows with an error
     */
    public record Tally(int added, int changed, int same, int wrong) {
        public int ready() {
            return added + changed + same;
        }
    }

    /** Everything that the page of a report shows. */
    public record View(
            Upload upload,
            Tally tally,
            int rows,
            int columns,
            long errors,
            long advice,
            long kindsOfErrors,
            List<Kind> kinds,
            Page<Line> lines,
            long allLines,
            int firstLine,
            Filter filter,
            String path,
            List<String> unread) {

        public View {
            unread = List.copyOf(unread);
        }

        /** This report, narrowed to a kind or a level. */
        public String only(String kind, String level) {
            return path + "?kind=" + kind + "&level=" + level;
        }

        public int lastLine() {
            return firstLine + lines.items().size() - 1;
        }
    }

    private final MessageSource messages;

    ImportReport(MessageSource messages) {
        this.messages = messages;
    }

    /** The page of a report that stands at this path. */
    public View view(
            Upload upload,
            Workbook book,
            List<CellFault> faults,
            Tally tally,
            Filter filter,
            String path,
            Locale locale) {
        return view(upload, book, book.size(), faults, tally, filter, path, locale);
    }

    /**
     * The same of a workbook with rows that were prepared.
     *
     * @param rows that somebody has written into
     */
    public View view(
            Upload upload,
            Workbook book,
            int rows,
            List<CellFault> faults,
            Tally tally,
            Filter filter,
            String path,
            Locale locale) {
        var all = runs(book, faults, locale);
        var shown =
                all.stream()
                        .filter(run -> filter.kind().isEmpty() || filter.kind().equals(run.kind()))
                        .filter(run ->
                                filter.level().isEmpty()
                                        || filter.level().equals(run.fault().level().name()))
                        .toList();
        var page = Slice.of(shown, null, filter.after());
        return new View(
                upload,
                tally,
                rows,
                book.sheets().values().stream().mapToInt(it -> it.columns().size()).sum(),
                count(faults, CellFault.Level.ERROR),
                count(faults, CellFault.Level.ADVICE),
                all.stream()
                        .filter(run -> run.fault().level() == CellFault.Level.ERROR)
                        .map(Run::kind)
                        .distinct()
                        .count(),
                kinds(all, locale),
                new Page<>(
                        page.items().stream().map(run -> line(book, run, locale)).toList(),
                        page.total(),
                        page.next()),
                all.size(),
                filter.after() == null ? 1 : Integer.parseInt(filter.after()) + 1,
                filter,
                path,
                unread(book, locale));
    }

    /** What holds something and was not read, in sentences: sheets with their rows, and columns. */
    public List<String> unread(Workbook book, Locale locale) {
        var ours = new HashSet<String>();
        var result = new HashSet<String>();
        for (var language : List.of(Messages.CHINESE, Locale.ENGLISH)) {
            ours.add(say("workbook.sheet.help", Map.of(), language));
            ours.add(say("workbook.sheet.lists", Map.of(), language));
            for (var sheet : book.layout().sheets())
                ours.add(
                        say(
                                "workbook.sheet.example",
                                Map.of("sheet", sheet.in(language)),
                                language));
            result.add(say("workbook.result", Map.of(), language));
        }
        var told = new ArrayList<String>();
        var shown = new ArrayList<String>();
        var hidden = new ArrayList<String>();
        for (var it : book.unread())
            switch (it) {
                case Workbook.Unread.Sheet(var page, var rows, var isHidden) -> {
                    if (!ours.contains(page))
                        (isHidden ? hidden : shown)
                                .add(
                                        say(
                                                "workbook.unread.rows",
                                                Map.of("sheet", page, "rows", rows),
                                                locale));
                }
                case Workbook.Unread.Columns(var page, var headings) -> {
                    var others = headings.stream().filter(head -> !result.contains(head)).toList();
                    if (!others.isEmpty())
                        told.add(
                                say(
                                        "workbook.unread.columns",
                                        Map.of("sheet", page, "columns", others),
                                        locale));
                }
                case Workbook.Unread.Beyond(var page) ->
                        told.add(
                                say(
                                        "workbook.unread.beyond",
                                        Map.of("sheet", page, "max", WorkbookReader.COLUMNS_MAX),
                                        locale));
            }
        if (!hidden.isEmpty())
            told.addFirst(say("workbook.unread.hidden", Map.of("sheets", hidden), locale));
        if (!shown.isEmpty())
            told.addFirst(say("workbook.unread.sheets", Map.of("sheets", shown), locale));
        return told;
    }

    private static long count(List<CellFault> faults, CellFault.Level level) {
        return faults.stream().filter(fault -> fault.level() == level).count();
    }

    /** One fault, or the same in rows that follow each other. */
    private record Run(CellFault fault, String problem, String kind, int last) {

        boolean goesOnWith(CellFault next, String sentence) {
            return fault.level() == next.level()
                    && fault.sheet().equals(next.sheet())
                    && fault.column().equals(next.column())
                    && fault.key().equals(next.key())
                    && last + 1 == next.row()
                    && problem.equals(sentence);
        }

        int cells() {
            return last - fault.row() + 1;
        }

        Run until(int row) {
            return new Run(fault, problem, kind, row);
        }
    }

    /** All of them, errors first, in the order of the sheets and rows. */
    private List<Run> runs(Workbook book, List<CellFault> faults, Locale locale) {
        var order = List.copyOf(book.sheets().keySet());
        var open = new HashMap<String, Run>();
        var runs = new ArrayList<Run>();
        for (var fault : faults.stream().sorted(Comparator.comparingInt(CellFault::row)).toList()) {
            var problem = problem(fault, locale);
            var place = fault.level() + fault.sheet() + '\n' + fault.column() + '\n' + fault.key();
            var before = open.get(place);
            if (before != null && before.goesOnWith(fault, problem)) {
                open.put(place, before.until(fault.row()));
                continue;
            }
            if (before != null) runs.add(before);
            open.put(place, new Run(fault, problem, kind(fault.key()), fault.row()));
        }
        runs.addAll(open.values());
        runs.sort(
                Comparator.comparing((Run run) -> run.fault().level())
                        .thenComparing(run -> order.indexOf(run.fault().sheet()))
                        .thenComparingInt(run -> run.fault().row())
                        .thenComparing(run -> run.fault().column()));
        return runs;
    }

    /** The kinds of faults there are, the most frequent first. */
    private List<Kind> kinds(List<Run> runs, Locale locale) {
        var counts = new LinkedHashMap<String, Long>();
        runs.forEach(run -> counts.merge(run.kind(), (long) run.cells(), Long::sum));
        return counts.entrySet().stream()
                .map(it -> new Kind(it.getKey(), kindWord(it.getKey(), locale), it.getValue()))
                .sorted(Comparator.comparingLong(Kind::count).reversed())
                .toList();
    }

    /** What is wrong with the cell, in a sentence. */
    public String problem(CellFault fault, Locale locale) {
        return say("fault." + fault.key(), fault.facts(), locale);
    }

    /** How to mend it: the words for this fault, or for the family that it belongs to. */
    public String mend(CellFault fault, Locale locale) {
        return family("mend", fault.key(), fault.facts(), locale);
    }

    private String kindWord(String kind, Locale locale) {
        return family("fault-kind", kind, Map.of(), locale);
    }

    private String family(String prefix, String key, Map<String, Object> facts, Locale locale) {
        for (var name = key; ; name = name.substring(0, name.lastIndexOf('.'))) {
            var found = say(prefix + "." + name, facts, locale);
            if (!found.equals(prefix + "." + name)) return found;
            if (name.lastIndexOf('.') < 0) return say(prefix, facts, locale);
        }
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }

    private Line line(Workbook book, Run run, Locale locale) {
        var fault = run.fault();
        var sheet = book.sheet(fault.sheet());
        var at = sheet.columns().get(fault.column());
        var heading = heading(book, fault, locale);
        return new Line(
                fault.level(),
                run.kind(),
                sheet.name(),
                fault.row(),
                run.last(),
                at == null ? heading : Workbook.letter(at) + " " + heading,
                value(sheet, fault),
                run.problem(),
                mend(fault, locale),
                excerpt(book, sheet, fault));
    }

    /** All faults of a code of one standard are one kind. */
    private static String kind(String key) {
        var parts = key.split("\\.", -1);
        return parts[0].equals("code") && parts.length > 1 ? parts[0] + "." + parts[1] : key;
    }

    private static String heading(Workbook book, CellFault fault, Locale locale) {
        return book.layout().sheet(fault.sheet()).columns().stream()
                .filter(column -> column.key().equals(fault.column()))
                .map(column -> column.in(locale))
                .findFirst()
                .orElse("");
    }

    private static String value(Workbook.Sheet sheet, CellFault fault) {
        return sheet.rows().stream()
                .filter(row -> row.number() == fault.row())
                .map(row -> row.text(fault.column()))
                .findFirst()
                .orElse("");
    }

    private static Excerpt excerpt(Workbook book, Workbook.Sheet sheet, CellFault fault) {
        var at = sheet.columns().getOrDefault(fault.column(), 0);
        var page =
                book.pages().stream()
                        .filter(it -> it.name().equals(sheet.name()))
                        .findFirst()
                        .orElseThrow();
        var from = Math.max(0, at - COLUMNS_AROUND);
        var until = at + COLUMNS_AROUND;
        var headings = new ArrayList<String>();
        var rows = new ArrayList<ExcerptRow>();
        for (var line : page.lines()) {
            if (line.number() == sheet.headings())
                for (int i = from; i <= until; i++)
                    headings.add(Workbook.letter(i) + " " + line.cell(i).text());
            if (line.number() <= sheet.headings() || Math.abs(line.number() - fault.row()) > AROUND)
                continue;
            var cells = new ArrayList<ExcerptCell>();
            for (int i = from; i <= until; i++)
                cells.add(
                        new ExcerptCell(
                                line.cell(i).text(), i == at && line.number() == fault.row()));
            rows.add(new ExcerptRow(line.number(), cells));
        }
        return new Excerpt(headings, rows);
    }
}
