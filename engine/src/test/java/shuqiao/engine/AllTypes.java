package shuqiao.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Types with random values of each, as PostgreSQL reads them. */
final class AllTypes {

    static final String[] TYPES = {
        "create type mood as enum ('sad', 'glad', '很好')",
        "create domain postcode as text check (value ~ '^[0-9]{6}$')",
        "create domain age as int check (value between 0 and 200)",
        "create domain padded as char(5)",
        "create domain marks as int[]",
        "create domain rate as numeric(7,2)",
        "create type pair as (a int, \"B c\" text)",
        "create type nest as (p pair, at timestamptz, list text[], code char(3))",
        "create type span as range (subtype = float8)"
    };

    /**
     * @param arrives the type in the target, where it is another; empty where it is the same
     * @param taken odd values that every way takes
     * @param refused odd values that Parquet refuses
     */
    record Kind(
            String type,
            String arrives,
            Supplier<String> random,
            List<String> taken,
            List<String> refused) {

        String next() {
            return random.get();
        }

        String type(boolean arrived) {
            return arrived && !arrives.isEmpty() ? arrives : type;
        }

        List<String> all() {
            var all = new ArrayList<>(taken);
            all.addAll(refused);
            return all;
        }

        Kind odd(String... values) {
            return new Kind(type, arrives, random, List.of(values), refused);
        }

        Kind refused(String... values) {
            return new Kind(type, arrives, random, taken, List.of(values));
        }

        Kind arrives(String other) {
            return new Kind(type, other, random, taken, refused);
        }
    }

    private static final String[] PIECES = {
        "=",
        "+1",
        "-",
        "@",
        "'",
        "\"",
        "\"\"",
        "\\",
        "\\N",
        "\\.",
        "\t",
        "\n",
        "\r",
        "\r\n",
        ",",
        ";",
        "_x0041_",
        "_x0041",
        "_x",
        "_",
        "\u0001",
        "\u001f",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\ufffd",
        "<b>",
        "&amp;",
        "]]>",
        " ",
        "  ",
        "null",
        "NULL",
        "{",
        "}",
        "(",
        ")",
        "%s",
        "汉",
        "𠮷",
        "𝄞",
        "😀",
        "👨‍👩‍👧",
        "é",
        "é",
        "ا",
        "ﷺ",
        "0",
        "00",
        "1e5",
        "TRUE",
        "2026-01-01"
    };

    private final Random random;

    AllTypes(long seed) {
        random = new Random(seed);
    }

    private static Kind kind(String type, Supplier<String> next) {
        return new Kind(type, "", next, List.of(), List.of());
    }

    List<Kind> all() {
        var all = new ArrayList<Kind>();
        numbers(all);
        texts(all);
        times(all);
        others(all);
        arrays(all);
        made(all);
        return all;
    }

    private void numbers(List<Kind> all) {
        all.add(kind("smallint", () -> "" + (short) random.nextInt()).odd("-32768", "32767"));
        all.add(kind("integer", () -> "" + random.nextInt()).odd("-2147483648", "2147483647"));
        all.add(
                kind("bigint", () -> "" + random.nextLong())
                        .odd(
                                "-9223372036854775808",
                                "9223372036854775807",
                                "9007199254740993",
                                "999999999999999",
                                "1000000000000000"));
        all.add(
                kind("numeric", () -> decimal(1 + random.nextInt(60), random.nextInt(30)))
                        .odd(
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "1.50",
                                "0.000",
                                "1e200",
                                "1e-400",
                                "0.1",
                                "123456789012345",
                                "1234567890123456",
                                "-0.000000000000000000001"));
        all.add(kind("numeric(20,4)", () -> decimal(16, 4)).refused("NaN"));
        all.add(
                kind("numeric(38,10)", () -> decimal(28, 10))
                        .odd("9999999999999999999999999999.9999999999", "-0.0000000001")
                        .refused("NaN"));
        all.add(kind("numeric(7,2)", () -> decimal(5, 2)).odd("-99999.99", "0.01").refused("NaN"));
        all.add(kind("numeric(18,0)", () -> decimal(18, 0)).refused("NaN"));
        all.add(kind("numeric(5,-2)", () -> decimal(5, 0) + "00").odd("NaN"));
        all.add(kind("numeric(3,5)", () -> "0.00" + random.nextInt(1000)).odd("NaN"));
        all.add(
                kind("real", () -> "" + Float.intBitsToFloat(finite(random.nextInt())))
                        .odd("NaN", "Infinity", "-Infinity", "-0", "1e-45", "3.4028235e38", "0.1"));
        all.add(
                kind(
                                "double precision",
                                () -> "" + Double.longBitsToDouble(finite(random.nextLong())))
                        .odd(
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "-0",
                                "5e-324",
                                "-2.2250738585072014e-308",
                                "1.7976931348623157e308",
                                "0.1",
                                "9007199254740993"));
        all.add(kind("boolean", () -> random.nextBoolean() ? "t" : "f"));
        all.add(
                kind("money", () -> decimal(9, 2))
                        .arrives("numeric")
                        .odd("-92233720368547758.08", "0.01"));
    }

    /** Clears one bit of the exponent: neither NaN nor infinite. */
    private static int finite(int bits) {
        return bits & ~0x0080_0000;
    }

    private static long finite(long bits) {
        return bits & ~0x0010_0000_0000_0000L;
    }

    /** At most so many digits before the point, exactly so many after it. */
    private String decimal(int before, int after) {
        var whole = new BigInteger(1 + random.nextInt(before * 3), random).toString();
        var text = new StringBuilder(random.nextBoolean() ? "-" : "");
        text.append(whole.length() > before ? whole.substring(0, before) : whole);
        if (after > 0) text.append('.');
        for (var i = 0; i < after; i++) text.append(random.nextInt(10));
        return text.toString();
    }

    private void texts(List<Kind> all) {
        all.add(kind("text", () -> text(30)).odd("", " ", "\\N", "=1+1", "_x0041\u0001", "𠮷"));
        all.add(kind("character varying(20)", () -> text(20)).odd("", "  "));
        all.add(kind("character varying", () -> text(40)).odd(""));
        all.add(kind("character(5)", () -> text(5)).odd("", "a", "a  "));
        all.add(kind("bpchar", () -> text(8)).odd("", "a  ", "=  "));
        all.add(kind("name", () -> text(12)).odd(""));
        all.add(kind("\"char\"", () -> "" + (char) ('!' + random.nextInt(90))).odd("", "\\"));
        all.add(kind("citext", () -> text(10)).arrives("text").odd("", "Ab"));
        all.add(
                kind("bytea", () -> "\\x" + hex(random.nextInt(40)))
                        .odd("\\x", "\\x00", "\\x5c78"));
        all.add(
                kind("json", this::json)
                        .odd(
                                "null",
                                "{\"a\": 1,  \"a\": 2}",
                                "[]",
                                "\"\\u0041\\n\"",
                                "1e999",
                                " 1.0 "));
        all.add(
                kind("jsonb", this::json)
                        .odd("null", "{\"a\": 1,  \"a\": 2}", "1.500", "-0", "{\"汉\": [1, null]}"));
        all.add(kind("jsonpath", () -> "$.a" + random.nextInt(9) + "[*] ? (@ > 1)"));
        all.add(
                kind("xml", () -> "<a b=\"" + random.nextInt() + "\">汉&amp;😀<c/></a>")
                        .odd("", "a<b/>c", "<?xml version=\"1.0\"?><a/>", "<!-- x --><a> </a>"));
        all.add(kind("tsvector", () -> "'a':" + (1 + random.nextInt(99)) + "A '汉字':2,3"));
        all.add(kind("tsquery", () -> "'a" + random.nextInt(9) + "' & !'b':*A <2> '汉'"));
    }

    private String text(int most) {
        var text = new StringBuilder();
        for (var left = random.nextInt(most + 1); left > 0; left--) {
            var piece = PIECES[random.nextInt(PIECES.length)];
            if (piece.codePointCount(0, piece.length()) > left) break;
            left -= piece.codePointCount(0, piece.length()) - 1;
            text.append(piece);
        }
        return text.toString();
    }

    private String hex(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String json() {
        return "{\"n\": %d, \"list\": [true, null, %s], \"文\": \"😀\\t\\u4e2d\"}"
                .formatted(random.nextLong(), decimal(20, 3).replaceAll("^(-?)0+(?=\\d)", "$1"));
    }

    private void times(List<Kind> all) {
        all.add(
                kind("date", this::date)
                        .odd(
                                "0001-01-01",
                                "0044-03-15 BC",
                                "4713-01-01 BC",
                                "9999-12-31",
                                "10000-01-01",
                                "1900-02-28",
                                "1900-03-01",
                                "1582-10-10",
                                "2024-02-29")
                        .refused("infinity", "-infinity"));
        for (var type :
                List.of(
                        "timestamp without time zone",
                        "timestamp(3) without time zone",
                        "timestamp with time zone",
                        "timestamp(0) with time zone"))
            all.add(
                    kind(type, () -> date() + " " + time())
                            .odd(
                                    "0044-03-15 12:00:00.000001 BC",
                                    "0001-01-01 00:00:00",
                                    "9999-12-31 23:59:59.999",
                                    "1969-12-31 23:59:59.999999",
                                    "1940-06-01 00:30:00",
                                    "1986-05-04 02:30:00")
                            .refused("infinity", "-infinity", "294276-12-31 12:00:00"));
        all.add(
                kind("time without time zone", this::time)
                        .odd("24:00", "00:00", "23:59:59.999999"));
        all.add(kind("time(2) without time zone", this::time).odd("24:00"));
        all.add(kind("time with time zone", () -> time() + "+08:05:43").odd("24:00-15:59"));
        all.add(
                kind("interval", this::interval)
                        .odd(
                                "0",
                                "infinity",
                                "-infinity",
                                "-178000000 years",
                                "1 mon -30 days",
                                "-00:00:00.000001"));
        all.add(kind("interval year to month", () -> random.nextInt(99) + " years 3 mons"));
        all.add(kind("interval(2)", this::interval));
    }

    private String date() {
        return "%04d-%02d-%02d"
                .formatted(
                        1 + random.nextInt(9999), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private String time() {
        return "%02d:%02d:%02d.%06d"
                .formatted(
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1_000_000));
    }

    private String interval() {
        return "%d years %d mons %d days %d:%02d:%02d.%06d"
                .formatted(
                        random.nextInt(200) - 100,
                        random.nextInt(24) - 12,
                        random.nextInt(99) - 50,
                        random.nextInt(99),
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1_000_000));
    }

    private void others(List<Kind> all) {
        all.add(kind("uuid", () -> new UUID(random.nextLong(), random.nextLong()).toString()));
        all.add(
                kind(
                                "inet",
                                () ->
                                        "10.%d.0.1/%d"
                                                .formatted(random.nextInt(256), random.nextInt(33)))
                        .odd("::ffff:1.2.3.4/120", "::"));
        all.add(
                kind("cidr", () -> "10.%d.0.0/16".formatted(random.nextInt(256)))
                        .odd("2001:db8::/32"));
        all.add(kind("macaddr", () -> colons(6)));
        all.add(kind("macaddr8", () -> colons(8)));
        all.add(kind("bit(4)", () -> bits(4)));
        all.add(kind("bit varying(10)", () -> bits(random.nextInt(11))).odd(""));
        all.add(kind("bit varying", () -> bits(random.nextInt(70))));
        all.add(kind("int4range", () -> range("", 9, false)).odd("empty", "(,)", "[5,)"));
        all.add(kind("int8range", () -> range("", 9_000, false)));
        all.add(kind("numrange", () -> range("0.", 9, true)).odd("(,NaN)", "[-Infinity,1.50)"));
        all.add(kind("daterange", () -> "[" + date() + ",infinity)").odd("(,)", "empty"));
        all.add(kind("tsrange", () -> "[" + date() + ",)").odd("[-infinity,infinity]"));
        all.add(kind("tstzrange", () -> "[" + date() + " " + time() + ",)"));
        all.add(
                kind("int4multirange", () -> "{[1,3), [" + (5 + random.nextInt(9)) + ",)}")
                        .odd("{}"));
        all.add(kind("nummultirange", () -> "{[0.10,0.5), (1,2]}"));
        all.add(
                kind("point", () -> "(%s,%s)".formatted(random.nextGaussian(), random.nextInt()))
                        .odd("(NaN,Infinity)", "(-0,1e-300)"));
        all.add(
                kind(
                        "line",
                        () -> "{%d,%s,3}".formatted(1 + random.nextInt(9), random.nextGaussian())));
        all.add(kind("lseg", () -> "[(%s,1),(2,3)]".formatted(random.nextGaussian())));
        all.add(kind("box", () -> "(%d,9),(1,2)".formatted(2 + random.nextInt(9))));
        all.add(
                kind("path", () -> "[(1,2),(%s,4)]".formatted(random.nextGaussian()))
                        .odd("((1,2),(3,4))"));
        all.add(kind("polygon", () -> "((1,2),(3,%s),(0,0))".formatted(random.nextGaussian())));
        all.add(kind("circle", () -> "<(1,2),%d>".formatted(random.nextInt(9))));
        all.add(
                kind(
                        "pg_lsn",
                        () ->
                                Long.toHexString(random.nextInt(9999)).toUpperCase(Locale.ROOT)
                                        + "/1F"));
        all.add(kind("pg_snapshot", () -> "10:%d:10,14".formatted(20 + random.nextInt(9))));
        all.add(kind("oid", () -> "" + random.nextLong(1L << 32)).odd("4294967295"));
        all.add(kind("int2vector", () -> "1 2 " + random.nextInt(99)));
        all.add(kind("oidvector", () -> "1 2 " + random.nextInt(99)));
    }

    private String colons(int bytes) {
        return hex(bytes).replaceAll("(..)(?=.)", "$1:");
    }

    private String bits(int length) {
        var bits = new StringBuilder();
        for (var i = 0; i < length; i++) bits.append(random.nextInt(2));
        return bits.toString();
    }

    private String range(String before, int most, boolean closed) {
        var from = random.nextInt(most);
        return "[" + before + from + "," + (from + 1 + random.nextInt(most)) + (closed ? "]" : ")");
    }

    private void arrays(List<Kind> all) {
        all.add(
                kind("integer[]", () -> list(() -> "" + random.nextInt()))
                        .odd(
                                "{}",
                                "{NULL}",
                                "{{1,2},{3,NULL}}",
                                "[0:1]={1,2}",
                                "[-1:0][2:2]={{1},{2}}"));
        all.add(kind("bigint[]", () -> list(() -> "" + random.nextLong())));
        all.add(kind("numeric[]", () -> list(() -> decimal(9, 3))).odd("{NaN,Infinity,1.50}"));
        all.add(
                kind("double precision[]", () -> list(() -> "" + random.nextGaussian()))
                        .odd("{NaN,-0,Infinity}"));
        all.add(kind("boolean[]", () -> list(() -> random.nextBoolean() ? "t" : "f")));
        all.add(
                kind("text[]", () -> list(() -> quoted(text(9))))
                        .odd("{}", "{\"\",NULL,\"NULL\"}", "{{\"a\",\"b,c\"},{\"\\\"\",NULL}}"));
        all.add(kind("character(3)[]", () -> list(() -> quoted(text(3)))));
        all.add(kind("character varying(9)[]", () -> list(() -> quoted(text(9)))));
        all.add(kind("bytea[]", () -> list(() -> "\"\\\\x" + hex(3) + "\"")));
        all.add(kind("date[]", () -> list(this::date)).odd("{infinity,\"0044-03-15 BC\"}"));
        all.add(
                kind(
                        "timestamp with time zone[]",
                        () -> list(() -> "\"" + date() + " " + time() + "\"")));
        all.add(kind("interval[]", () -> list(() -> quoted(interval()))));
        all.add(kind("jsonb[]", () -> list(() -> quoted(json()))));
        all.add(kind("uuid[]", () -> list(() -> new UUID(random.nextLong(), 1).toString())));
        all.add(kind("inet[]", () -> list(() -> "10.0.0." + random.nextInt(256))));
        all.add(kind("int4range[]", () -> list(() -> quoted(range("", 9, false)))));
        all.add(kind("money[]", () -> list(() -> decimal(5, 2))).arrives("numeric[]"));
        all.add(kind("mood[]", () -> list(() -> "glad")).arrives("text[]").odd("{sad,NULL,很好}"));
        all.add(kind("postcode[]", () -> list(() -> "100000")).arrives("text[]"));
        all.add(
                kind("pair[]", () -> list(() -> quoted("(1,\"" + random.nextInt() + " x\")")))
                        .arrives("text[]"));
    }

    private String list(Supplier<String> element) {
        var list = new ArrayList<String>();
        for (var i = random.nextInt(4); i >= 0; i--)
            list.add(random.nextInt(5) == 0 ? "NULL" : element.get());
        return "{" + String.join(",", list) + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void made(List<Kind> all) {
        all.add(kind("mood", () -> random.nextBoolean() ? "sad" : "很好").arrives("text"));
        all.add(
                kind("postcode", () -> "%06d".formatted(random.nextInt(1_000_000)))
                        .arrives("text"));
        all.add(kind("age", () -> "" + random.nextInt(201)).arrives("integer"));
        all.add(kind("rate", () -> decimal(5, 2)).arrives("numeric(7,2)").refused("NaN"));
        all.add(kind("padded", () -> text(5)).arrives("character(5)").odd("", "a", "a  "));
        all.add(
                kind("marks", () -> list(() -> "" + random.nextInt(9)))
                        .arrives("integer[]")
                        .odd("{}", "[0:1]={1,2}"));
        all.add(
                kind("pair", () -> "(%d,%s)".formatted(random.nextInt(), record(text(9))))
                        .arrives("text")
                        .odd("(,)", "(1,\"\")", "(,\"NULL\")"));
        all.add(
                kind("nest", () -> "(\"(1,x)\",\"%s %s\",\"{a,NULL}\",b)".formatted(date(), time()))
                        .arrives("text")
                        .odd("(,,,)", "(\"(,)\",infinity,{},)"));
        all.add(
                kind("span", () -> "[%s,9e9)".formatted(random.nextGaussian()))
                        .arrives("text")
                        .odd("empty", "(,NaN)"));
    }

    private static String record(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\"\"") + '"';
    }
}
