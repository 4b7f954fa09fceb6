package shuqiao.workbook;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.NormalForm;

/**
 * What a workbook of one kind holds: its sheets and their columns. Headings are written in the
 * reader's language and read in both.
 *
 * @param purpose stable name of the kind, such as {@code organizations}
 */
public record Layout(String purpose, String titleZh, String titleEn, List<Sheet> sheets) {

    private static final Pattern MARKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}*△☆★＊]+");
    private static final Pattern BAR = Pattern.compile("\\s*\\|\\s*");
    private static final Pattern REMARKS = Pattern.compile("【[^】]*】|\\[[^]]*]|\\([^)]*\\)|[:：]$");

    /** How much of a column must be filled in. */
    public enum Need {
        MUST,
        /** Depends on other cells; marked △. */
        MUST_IF,
        MAY,
        /** Understood where other templates have it; ours do without. */
        READ
    }

    /** Words over a group of columns; columns of one group stand beside each other. */
    public record Group(String zh, String en) {

        public String in(Locale locale) {
            return english(locale) ? en : zh;
        }
    }

    /**
     * The choices of a cell depend on what another cell of the row says.
     *
     * @param parent key of that column
     * @param name of the lists, in Latin letters
     * @param byCode the parent's words begin with a code and a blank, which names the list
     * @param lists the words, by the parent's word or by its code
     */
    public record Linked(
            String parent, String name, boolean byCode, Map<String, List<String>> lists) {
        public Linked {
            lists = Map.copyOf(lists);
        }
    }

    /** A cell must be filled in when the cell of another column holds one of these values. */
    public record When(String column, Set<String> values) {
        public When {
            values = Set.copyOf(values);
        }
    }

    /** One sheet; its data stands below one line of headings. */
    public record Sheet(String key, String zh, String en, List<Column> columns) {

        public Sheet {
            columns = List.copyOf(columns);
        }

        public String in(Locale locale) {
            return english(locale) ? en : zh;
        }

        /** The columns that our own template has. */
        List<Column> written() {
            return columns.stream().filter(column -> column.need() != Need.READ).toList();
        }

        /**
         * Every word that a heading may be, {@link Layout#plain plain}, and the column it means.
         */
        Map<String, Column> byHeading() {
            var words = new HashMap<String, Column>();
            for (var column : columns) {
                words.putIfAbsent(plain(column.zh()), column);
                words.putIfAbsent(plain(column.en()), column);
            }
            for (var column : columns)
                for (var other : column.also()) words.putIfAbsent(plain(other), column);
            return words;
        }

        boolean isGrouped() {
            return columns.stream().anyMatch(column -> column.group() != null);
        }

        /** The column of that key; a key that the sheet does not have is a bug. */
        public Column column(String key) {
            return columns.stream()
                    .filter(column -> column.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no column " + key));
        }
    }

    /**
     * One column.
     *
     * @param key name of the field, which faults use as well
     * @param hintZh what to write, shown as a note on the heading
     * @param example a true-looking value for the sheet of examples
     * @param choices the only words a cell may hold; empty when it is free
     * @param also other headings under which templates of others have it
     */
    public record Column(
            String key,
            String zh,
            String en,
            Need need,
            String hintZh,
            String hintEn,
            String example,
            List<Choice> choices,
            List<String> also,
            @Nullable Group group,
            @Nullable Linked linked,
            @Nullable When when) {

        public Column {
            choices = List.copyOf(choices);
            also = List.copyOf(also);
        }

        public Column(
                String key,
                String zh,
                String en,
                Need need,
                String hintZh,
                String hintEn,
                String example,
                List<Choice> choices) {
            this(key, zh, en, need, hintZh, hintEn, example, choices, List.of(), null, null, null);
        }

        /**
         * One for each line of a table: key, need, heading and hint in both languages, example,
         * with bars between them.
         *
         * @param choices by key
         */
        public static List<Column> table(Map<String, List<Choice>> choices, String lines) {
            return lines.lines()
                    .map(line -> BAR.split(line.strip(), -1))
                    .map(it ->
                            new Column(
                                    it[0],
                                    it[2],
                                    it[3],
                                    Need.valueOf(it[1]),
                                    it[4],
                                    it[5],
                                    it[6],
                                    choices.getOrDefault(it[0], List.of())))
                    .toList();
        }

        public Column also(String... headings) {
            return new Column(
                    key,
                    zh,
                    en,
                    need,
                    hintZh,
                    hintEn,
                    example,
                    choices,
                    List.of(headings),
                    group,
                    linked,
                    when);
        }

        public Column in(Group words) {
            return new Column(
                    key, zh, en, need, hintZh, hintEn, example, choices, also, words, linked, when);
        }

        public Column follows(Linked lists) {
            return new Column(
                    key, zh, en, need, hintZh, hintEn, example, choices, also, group, lists, when);
        }

        public Column when(String column, String... values) {
            return new Column(
                    key,
                    zh,
                    en,
                    need,
                    hintZh,
                    hintEn,
                    example,
                    choices,
                    also,
                    group,
                    linked,
                    new When(column, Set.of(values)));
        }

        public String in(Locale locale) {
            return english(locale) ? en : zh;
        }

        public String hint(Locale locale) {
            return english(locale) ? hintEn : hintZh;
        }

        /** The heading with its mark: * must, △ must in some cases. */
        public String heading(Locale locale) {
            return in(locale)
                    + switch (need) {
                        case MUST -> "*";
                        case MUST_IF -> "△";
                        case MAY, READ -> "";
                    };
        }

        /** The value that the words stand for, in whichever language they are. */
        public Optional<String> chosen(String words) {
            for (var choice : choices)
                if (choice.zh().equals(words)) return Optional.of(choice.value());
            var wanted = plain(words);
            return choices.stream()
                    .filter(choice ->
                            plain(choice.zh()).equals(wanted)
                                    || plain(choice.en()).equals(wanted)
                                    || plain(choice.value()).equals(wanted)
                                    || choice.also().stream()
                                            .anyMatch(it -> plain(it).equals(wanted)))
                    .map(Choice::value)
                    .findFirst();
        }

        /** The words for a value, for an export; the value itself when there are none. */
        public String words(String value, Locale locale) {
            return choices.stream()
                    .filter(choice -> choice.value().equals(value))
                    .map(choice -> choice.in(locale))
                    .findFirst()
                    .orElse(value);
        }
    }

    /**
     * A word that a cell may hold, and the value it stands for.
     *
     * @param also what people write instead
     */
    public record Choice(String value, String zh, String en, List<String> also) {

        public Choice {
            also = List.copyOf(also);
        }

        public Choice(String value, String zh, String en) {
            this(value, zh, en, List.of());
        }

        public String in(Locale locale) {
            return english(locale) ? en : zh;
        }
    }

    public Layout {
        sheets = List.copyOf(sheets);
    }

    public String titleIn(Locale locale) {
        return english(locale) ? titleEn : titleZh;
    }

    /** The key of one more sheet of the same form, from 2. */
    static String further(String key, int number) {
        return key + "#" + number;
    }

    /** The key of the form, of whichever of its sheets. */
    static String form(String key) {
        int number = key.indexOf('#');
        return number < 0 ? key : key.substring(0, number);
    }

    /** That of the key, or of a {@link #further} one. */
    public Sheet sheet(String key) {
        var form = form(key);
        return sheets.stream()
                .filter(sheet -> sheet.key().equals(form))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sheet " + key));
    }

    static boolean english(Locale locale) {
        return locale.getLanguage().equals("en");
    }

    /** Without differences of width, case, blanks, and the marks of a heading. */
    static String plain(String text) {
        return MARKS.matcher(NormalForm.of(text).toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** A heading without the remarks that templates add: 【国】, （万条）, (对外开放时必填). */
    static String bare(String heading) {
        return REMARKS.matcher(plain(heading)).replaceAll("");
    }
}
