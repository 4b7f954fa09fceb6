package shuqiao.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import shuqiao.engine.WireFailure.DatabaseError;

/**
 * What does not go from one database into the encoding of another. A server tells the bytes and not
 * the column, so the source is asked once more, for a while.
 */
final class Encodings {

    static final String NONE = "SQL_ASCII";
    private static final String NOT_REPRESENTED = "22P05";
    private static final String NOT_VALID = "22021";

    private static final Duration LOOK = Duration.ofSeconds(30);

    /** Rows at which a database without an encoding is looked at for bytes that are no UTF-8. */
    private static final int ROWS_LOOKED_AT = 50_000;

    /** Characters that are named. */
    private static final int NAMED_MAX = 5;

    private static final Map<String, String> CHARSETS =
            Map.ofEntries(
                    Map.entry("EUC_CN", "GB2312"),
                    Map.entry("EUC_JP", "EUC-JP"),
                    Map.entry("EUC_KR", "EUC-KR"),
                    Map.entry("EUC_TW", "x-EUC-TW"),
                    Map.entry("LATIN1", "ISO-8859-1"),
                    Map.entry("LATIN2", "ISO-8859-2"),
                    Map.entry("LATIN5", "ISO-8859-9"),
                    Map.entry("LATIN9", "ISO-8859-15"),
                    Map.entry("WIN1250", "windows-1250"),
                    Map.entry("WIN1251", "windows-1251"),
                    Map.entry("WIN1252", "windows-1252"),
                    Map.entry("KOI8R", "KOI8-R"));

    private Encodings() {}

    /**
     * Before a table is made.
     *
     * @throws EngineFailure target-encoding-name
     */
    static void requireNames(WireConnection to, CompiledScope compiled) {
        for (var column : compiled.columns()) {
            var lacking = lacking(column.name(), to.serverEncoding());
            if (lacking.isEmpty()) continue;
            throw new EngineFailure(
                    Reason.TARGET_ENCODING_NAME,
                    Map.of(
                            "field", column.name(),
                            "characters", lacking,
                            "encoding", to.serverEncoding()));
        }
    }

    /** Characters that the encoding of a server does not have; empty where we do not know it. */
    static String lacking(String text, String encoding) {
        var name = CHARSETS.get(encoding);
        if (name == null || !Charset.isSupported(name)) return "";
        var encoder = Charset.forName(name).newEncoder();
        return text.codePoints()
                .distinct()
                .mapToObj(Character::toString)
                .filter(one -> !encoder.canEncode(one))
                .collect(Collectors.joining());
    }

    /** A text of which the encoding has every character. */
    static String fit(String text, String encoding) {
        var lacking = lacking(text, encoding);
        if (lacking.isEmpty()) return text;
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(one -> lacking.contains(one) ? "?" : one)
                .collect(Collectors.joining());
    }

    /**
     * What an error about characters is about; the failure as it is told without a look where the
     * source does not say.
     *
     * @param encoding of the target
     */
    static EngineFailure meaning(
            DatabaseError error, Endpoint source, Scope scope, HashKey key, String encoding) {
        var ofTarget = error.side() == Side.TARGET && error.sqlState().equals(NOT_REPRESENTED);
        var ofSource = error.side() == Side.SOURCE && error.sqlState().equals(NOT_VALID);
        var told = Failures.of(error);
        if (!ofTarget && !ofSource) return told;
        try (var session = WireConnection.open(Side.SOURCE, source)) {
            Snapshot.begin(session);
            session.bound(LOOK);
            var compiled = CopyRun.compiled(session, scope, key);
            compiled.select().bind(session);
            var found =
                    ofTarget
                            ? notRepresented(session, compiled, encoding, error)
                            : notValid(session, compiled, scope, error);
            return found.orElse(told);
        } catch (WireFailure | EngineFailure notNow) {
            return told;
        }
    }

    private static Optional<EngineFailure> notRepresented(
            WireConnection session, CompiledScope compiled, String encoding, DatabaseError error) {
        for (var at = 0; at < compiled.columns().size(); at++) {
            if (!isText(compiled.columns().get(at))) continue;
            var rows = rows(compiled);
            var column = "t.c" + at + "::pg_catalog.text";
            var characters =
                    session
                            .theirs(() ->
                                    session.query(
                                            "select distinct pg_catalog.unnest(pg_catalog.string_to_array(%s, null)) from %s"
                                                    .formatted(column, rows)))
                            .stream()
                            .map(row -> row.find(0).orElse(""))
                            .collect(Collectors.joining());
            var lacking = lacking(characters, encoding);
            if (lacking.isEmpty()) continue;
            var count =
                    session.theirs(() ->
                            session.one(
                                    "select pg_catalog.count(*) from %s where pg_catalog.translate(%2$s, $1, '') operator(pg_catalog.<>) %2$s collate pg_catalog.\"C\""
                                            .formatted(rows, column),
                                    lacking));
            var facts = new HashMap<String, String>();
            facts.put("field", compiled.columns().get(at).name());
            facts.put("characters", first(lacking));
            facts.put("rows", String.valueOf(count.number(0)));
            facts.put("encoding", encoding);
            return Optional.of(new EngineFailure(Reason.TARGET_ENCODING, facts, error));
        }
        return Optional.empty();
    }

    /** Of a database without an encoding the texts come as bytes. */
    private static Optional<EngineFailure> notValid(
            WireConnection session, CompiledScope compiled, Scope scope, DatabaseError error) {
        if (!session.serverEncoding().equals(NONE)) return Optional.empty();
        for (var at = 0; at < compiled.columns().size(); at++) {
            if (!isText(compiled.columns().get(at))) continue;
            var text =
                    "select pg_catalog.encode(pg_catalog.convert_to(t.c%1$d::pg_catalog.text, 'SQL_ASCII'), 'hex') from %2$s where t.c%1$d::pg_catalog.text operator(pg_catalog.~) '[^\\x01-\\x7f]' collate pg_catalog.\"C\" limit %3$d"
                            .formatted(at, rows(compiled), ROWS_LOOKED_AT);
            var wrong =
                    session.theirs(() -> session.query(text)).stream()
                            .filter(row -> !isUtf8(HexFormat.of().parseHex(row.text(0))))
                            .count();
            if (wrong == 0) continue;
            return Optional.of(
                    new EngineFailure(
                            Reason.SOURCE_ENCODING,
                            Map.of(
                                    "table", scope.label(),
                                    "field", compiled.columns().get(at).name(),
                                    "rows", String.valueOf(wrong)),
                            error));
        }
        return Optional.empty();
    }

    private static String rows(CompiledScope compiled) {
        var names =
                IntStream.range(0, compiled.columns().size())
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", "));
        return "(%s) t(%s)".formatted(compiled.texts(""), names);
    }

    private static boolean isText(TargetColumn column) {
        return List.of("text", "char", "bpchar", "json", "xml", "name").stream()
                .anyMatch(column.type()::startsWith);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException inAnother) {
            return false;
        }
    }

    private static String first(String characters) {
        var count = characters.codePointCount(0, characters.length());
        return characters.substring(
                0, characters.offsetByCodePoints(0, Math.min(count, NAMED_MAX)));
    }
}
