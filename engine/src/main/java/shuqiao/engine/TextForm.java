package shuqiao.engine;

import java.util.regex.Pattern;

/**
 * The one text form of a value: ISO dates, Beijing time, intervals as postgres prints them, the
 * shortest floats, bytes in hex. It is written into the expression, so that the session keeps the
 * settings of its role: a department's views and functions run beside it and see what they see for
 * every other client.
 */
final class TextForm {

    /** Of these the text never depends on a setting that a client may have. */
    private static final Pattern SETTLED =
            Pattern.compile(
                    "(smallint|integer|bigint|numeric|boolean|uuid|text|name|\"char\"|character|character varying|bpchar"
                            + "|json|jsonb|jsonpath|xml|bit|bit varying|inet|cidr|macaddr|macaddr8|oid|pg_lsn|pg_snapshot|txid_snapshot"
                            + "|tsvector|tsquery|time( with| without) time zone|int4range|int8range|numrange|int4multirange|int8multirange|nummultirange)(\\[\\])*");

    private static final Pattern MODIFIER = Pattern.compile("\\([-0-9,]+\\)");

    /** For a statement in which no code of a department runs. */
    static final String SETTINGS =
            "set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'Asia/Shanghai'; set local extra_float_digits = 1; set local bytea_output = 'hex'";

    private static final String OURS =
            "pg_catalog.concat(pg_catalog.set_config('DateStyle', 'ISO', true), pg_catalog.set_config('IntervalStyle', 'postgres', true), "
                    + "pg_catalog.set_config('TimeZone', 'Asia/Shanghai', true), pg_catalog.set_config('extra_float_digits', '1', true), "
                    + "pg_catalog.set_config('bytea_output', 'hex', true))";

    private static final String THEIRS =
            "pg_catalog.concat(pg_catalog.set_config('DateStyle', f.d, true), pg_catalog.set_config('IntervalStyle', f.i, true), "
                    + "pg_catalog.set_config('TimeZone', f.z, true), pg_catalog.set_config('extra_float_digits', f.e, true), "
                    + "pg_catalog.set_config('bytea_output', f.b, true))";

    private TextForm() {}

    /** Whether the value prints alike in every session. */
    static boolean isSettled(Column column) {
        return switch (column.kind()) {
            case TEXT, ENUM, INTEGER, NUMERIC, BOOLEAN, UUID -> true;
            case FLOAT, DATE, TIMESTAMP, TIMESTAMP_WITH_ZONE, OTHER ->
                    column.carriedAsItself() && isSettled(column.type());
        };
    }

    /** The same of a built-in type. */
    static boolean isSettled(String type) {
        return SETTLED.matcher(MODIFIER.matcher(type).replaceAll("")).matches();
    }

    /** An expression of a column as a text; the column must not stand for an expression itself. */
    static String of(Column column, String quoted) {
        if (isSettled(column)) return quoted + "::pg_catalog.text";
        return switch (column.kind()) {
            case DATE -> json(quoted);
            case TIMESTAMP -> "pg_catalog.replace(%s, 'T', ' ')".formatted(json(quoted));
            default -> under(quoted + "::pg_catalog.text");
        };
    }

    /** The same for a column of a built-in type that is known by the type's name. */
    static String of(String type, String quoted) {
        return isSettled(type) ? quoted : under(quoted + "::pg_catalog.text");
    }

    /** JSON writes dates in ISO form whatever the session's style; "infinity" and BC alike. */
    private static String json(String quoted) {
        return "pg_catalog.btrim(pg_catalog.to_json(%s)::pg_catalog.text, '\"')".formatted(quoted);
    }

    /**
     * An expression under our settings, which are taken back before anything else is computed: the
     * three steps are fenced off from each other.
     */
    static String under(String expression) {
        return ("(select case when %s is not null then f.t end from (select o.*, case when %s is not null then %s end as t from ("
                        + "select pg_catalog.current_setting('DateStyle') as d, pg_catalog.current_setting('IntervalStyle') as i, "
                        + "pg_catalog.current_setting('TimeZone') as z, pg_catalog.current_setting('extra_float_digits') as e, "
                        + "pg_catalog.current_setting('bytea_output') as b offset 0) o offset 0) f)")
                .formatted(THEIRS, OURS, expression);
    }
}
