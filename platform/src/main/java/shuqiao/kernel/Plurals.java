package shuqiao.kernel;

import java.text.ChoiceFormat;
import java.text.FieldPosition;
import java.text.Format;
import java.text.MessageFormat;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words that go with a number, written {@code {0|item|items}} in a message: the first for one, the
 * second for all others. The same for sentences with names, as {@code {count|item|items}}. A choice
 * of {@link MessageFormat} would take numbers only, and many numbers reach a page as text, with
 * their thousands set apart.
 */
final class Plurals {

    private static final Pattern BY_PLACE = Pattern.compile("\\{(\\d+)\\|([^|{}]*)\\|([^|{}]*)\\}");

    /** Stands in the pattern for words until it is read; no message holds this character. */
    private static final char MARK = '\u0001';

    private Plurals() {}

    /** The format of a message whose facts are known by place. */
    static MessageFormat format(String text, Locale locale) {
        var words = new ArrayList<Words>();
        var pattern =
                BY_PLACE.matcher(text)
                        .replaceAll(found -> {
                            words.add(new Words(found.group(2), found.group(3)));
                            return Matcher.quoteReplacement(
                                    "{"
                                            + found.group(1)
                                            + ",choice,0#"
                                            + MARK
                                            + (words.size() - 1)
                                            + "}");
                        });
        var format = new MessageFormat(pattern, locale);
        if (words.isEmpty()) return format;
        var formats = format.getFormats();
        for (int i = 0; i < formats.length; i++)
            if (formats[i] instanceof ChoiceFormat choice) {
                var marked = (String) choice.getFormats()[0];
                if (!marked.isEmpty() && marked.charAt(0) == MARK)
                    format.setFormat(i, words.get(Integer.parseInt(marked.substring(1))));
            }
        return format;
    }

    /** A sentence with the words that go with the fact of that name. */
    static String named(String text, String name, String value) {
        if (!text.contains("{" + name + "|")) return text;
        return Pattern.compile("\\{" + Pattern.quote(name) + "\\|([^|}]*)\\|([^|}]*)\\}")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(one(value) ? 1 : 2)));
    }

    private static boolean one(@Nullable Object value) {
        return "1".equals(String.valueOf(value));
    }

    private static final class Words extends Format {

        private final String one;
        private final String others;

        Words(String one, String others) {
            this.one = one;
            this.others = others;
        }

        @Override
        public StringBuffer format(Object value, StringBuffer to, FieldPosition position) {
            return to.append(one(value) ? one : others);
        }

        @Override
        public Object parseObject(String text, ParsePosition position) {
            throw new UnsupportedOperationException("words are shown, never read");
        }
    }
}
