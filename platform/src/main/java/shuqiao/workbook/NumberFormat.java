package shuqiao.workbook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a cell shows its number (ECMA-376, 18.8.30 and 18.8.31): a cell is a date because of its
 * format alone, and 000010 is 10 in the file. What its owner sees is read, or told.
 *
 * @param kind what the number stands for
 * @param clock a date that shows the time of day as well
 * @param zeros digits before the point that are shown at least; 0 and 1 add none
 */
record NumberFormat(Kind kind, boolean clock, int zeros) {

    /** What a number stands for. */
    enum Kind {
        NUMBER,
        PERCENT,
        DATE,
        /** Of a day, or longer than one. */
        TIME,
        /** Words, a unit or nothing stands in the place of the number. */
        OTHERWISE
    }

    static final NumberFormat GENERAL = new NumberFormat(Kind.NUMBER, false, 0);

    private static final NumberFormat DATE = new NumberFormat(Kind.DATE, false, 0);

    /** Spreadsheet programs show and keep so many digits of a double. */
    private static final int DIGITS_MAX = 15;

    private static final MathContext SHOWN = new MathContext(DIGITS_MAX);
    private static final BigDecimal WHOLE_MAX = BigDecimal.TEN.pow(DIGITS_MAX);

    /** The last day of the year 9999, and that of a workbook of 1904. */
    private static final int DAYS_MAX = 2_958_465;

    private static final int DAYS_1904 = 1_462;

    /** A February 29 of 1900 that there never was. */
    private static final int NO_DAY = 60;

    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
    private static final BigDecimal SECONDS = BigDecimal.valueOf(86_400);

    /** Of the numbers that need no code in the file; those of China and its neighbours included. */
    static NumberFormat builtIn(int id) {
        return switch (id) {
            case 9, 10 -> new NumberFormat(Kind.PERCENT, false, 0);
            case 22 -> new NumberFormat(Kind.DATE, true, 0);
            case 18, 19, 20, 21, 32, 33, 45, 46, 47 -> new NumberFormat(Kind.TIME, false, 0);
            case 14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36 ->
                    new NumberFormat(Kind.DATE, id == 34 || id == 35, 0);
            case 50, 51, 52, 53, 54, 55, 56, 57, 58 ->
                    new NumberFormat(Kind.DATE, id == 55 || id == 56, 0);
            default -> GENERAL;
        };
    }

    /** Of a code such as {@code [$-804]yyyy"年"m"月"d"日";@}. */
    static NumberFormat of(String code) {
        var letters = new StringBuilder();
        boolean words = false;
        boolean elapsed = false;
        boolean closed = false;
        for (int at = 0; at < code.length() && !closed; at++) {
            var c = code.charAt(at);
            switch (c) {
                case '"' -> {
                    int end = code.indexOf('"', at + 1);
                    if (end < 0) end = code.length();
                    words |= isWord(code.substring(at + 1, end));
                    at = end;
                }
                case '\\' -> {
                    at++;
                    words |= at < code.length() && isWord(code.substring(at, at + 1));
                }
                case '_', '*' -> at++;
                case '[' -> {
                    int end = code.indexOf(']', at);
                    if (end < 0) end = code.length();
                    elapsed |=
                            code.substring(at + 1, end)
                                    .toLowerCase(Locale.ROOT)
                                    .matches("h+|m+|s+");
                    at = end;
                }
                case ';' -> closed = true;
                default -> letters.append(c);
            }
        }
        return of(letters.toString(), words, elapsed);
    }

    private static NumberFormat of(String letters, boolean words, boolean elapsed) {
        var plain =
                letters.toLowerCase(Locale.ROOT)
                        .replace("g/通用格式", "")
                        .replace("general", "")
                        .replaceAll("am/pm|a/p|上午/下午", "h")
                        .replaceAll("(?<=[0#?.])e[+-]?", "");
        boolean clock = plain.matches("(?s).*[hs].*");
        boolean day = plain.matches("(?s).*[yde].*|.*aaa.*");
        // by itself m is the month, beside hours or seconds it is the minute
        if (day || !elapsed && plain.matches("[^hs]*m[^hs]*"))
            return new NumberFormat(Kind.DATE, clock, 0);
        if (elapsed || clock) return new NumberFormat(Kind.TIME, false, 0);
        if (plain.contains("%"))
            return new NumberFormat(words ? Kind.OTHERWISE : Kind.PERCENT, false, 0);
        if (letters.isEmpty() && !words) return new NumberFormat(Kind.OTHERWISE, false, 0);
        var digits = plain.replaceAll("[^0#?.,/@]", "");
        // a comma behind the last digit divides by a thousand
        if (words || isWord(plain.replaceAll("[@]", "")) || digits.matches(".*[0#?],+(?:\\..*)?$"))
            return new NumberFormat(Kind.OTHERWISE, false, 0);
        var whole = digits.replaceAll("\\..*", "");
        return whole.matches("0+") ? new NumberFormat(Kind.NUMBER, false, whole.length()) : GENERAL;
    }

    /** Signs of money, brackets and blanks say nothing more. */
    private static boolean isWord(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    /**
     * The cell of a number as its owner sees it, as far as nothing of the value is lost by it.
     *
     * @param from1904 days are counted from 1904
     */
    Workbook.Cell cell(BigDecimal value, boolean from1904) {
        var cell =
                switch (kind) {
                    case DATE, TIME -> time(value, from1904);
                    case PERCENT -> percent(value);
                    case NUMBER, OTHERWISE -> null;
                };
        if (cell != null) return cell;
        var rounded = value.round(SHOWN).stripTrailingZeros();
        var plain = value.signum() == 0 ? "0" : rounded.toPlainString();
        if (value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(WHOLE_MAX) >= 0
                || value.abs().compareTo(WHOLE_MAX) >= 0)
            return new Workbook.Cell(value.toPlainString(), Workbook.Kind.ROUNDED);
        int point = plain.indexOf('.');
        int whole = point < 0 ? plain.length() : point;
        if (zeros > 1 && value.signum() >= 0 && whole < zeros)
            return new Workbook.Cell("0".repeat(zeros - whole) + plain, Workbook.Kind.TEXT);
        return new Workbook.Cell(
                plain, kind == Kind.OTHERWISE ? Workbook.Kind.SHOWN : Workbook.Kind.NUMBER);
    }

    private static Workbook.@Nullable Cell percent(BigDecimal value) {
        var hundred = value.round(SHOWN).movePointRight(2).stripTrailingZeros();
        if (hundred.abs().compareTo(WHOLE_MAX) >= 0) return null;
        return new Workbook.Cell(
                (hundred.signum() == 0 ? "0" : hundred.toPlainString()) + "%", Workbook.Kind.TEXT);
    }

    /** Null where the number is no day, and is told as the number it is. */
    private Workbook.@Nullable Cell time(BigDecimal value, boolean from1904) {
        if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(DAYS_MAX + 1)) >= 0)
            return null;
        int days = value.intValue();
        var second =
                Duration.ofSeconds(
                        value.subtract(BigDecimal.valueOf(days))
                                .multiply(SECONDS)
                                .setScale(0, java.math.RoundingMode.HALF_UP)
                                .longValue());
        if (kind == Kind.TIME || days == 0 && !second.isZero())
            return new Workbook.Cell(clock(second.plusDays(days)), Workbook.Kind.DATE);
        int counted = from1904 ? days + DAYS_1904 : days;
        if (counted < 1 || counted == NO_DAY || counted > DAYS_MAX) return null;
        var day = DAY_0.plusDays(counted < NO_DAY ? counted + 1 : counted);
        return new Workbook.Cell(
                written(clock ? day.atStartOfDay().plus(second) : day.atStartOfDay()),
                Workbook.Kind.DATE);
    }

    /** Hours may be more than those of a day. */
    private static String clock(Duration time) {
        var hours = "%02d:%02d".formatted(time.toHours(), time.toMinutesPart());
        return time.toSecondsPart() == 0 ? hours : hours + ":%02d".formatted(time.toSecondsPart());
    }

    /** 2027-01-01, and the time of day where there is one. */
    static String written(LocalDateTime at) {
        var time = at.toLocalTime().truncatedTo(ChronoUnit.SECONDS);
        return time.equals(LocalTime.MIDNIGHT)
                ? at.toLocalDate().toString()
                : at.toLocalDate() + " " + time;
    }
}
