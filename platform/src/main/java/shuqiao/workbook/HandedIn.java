package shuqiao.workbook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shuqiao.kernel.BoundedPool;
import shuqiao.kernel.Invalid;

/**
 * A file as it was handed in, before it is read against a layout: which of its columns stand for
 * which is guessed from the headings, and may be said by a person.
 */
public final class HandedIn {

    /** Above the headings stand a title and an explanation at most. */
    private static final int HEADINGS_WITHIN = 10;

    /** How long a file may be read. */
    private static final Duration READING_MAX = Duration.ofSeconds(20);

    /** How long its uploader waits, those before it included. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int WAITING_MAX = 20;
    private static final BoundedPool READERS = new BoundedPool("workbook", 2, WAITING_MAX);

    /** Whatever is longer is no heading. */
    private static final int HEADING_MAX = 200;

    private static final int SAMPLES = 2;
    private static final int SAMPLE_MAX = 40;

    private static final Pattern EXAMPLE = Pattern.compile("示例|样例|样表|填写示例|example|sample");

    /** Sheet that only programs read: which template this was, and whose. */
    static final String META = "_meta";

    /**
     * Where a sheet of the layout stands in the file.
     *
     * @param page name of the sheet in the file
     * @param line number of the line of headings, 0 when none was recognised
     * @param columns place of each recognised column by its key, from 0
     */
    public record Place(String page, int line, Map<String, Integer> columns) {
        public Place {
            columns = Map.copyOf(columns);
        }

        public Place with(Map<String, Integer> others) {
            return new Place(page, line, others);
        }
    }

    /** A heading of the file with the first words below it. */
    public record Heading(int at, String letter, String text, List<String> samples) {}

    private final List<Workbook.Page> pages;

    HandedIn(List<Workbook.Page> pages) {
        this.pages = List.copyOf(pages);
    }

    /**
     * Refuses what is no workbook that can be read, and says what to do instead. A few are read at
     * a time, so that neither the cores nor the memory are theirs alone; never call it inside of a
     * transaction, whose connection would wait along.
     *
     * @throws shuqiao.kernel.TooBusy too many wait already
     */
    public static HandedIn read(byte[] content) {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("a workbook is read before the transaction begins");
        try {
            return READERS.call(
                    PATIENCE, () -> new WorkbookReader(Deadline.in(READING_MAX)).read(content));
        } catch (BoundedPool.TookTooLong _) {
            throw Deadline.in(READING_MAX).over();
        }
    }

    /** Whether a sheet of that name is there. */
    public boolean has(Layout.Sheet sheet) {
        return named(sheet).isPresent();
    }

    /** What our template says of itself, such as its version; empty for other files. */
    public Optional<String> meta(String key) {
        return pages.stream()
                .filter(page -> page.name().equals(META))
                .flatMap(page -> page.lines().stream())
                .filter(line -> line.cell(0).text().equals(key))
                .map(line -> line.cell(1).text())
                .findFirst();
    }

    /**
     * Where the sheets of the layout stand. A layout of one sheet takes the one that has the most
     * of its headings, whatever its name, and all others that have every heading which must be
     * there and which the first one has: offices keep a sheet for each section.
     */
    public Map<String, Place> guess(Layout layout) {
        var places = new LinkedHashMap<String, Place>();
        for (var sheet : layout.sheets()) {
            var page = named(sheet);
            if (page.isPresent()) places.put(sheet.key(), place(sheet, page.orElseThrow()));
        }
        if (layout.sheets().size() != 1) return places;
        var only = layout.sheets().getFirst();
        var found = places.get(only.key());
        if (found == null || found.columns().isEmpty())
            pages.stream()
                    .filter(page -> !page.hidden())
                    .map(page -> place(only, page))
                    .max(Comparator.comparingInt(it -> it.columns().size()))
                    .ifPresent(best -> places.put(only.key(), best));
        further(only, places);
        return places;
    }

    private void further(Layout.Sheet only, Map<String, Place> places) {
        var first = places.get(only.key());
        if (first == null) return;
        var needed =
                only.columns().stream()
                        .filter(it -> it.need() == Layout.Need.MUST)
                        .map(Layout.Column::key)
                        .filter(first.columns()::containsKey)
                        .toList();
        if (needed.isEmpty()) return;
        int number = 1;
        for (var page : pages) {
            if (page.hidden() || page.name().equals(first.page()) || isExample(page)) continue;
            var place = place(only, page);
            if (place.columns().keySet().containsAll(needed))
                places.put(Layout.further(only.key(), ++number), place);
        }
    }

    /** Filled in to show how it is done, in ours and in the templates of others. */
    private static boolean isExample(Workbook.Page page) {
        return EXAMPLE.matcher(Layout.plain(page.name())).lookingAt();
    }

    /** The headings of a place, in the order of the file. */
    public List<Heading> headings(Place place) {
        var lines = page(place.page()).lines();
        var head = lines.stream().filter(line -> line.number() == place.line()).findFirst();
        if (head.isEmpty()) return List.of();
        var headings = new ArrayList<Heading>();
        var cells = head.orElseThrow().cells();
        for (int at = 0; at < cells.size(); at++) {
            var column = at;
            if (cells.get(at).text().isEmpty()) continue;
            headings.add(
                    new Heading(
                            at,
                            Workbook.letter(at),
                            cells.get(at).text(),
                            lines.stream()
                                    .filter(line -> line.number() > place.line())
                                    .map(line -> line.cell(column).text())
                                    .filter(text -> !text.isEmpty())
                                    .distinct()
                                    .limit(SAMPLES)
                                    .map(text ->
                                            text.length() > SAMPLE_MAX
                                                    ? text.substring(0, SAMPLE_MAX) + "…"
                                                    : text)
                                    .toList()));
        }
        return headings;
    }

    /** Strictly: refuses when a sheet or a heading that must be there is missing. */
    public Workbook as(Layout layout) {
        var places = guess(layout);
        for (var sheet : layout.sheets()) {
            var place = places.get(sheet.key());
            if (place == null)
                throw Invalid.field("file", "workbook.missing-sheet", Map.of("sheet", sheet.zh()));
            var missing =
                    sheet.columns().stream()
                            .filter(column ->
                                    column.need() == Layout.Need.MUST
                                            && !place.columns().containsKey(column.key()))
                            .map(Layout.Column::zh)
                            .toList();
            if (!missing.isEmpty())
                throw Invalid.field(
                        "file",
                        "workbook.missing-columns",
                        Map.of("sheet", place.page(), "columns", missing));
        }
        return as(layout, places);
    }

    /** With the columns as they are said to stand; what is not said is not read, and told. */
    public Workbook as(Layout layout, Map<String, Place> places) {
        var sheets = new ArrayList<Workbook.Sheet>();
        for (var form : layout.sheets())
            places.entrySet().stream()
                    .filter(it -> Layout.form(it.getKey()).equals(form.key()))
                    .sorted(
                            Comparator.comparingInt(
                                            (Map.Entry<String, Place> it) -> it.getKey().length())
                                    .thenComparing(Map.Entry::getKey))
                    .forEach(it -> sheets.add(sheet(it.getKey(), it.getValue())));
        return new Workbook(layout, pages, Workbook.byKey(sheets), unread(places.values()));
    }

    private Workbook.Sheet sheet(String key, Place place) {
        return new Workbook.Sheet(
                key,
                place.page(),
                place.columns(),
                place.line(),
                heads(place),
                page(place.page()).lines().stream()
                        .filter(line -> line.number() > place.line())
                        .map(line -> row(line, place.columns()))
                        .filter(row -> !row.cells().isEmpty())
                        .toList());
    }

    private List<Workbook.Unread> unread(Collection<Place> places) {
        var unread = new ArrayList<Workbook.Unread>();
        for (var page : pages) {
            if (page.name().equals(META) || page.lines().isEmpty()) continue;
            var read = places.stream().filter(it -> it.page().equals(page.name())).toList();
            if (read.isEmpty()) {
                unread.add(
                        new Workbook.Unread.Sheet(page.name(), page.lines().size(), page.hidden()));
                continue;
            }
            if (page.beyond()) unread.add(new Workbook.Unread.Beyond(page.name()));
            var strange = strange(page, read);
            if (!strange.isEmpty()) unread.add(new Workbook.Unread.Columns(page.name(), strange));
        }
        return unread;
    }

    /** Columns with words that nobody reads, by their headings. */
    private static List<String> strange(Workbook.Page page, List<Place> places) {
        var strange = new ArrayList<String>();
        int headings = places.getFirst().line();
        int width = page.lines().stream().mapToInt(it -> it.cells().size()).max().orElse(0);
        for (int at = 0; at < width; at++) {
            int column = at;
            if (places.stream().anyMatch(it -> it.columns().containsValue(column))) continue;
            var heading = "";
            boolean words = false;
            for (var line : page.lines())
                if (line.number() == headings) heading = line.cell(at).text();
                else if (line.number() > headings) words |= !line.cell(at).text().isEmpty();
            if (words) strange.add(heading.isEmpty() ? Workbook.letter(at) : heading);
        }
        return strange;
    }

    private Map<String, String> heads(Place place) {
        var heads = new HashMap<String, String>();
        page(place.page()).lines().stream()
                .filter(line -> line.number() == place.line())
                .forEach(line ->
                        place.columns().forEach((key, at) -> heads.put(key, line.cell(at).text())));
        return heads;
    }

    private Optional<Workbook.Page> named(Layout.Sheet sheet) {
        return pages.stream()
                .filter(page ->
                        Layout.plain(page.name()).equals(Layout.plain(sheet.zh()))
                                || Layout.plain(page.name()).equals(Layout.plain(sheet.en())))
                .findFirst();
    }

    private Workbook.Page page(String name) {
        return pages.stream()
                .filter(page -> page.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Invalid.field("file", "workbook.missing-sheet", Map.of("sheet", name)));
    }

    private static Place place(Layout.Sheet sheet, Workbook.Page page) {
        Map<String, Integer> columns = Map.of();
        var words = sheet.byHeading();
        int headings = 0;
        for (var line : page.lines().stream().limit(HEADINGS_WITHIN).toList()) {
            var matched = matched(words, line);
            if (matched.size() > columns.size()) {
                columns = matched;
                headings = line.number();
            }
        }
        if (headings == 0)
            headings =
                    page.lines().stream()
                            .limit(HEADINGS_WITHIN)
                            .filter(line -> line.filled() > 1)
                            .map(Workbook.Line::number)
                            .findFirst()
                            .orElse(0);
        return new Place(page.name(), headings, columns);
    }

    /** Exact words first, so that a heading with remarks never takes the place of one without. */
    private static Map<String, Integer> matched(
            Map<String, Layout.Column> words, Workbook.Line line) {
        var columns = new HashMap<String, Integer>();
        var taken = new HashSet<Integer>();
        for (var bare : List.of(false, true))
            for (int at = 0; at < line.cells().size(); at++) {
                var text = line.cell(at).text();
                if (text.isEmpty() || text.length() > HEADING_MAX || taken.contains(at)) continue;
                var column = words.get(bare ? Layout.bare(text) : Layout.plain(text));
                if (column != null && columns.putIfAbsent(column.key(), at) == null) taken.add(at);
            }
        return columns;
    }

    private static Workbook.Row row(Workbook.Line line, Map<String, Integer> columns) {
        var cells = new HashMap<String, String>();
        var broken = new HashMap<String, String>();
        var noted = new HashMap<String, String>();
        columns.forEach((key, at) -> {
            var cell = line.cell(at);
            if (!cell.text().isEmpty()) cells.put(key, cell.text());
            switch (cell.kind()) {
                case FORMULA -> broken.put(key, "workbook.formula");
                case ERROR -> broken.put(key, "workbook.error-cell");
                case ROUNDED -> broken.put(key, "workbook.rounded");
                case MERGED -> noted.put(key, "workbook.merged");
                case SHOWN -> noted.put(key, "workbook.shown-otherwise");
                case TEXT, NUMBER, DATE -> {}
            }
        });
        if (line.hidden() && !cells.isEmpty())
            noted.putIfAbsent(
                    columns.entrySet().stream()
                            .min(Map.Entry.comparingByValue())
                            .map(Map.Entry::getKey)
                            .orElse(""),
                    "workbook.hidden-row");
        return new Workbook.Row(line.number(), cells, broken, noted);
    }
}
