package shuqiao.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** How PostgreSQL writes names and what its types are worth to us. */
final class PostgresDialect {

    /** PostgreSQL cuts longer names silently; we refuse them. */
    static final int NAME_BYTES_MAX = 63;

    /** Their binary form means something in their own database only, or nothing can read it. */
    private static final Pattern NOT_CARRIED =
            Pattern.compile(
                    "reg[a-z]+|aclitem|pg_(?!lsn$|snapshot$).*|gtsvector|refcursor|cid|xid8?|tid");

    private static final Map<String, TypeKind> KINDS =
            Map.ofEntries(
                    Map.entry("text", TypeKind.TEXT),
                    Map.entry("varchar", TypeKind.TEXT),
                    Map.entry("bpchar", TypeKind.TEXT),
                    Map.entry("name", TypeKind.TEXT),
                    Map.entry("citext", TypeKind.TEXT),
                    Map.entry("int2", TypeKind.INTEGER),
                    Map.entry("int4", TypeKind.INTEGER),
                    Map.entry("int8", TypeKind.INTEGER),
                    Map.entry("numeric", TypeKind.NUMERIC),
                    Map.entry("float4", TypeKind.FLOAT),
                    Map.entry("float8", TypeKind.FLOAT),
                    Map.entry("bool", TypeKind.BOOLEAN),
                    Map.entry("date", TypeKind.DATE),
                    Map.entry("timestamp", TypeKind.TIMESTAMP),
                    Map.entry("timestamptz", TypeKind.TIMESTAMP_WITH_ZONE),
                    Map.entry("uuid", TypeKind.UUID));

    private static final Pattern UNQUALIFIED =
            Pattern.compile("([a-z_][a-z0-9_]*|\"char\")(\\([-0-9,]+\\))?(\\[\\])*");

    /** Names of the grammar itself, which no search path changes. */
    private static final Set<String> GRAMMAR =
            Set.of(
                    "smallint",
                    "integer",
                    "bigint",
                    "real",
                    "numeric",
                    "boolean",
                    "character",
                    "bit",
                    "interval");

    private static final Set<String> BY_LENGTH = Set.of("varchar", "bpchar");
    private static final int LENGTH_OVERHEAD = 4;

    private PostgresDialect() {}

    /**
     * Quotes an identifier, doubling the quote character as SQL-92 clause 5.2 asks.
     *
     * @throws EngineFailure name-too-long, also for an empty one and one with a zero character
     */
    static String quoted(String identifier) {
        if (!isName(identifier))
            throw new EngineFailure(Reason.NAME_TOO_LONG, Map.of("name", identifier));
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Whether PostgreSQL may have something of this name. */
    static boolean isName(String said) {
        var bytes = said.getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes <= NAME_BYTES_MAX && said.indexOf('\0') < 0;
    }

    static String quoted(String schema, String table) {
        return quoted(schema) + "." + quoted(table);
    }

    /** A text literal, for what takes no parameters: comments. */
    static String literal(String text) {
        var escaped = text.replace("\0", "").replace("\\", "\\\\").replace("'", "''");
        return " E'" + escaped + "'";
    }

    /** A type as the catalogue describes it, with that of an array's elements. */
    record TypeFacts(char type, String namespace, String name, char category) {
        private boolean isBuiltIn() {
            return namespace.equals("pg_catalog");
        }

        private boolean isCarried() {
            return isData() && isBuiltIn() && TypeText.isKnown(name);
        }

        private boolean isData() {
            return type == 'b' || type == 'r' || type == 'm';
        }

        /** Also what PostgreSQL's relatives call built in. */
        private boolean isCarriedAsText() {
            if (type == 'e' || type == 'd' || type == 'c') return true;
            return isData() && !(isBuiltIn() && NOT_CARRIED.matcher(name).matches());
        }

        /** How many of its digits stand after the point depends on the server's locale. */
        private boolean isMoney() {
            return isBuiltIn() && name.equals("money");
        }
    }

    /**
     * The type in a target: the same, or numeric for money, or text for enums, composites and types
     * that somebody made; empty for the rest.
     *
     * @param type that a domain stands for, where it is one
     */
    static Optional<String> carried(TypeFacts type, Optional<TypeFacts> element, int modifier) {
        if (type.type() == 'b' && element.isPresent()) {
            if (element.get().isMoney()) return Optional.of("numeric[]");
            if (element.get().isCarried()) return written(type, element, modifier);
            return element.get().isCarriedAsText() ? Optional.of("text[]") : Optional.empty();
        }
        if (type.isMoney()) return Optional.of("numeric");
        if (type.isCarried()) return written(type, element, modifier);
        return type.isCarriedAsText() ? Optional.of("text") : Optional.empty();
    }

    /** A built-in type or an array of one in words of ours; empty for every other. */
    static Optional<String> written(TypeFacts type, Optional<TypeFacts> element, int modifier) {
        if (!type.isData() || !type.isBuiltIn()) return Optional.empty();
        if (element.isEmpty() || TypeText.isKnown(type.name()))
            return TypeText.of(type.name(), modifier);
        return element.filter(it -> it.isData() && it.isBuiltIn())
                .flatMap(it -> TypeText.of(it.name(), modifier))
                .map(text -> text + "[]");
    }

    static TypeKind kind(TypeFacts base) {
        if (base.type() == 'e') return TypeKind.ENUM;
        if (base.type() != 'b' || (!base.isBuiltIn() && !base.name().equals("citext")))
            return TypeKind.OTHER;
        return KINDS.getOrDefault(base.name(), TypeKind.OTHER);
    }

    static OptionalInt lengthMax(String base, int modifier) {
        return BY_LENGTH.contains(base) && modifier > LENGTH_OVERHEAD
                ? OptionalInt.of(modifier - LENGTH_OVERHEAD)
                : OptionalInt.empty();
    }

    /**
     * A type as {@code format_type} prints it under an empty search path, so that no type of the
     * same name stands in for a built-in one under another path.
     */
    static String type(String printed) {
        var name = UNQUALIFIED.matcher(printed);
        return name.matches() && !GRAMMAR.contains(name.group(1))
                ? "pg_catalog." + printed
                : printed;
    }

    static String list(List<String> names) {
        return String.join(", ", names.stream().map(PostgresDialect::quoted).toList());
    }
}
