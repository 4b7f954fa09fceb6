package shuqiao.workbook;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a workbook of one kind holds: its sheets and their columns. Headings are written in the
 * reader's language and read in both.
 *
 * @param purpose stable name of the kind, such as {@code organizations}
 */
public record Layout(String purpose, String titleZh, String titleEn, List<Sheet> sheets) {

    /** How much of a column must be filled in. */
    public enum Need {
        MUST,
        /** Depends on other cells; marked △. */
        MUST_IF,
        MAY
    }

    /** One sheet; its data stands below one line of headings. */
    public record Sheet(String key, String zh, String en, List<Column> columns) {

        public Sheet {
            columns = List.copyOf(columns);
        }

        public String in(Locale locale) {
            return english(locale) ? en : zh;
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
     */
    public record Column(
            String key,
            String zh,
            String en,
            Need need,
            String hintZh,
            String hintEn,
            String example,
            List<Choice> choices) {

        public Column {
            choices = List.copyOf(choices);
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
                        case MAY -> "";
                    };
        }

        /** The value that the words stand for, in whichever language they are. */
        public Optional<String> chosen(String words) {
            var wanted = plain(words);
            return choices.stream()
                    .filter(choice ->
                            plain(choice.zh()).equals(wanted)
                                    || plain(choice.en()).equals(wanted)
                                    || plain(choice.value()).equals(wanted))
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

    /** A word that a cell may hold, and the value it stands for. */
    public record Choice(String value, String zh, String en) {

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

    public Sheet sheet(String key) {
        return sheets.stream()
                .filter(sheet -> sheet.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sheet " + key));
    }

    static boolean english(Locale locale) {
        return locale.getLanguage().equals("en");
    }

    /** Without differences of width, case, blanks, and the marks of a heading. */
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s*△＊]+", "");
    }
}
