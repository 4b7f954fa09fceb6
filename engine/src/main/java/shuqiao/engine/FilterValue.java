package shuqiao.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import shuqiao.engine.InvalidFilter.Problem;
import tools.jackson.databind.JsonNode;

/**
 * Reads one JSON value as a column's type and writes it in that type's one spelling. A time without
 * offset is Beijing time; a time with offset is not taken for a column that knows none.
 */
final class FilterValue {

    private static final int TEXT_MAX = 10_000;
    private static final int DIGITS_MAX = 1_000;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter WRITTEN =
            new DateTimeFormatterBuilder()
                    .append(DATE)
                    .appendPattern(" HH:mm:ss")
                    .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 0, 6, true)
                    .toFormatter(Locale.ROOT);

    private FilterValue() {}

    static String read(Column column, JsonNode value) {
        try {
            return switch (column.kind()) {
                case TEXT, ENUM -> text(column, value);
                case INTEGER -> integer(column, number(column, value));
                case NUMERIC -> number(column, value).toPlainString();
                case FLOAT -> floating(column, number(column, value));
                case BOOLEAN -> bool(column, value);
                case DATE -> LocalDate.parse(text(column, value), DATE).format(DATE);
                case TIMESTAMP -> timestamp(text(column, value)).format(WRITTEN);
                case TIMESTAMP_WITH_ZONE -> instant(text(column, value)).format(WRITTEN) + "+00";
                case UUID -> uuid(column, value);
                case OTHER -> throw wrong(column);
            };
        } catch (DateTimeException _) {
            throw wrong(column);
        }
    }

    private static String text(Column column, JsonNode value) {
        if (!value.isString()) throw wrong(column);
        var text = value.stringValue();
        if (text.length() > TEXT_MAX)
            throw new InvalidFilter(column.name(), Problem.OUT_OF_RANGE, "at most " + TEXT_MAX);
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text))
            throw wrong(column);
        return text;
    }

    private static BigDecimal number(Column column, JsonNode value) {
        if (!value.isNumber() && !value.isString()) throw wrong(column);
        var text = value.isNumber() ? value.asString() : value.stringValue().strip();
        if (text.length() > DIGITS_MAX)
            throw new InvalidFilter(column.name(), Problem.OUT_OF_RANGE, column.type());
        if (!NUMBER.matcher(text).matches()) throw wrong(column);
        var number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) > DIGITS_MAX)
            throw new InvalidFilter(column.name(), Problem.OUT_OF_RANGE, column.type());
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    private static String integer(Column column, BigDecimal number) {
        BigInteger whole;
        try {
            whole = number.toBigIntegerExact();
        } catch (ArithmeticException _) {
            throw wrong(column);
        }
        var bits =
                switch (column.base()) {
                    case "int2" -> 15;
                    case "int4" -> 31;
                    default -> 63;
                };
        if (whole.bitLength() > bits)
            throw new InvalidFilter(column.name(), Problem.OUT_OF_RANGE, column.type());
        return whole.toString();
    }

    private static String floating(Column column, BigDecimal number) {
        var infinite =
                column.base().equals("float4")
                        ? Float.isInfinite(number.floatValue())
                        : Double.isInfinite(number.doubleValue());
        if (infinite) throw new InvalidFilter(column.name(), Problem.OUT_OF_RANGE, column.type());
        return column.base().equals("float4")
                ? Float.toString(number.floatValue())
                : Double.toString(number.doubleValue());
    }

    private static String bool(Column column, JsonNode value) {
        var text =
                value.isBoolean()
                        ? String.valueOf(value.booleanValue())
                        : value.isString() ? value.stringValue() : "";
        if (!text.equals("true") && !text.equals("false")) throw wrong(column);
        return text;
    }

    private static LocalDateTime timestamp(String text) {
        return text.length() == 10
                ? LocalDate.parse(text, DATE).atStartOfDay()
                : checked(LocalDateTime.parse(iso(text)));
    }

    private static LocalDateTime instant(String text) {
        if (text.length() == 10 || !text.matches(".*([zZ]|[+-][0-9]{2}(:?[0-9]{2})?)$"))
            return timestamp(text)
                    .atZone(ZONE)
                    .withZoneSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
        var offset =
                OffsetDateTime.parse(
                        iso(text)
                                .replaceFirst("([+-][0-9]{2})$", "$1:00")
                                .replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2"));
        return checked(offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }

    private static String iso(String text) {
        return text.length() > 10 && text.charAt(10) == ' '
                ? text.substring(0, 10) + "T" + text.substring(11)
                : text;
    }

    private static LocalDateTime checked(LocalDateTime time) {
        if (time.getYear() < 1 || time.getYear() > 9999)
            throw new DateTimeException("year " + time.getYear());
        return time;
    }

    private static String uuid(Column column, JsonNode value) {
        var text = text(column, value);
        if (!UUID.matcher(text).matches()) throw wrong(column);
        return text.toLowerCase(Locale.ROOT);
    }

    private static InvalidFilter wrong(Column column) {
        return new InvalidFilter(column.name(), Problem.WRONG_TYPE, column.type());
    }
}
