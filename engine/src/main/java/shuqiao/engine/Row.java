package shuqiao.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.WireFailure.Strange;

/**
 * A row of a query, in text form, as the other server said it. What is not of the kind that was
 * asked for is refused.
 */
record Row(Side side, List<Optional<String>> values) {

    /** Of the largest number of 64 bits. */
    private static final int DIGITS_MAX = 19;

    static Row of(Side side, @Nullable String... values) {
        return new Row(side, Arrays.stream(values).map(Optional::<String>ofNullable).toList());
    }

    Optional<String> find(int index) {
        if (index >= values.size()) throw strange("a row of " + values.size() + " values");
        return values.get(index);
    }

    String text(int index) {
        return find(index).orElseThrow(() -> strange("nothing where a text was asked for"));
    }

    long number(int index) {
        var text = text(index);
        var digits = text.startsWith("-") ? text.substring(1) : text;
        if (digits.isEmpty()
                || digits.length() > DIGITS_MAX
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9'))
            throw strange("no number: " + text);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw strange("no number of 64 bits: " + text);
        }
    }

    /** A number of things. */
    long count(int index) {
        var number = number(index);
        if (number < 0) throw strange("less than none: " + number);
        return number;
    }

    int integer(int index) {
        var number = number(index);
        if ((int) number != number) throw strange("no number of 32 bits: " + number);
        return (int) number;
    }

    char letter(int index) {
        var text = text(index);
        if (text.length() != 1) throw strange("no letter: " + text);
        return text.charAt(0);
    }

    boolean flag(int index) {
        return text(index).equals("t");
    }

    Strange strange(String what) {
        return new Strange(side, StrangeAnswer.of(Shown.line(what, 100)));
    }
}
