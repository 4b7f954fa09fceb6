package shuqiao.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reader narrows a list of documents by, in which order and which page of it, as the address
 * has it. What is no choice of ours is none, so that an address typed by hand still leads to a
 * list.
 *
 * @param q words of the title or the number; empty for all
 * @param with credit code of a department on either side; empty for all
 * @param sort see {@link Sort}
 * @param page from 1
 */
public record ListQuery(
        @Nullable String q, @Nullable String with, @Nullable String sort, @Nullable String page) {

    /** Items of a page. */
    public static final int SIZE = 20;

    /** Further is not counted out: who looks for something old narrows the list. */
    public static final int PAGE_MAX = 500;

    /** Rows of an export. */
    public static final int EXPORTED_MAX = 10_000;

    /** So many are read for an export: the last shows that there are too many. */
    public static final int EXPORT_LOOK = EXPORTED_MAX + 1;

    private static final int WORDS_MAX = 100;

    /** Orders of a list. */
    public enum Sort {
        NEWEST,
        OLDEST,
        NAME,
        /** What is due, ends or comes next first. */
        DUE
    }

    public ListQuery {
        q = text(q);
        with = text(with);
        sort = text(sort).toLowerCase(Locale.ROOT);
        page = text(page);
    }

    public static final ListQuery NONE = new ListQuery(null, null, null, null);

    private static String text(@Nullable String given) {
        if (given == null) return "";
        var text = given.replace("\0", "").strip();
        return text.length() <= WORDS_MAX ? text : text.substring(0, WORDS_MAX);
    }

    /**
     * All rows of an export, of which {@link #EXPORT_LOOK} were asked for: nothing is left out in
     * silence.
     *
     * @throws Conflict list:export-too-long
     */
    public static <T> List<T> whole(List<T> rows) {
        requireExportable(rows.size(), EXPORTED_MAX);
        return rows;
    }

    /**
     * Before a file is begun.
     *
     * @throws Conflict list:export-too-long
     */
    public static void requireExportable(long rows, int most) {
        if (rows > most) throw new Conflict("list:export-too-long", Map.of("most", most));
    }

    public Sort order() {
        for (var one : Sort.values())
            if (one.name().toLowerCase(Locale.ROOT).equals(sort)) return one;
        return Sort.NEWEST;
    }

    /** Whether the list is narrowed by this. */
    public boolean narrows() {
        return !said(q).isEmpty() || !said(with).isEmpty();
    }

    /** The page asked for; 1 for what is no page. */
    public int number() {
        var text = said(page);
        if (!text.matches("[0-9]{1,4}")) return 1;
        return Math.clamp(Integer.parseInt(text), 1, PAGE_MAX);
    }

    public ListQuery at(int number) {
        return new ListQuery(q, with, sort, String.valueOf(number));
    }

    /** Adds what narrows; the table has the columns title, number, provider and consumer. */
    public Where narrow(Where where) {
        var words = said(q);
        if (!words.isEmpty())
            where.and(
                    "(title ilike :words or number ilike :words)",
                    "words",
                    "%" + words.replaceAll("([\\\\%_])", "\\\\$1") + "%");
        var other = said(with);
        if (!other.isEmpty()) where.and("(provider = :other or consumer = :other)", "other", other);
        return where;
    }

    /**
     * A page of a list.
     *
     * @param number from 1, never beyond the last
     * @param total of all pages
     */
    public record Numbered<T>(List<T> items, long total, int number) {

        public Numbered {
            items = List.copyOf(items);
        }

        public int last() {
            return last(total);
        }

        private static int last(long total) {
            return (int) Math.clamp((total + SIZE - 1) / SIZE, 1, PAGE_MAX);
        }
    }

    /** Rows to pass over, and the page they lead to, where there are so many in all. */
    public record Cut(int number, long offset) {}

    public Cut cut(long total) {
        var number = Math.min(number(), Numbered.last(total));
        return new Cut(number, (number - 1L) * SIZE);
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text;
    }
}
