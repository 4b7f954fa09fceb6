package shuqiao.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of a type, as it may stand in SQL. What another server says of a type never does: of a
 * built-in type we take the name, which must be one that we know, and the number of its modifier,
 * and write the text ourselves, as PostgreSQL's {@code format_type} does. The name of a type that
 * somebody made must at least have the shape of a name.
 */
final class TypeText {

    private static final int SAID_MAX = 300;

    /** Written as they are called, without modifier. */
    private static final Set<String> PLAIN =
            Set.of(
                    "box",
                    "bytea",
                    "cidr",
                    "circle",
                    "date",
                    "datemultirange",
                    "daterange",
                    "inet",
                    "int2vector",
                    "int4multirange",
                    "int4range",
                    "int8multirange",
                    "int8range",
                    "json",
                    "jsonb",
                    "jsonpath",
                    "line",
                    "lseg",
                    "macaddr",
                    "macaddr8",
                    "money",
                    "name",
                    "nummultirange",
                    "numrange",
                    "oid",
                    "oidvector",
                    "path",
                    "pg_lsn",
                    "pg_snapshot",
                    "point",
                    "polygon",
                    "text",
                    "tsmultirange",
                    "tsquery",
                    "tsrange",
                    "tstzmultirange",
                    "tstzrange",
                    "tsvector",
                    "txid_snapshot",
                    "uuid",
                    "xml");

    /** Without modifier, too, but called otherwise in SQL. */
    private static final Map<String, String> CALLED =
            Map.of(
                    "bool", "boolean",
                    "char", "\"char\"",
                    "float4", "real",
                    "float8", "double precision",
                    "int2", "smallint",
                    "int4", "integer",
                    "int8", "bigint");

    private static final Set<String> WITH_MODIFIER =
            Set.of(
                    "bit",
                    "bpchar",
                    "interval",
                    "numeric",
                    "time",
                    "timestamp",
                    "timestamptz",
                    "timetz",
                    "varbit",
                    "varchar");

    /** What an interval's modifier says in its upper half (utils/timestamp.h). */
    private static final Map<Integer, String> FIELDS =
            Map.ofEntries(
                    Map.entry(0x7FFF, ""),
                    Map.entry(1 << 2, " year"),
                    Map.entry(1 << 1, " month"),
                    Map.entry(1 << 3, " day"),
                    Map.entry(1 << 10, " hour"),
                    Map.entry(1 << 11, " minute"),
                    Map.entry(1 << 12, " second"),
                    Map.entry(1 << 2 | 1 << 1, " year to month"),
                    Map.entry(1 << 3 | 1 << 10, " day to hour"),
                    Map.entry(1 << 3 | 1 << 10 | 1 << 11, " day to minute"),
                    Map.entry(1 << 3 | 1 << 10 | 1 << 11 | 1 << 12, " day to second"),
                    Map.entry(1 << 10 | 1 << 11, " hour to minute"),
                    Map.entry(1 << 10 | 1 << 11 | 1 << 12, " hour to second"),
                    Map.entry(1 << 11 | 1 << 12, " minute to second"));

    private static final int INTERVAL_FULL_PRECISION = 0xFFFF;
    private static final int TIME_DIGITS_MAX = 6;
    private static final int NUMERIC_MAX = 1000;
    private static final int CHARACTERS_MAX = 10_485_760;
    private static final int BITS_MAX = 8 * CHARACTERS_MAX;
    private static final int LENGTH_OVERHEAD = 4;

    private static final Pattern BUILT_IN =
            Pattern.compile(
                    "(?:"
                            + Stream.concat(PLAIN.stream(), CALLED.values().stream())
                                    .map(Pattern::quote)
                                    .collect(Collectors.joining("|"))
                            + """
                            |bpchar|character\\([0-9]{1,8}\\)|character varying(?:\\([0-9]{1,8}\\))?\
                            |"bit"|bit\\([0-9]{1,8}\\)|bit varying(?:\\([0-9]{1,8}\\))?\
                            |numeric(?:\\([0-9]{1,4},-?[0-9]{1,4}\\))?\
                            |time(?:stamp)?(?:\\([0-6]\\))? with(?:out)? time zone\
                            |interval(?: (?:year|month|day|hour|minute|second))?(?: to (?:month|hour|minute|second))?(?:\\([0-6]\\))?\
                            """
                            + ")(?:\\[])?");

    private static final String NAME = "(?:[a-z_][a-z0-9_]*|\"(?:[^\"]|\"\")+\")";
    private static final String WORD = "-?[A-Za-z0-9_.]+";

    /** As {@code format_type} writes what somebody made: schema, name, modifiers of its own. */
    private static final Pattern MADE =
            Pattern.compile(
                    NAME
                            + "(?:\\."
                            + NAME
                            + ")?(?:\\("
                            + WORD
                            + "(?:,"
                            + WORD
                            + "| [A-Za-z]+)*\\))?(?:\\[])?");

    private TypeText() {}

    /** Whether a built-in type of this name can be written. */
    static boolean isKnown(String name) {
        return PLAIN.contains(name) || CALLED.containsKey(name) || WITH_MODIFIER.contains(name);
    }

    /**
     * A built-in type, written out.
     *
     * @param name of pg_type
     * @param modifier of pg_attribute; negative for none
     * @return empty for a name that is not known or a modifier that it cannot have
     */
    static Optional<String> of(String name, int modifier) {
        if (WITH_MODIFIER.contains(name)) return withModifier(name, modifier);
        if (modifier >= 0) return Optional.empty();
        return PLAIN.contains(name) ? Optional.of(name) : Optional.ofNullable(CALLED.get(name));
    }

    /** What a server says a type is called, where it has that shape. */
    static Optional<String> made(String said) {
        return isName(said) ? Optional.of(said) : Optional.empty();
    }

    /** Whether this may stand in SQL as the name of a built-in type or an array of it. */
    static boolean isBuiltIn(String text) {
        return text.length() <= SAID_MAX && BUILT_IN.matcher(text).matches();
    }

    /** Whether this may stand in SQL as the name of a type, whoever made it. */
    static boolean isName(String text) {
        if (isBuiltIn(text)) return true;
        return text.length() <= SAID_MAX
                && text.equals(Shown.line(text))
                && MADE.matcher(text).matches();
    }

    private static Optional<String> withModifier(String name, int modifier) {
        return switch (name) {
            case "varchar" ->
                    sized(
                            "character varying",
                            "character varying",
                            modifier - LENGTH_OVERHEAD,
                            modifier,
                            CHARACTERS_MAX);
            case "bpchar" ->
                    sized(
                            "bpchar",
                            "character",
                            modifier - LENGTH_OVERHEAD,
                            modifier,
                            CHARACTERS_MAX);
            case "bit" -> sized("\"bit\"", "bit", modifier, modifier, BITS_MAX);
            case "varbit" -> sized("bit varying", "bit varying", modifier, modifier, BITS_MAX);
            case "numeric" -> numeric(modifier);
            case "time" -> time("time", " without time zone", modifier);
            case "timetz" -> time("time", " with time zone", modifier);
            case "timestamp" -> time("timestamp", " without time zone", modifier);
            case "timestamptz" -> time("timestamp", " with time zone", modifier);
            case "interval" -> interval(modifier);
            default -> Optional.empty();
        };
    }

    private static Optional<String> sized(
            String without, String with, int size, int modifier, int most) {
        if (modifier < 0) return Optional.of(without);
        return size < 1 || size > most ? Optional.empty() : Optional.of(with + "(" + size + ")");
    }

    private static Optional<String> numeric(int modifier) {
        if (modifier < 0) return Optional.of("numeric");
        var packed = modifier - LENGTH_OVERHEAD;
        var precision = packed >> 16 & 0xFFFF;
        var scale = ((packed & 0x7FF) ^ 0x400) - 0x400;
        return packed < 0
                        || precision < 1
                        || precision > NUMERIC_MAX
                        || Math.abs(scale) > NUMERIC_MAX
                ? Optional.empty()
                : Optional.of("numeric(" + precision + "," + scale + ")");
    }

    private static Optional<String> time(String name, String zone, int modifier) {
        if (modifier < 0) return Optional.of(name + zone);
        return modifier > TIME_DIGITS_MAX
                ? Optional.empty()
                : Optional.of(name + "(" + modifier + ")" + zone);
    }

    private static Optional<String> interval(int modifier) {
        if (modifier < 0) return Optional.of("interval");
        var fields = FIELDS.get(modifier >> 16 & 0x7FFF);
        var digits = modifier & 0xFFFF;
        if (fields == null) return Optional.empty();
        if (digits == INTERVAL_FULL_PRECISION) return Optional.of("interval" + fields);
        return digits > TIME_DIGITS_MAX
                ? Optional.empty()
                : Optional.of("interval" + fields + "(" + digits + ")");
    }
}
