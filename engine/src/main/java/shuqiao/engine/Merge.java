package shuqiao.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import shuqiao.engine.WireFailure.DatabaseError;

/**
 * Brings the staged rows into a table that the consumer keeps, inside the copy's transaction: rows
 * known by their key are corrected in the mapped columns where they differ, others are added.
 * Whoever else would write the table waits meanwhile; readers do not.
 */
final class Merge {

    /** Types that hold every value of the one they stand for, exactly. */
    private static final Map<String, Set<String>> WIDER =
            Map.of(
                    "smallint", Set.of("integer", "bigint", "numeric"),
                    "integer", Set.of("bigint", "numeric"),
                    "bigint", Set.of("numeric"),
                    "real", Set.of("double precision"));

    /** A value of these is equal to itself only. */
    private static final Set<String> ONE_SPELLING =
            Set.of("smallint", "integer", "bigint", "uuid", "date", "boolean", "bytea");

    private static final Set<String> WORDS = Set.of("text", "varchar");

    private final WireConnection target;
    private final CopyRequest request;
    private final Into into;
    private final List<Pair> pairs;
    private final String name;

    private Merge(WireConnection target, CopyRequest request, Into into, List<Pair> pairs) {
        this.target = target;
        this.request = request;
        this.into = into;
        this.pairs = pairs;
        this.name = PostgresDialect.quoted(request.targetSchema(), request.targetTable());
    }

    /** A field and the column that it fills. */
    private record Pair(TargetColumn field, Column column) {

        private String stored() {
            return PostgresDialect.quoted(column.name());
        }

        /** The staged value in the column's type: the same value, see {@link #fits}. */
        private String staged() {
            var quoted = "s." + PostgresDialect.quoted(field.name());
            return field.type().equals(column.type())
                    ? quoted
                    : quoted + "::" + PostgresDialect.type(column.type());
        }

        /** Whether two values that are equal, as 1.0 and 1.00 are, may differ all the same. */
        private boolean hasSpellings() {
            return !ONE_SPELLING.contains(column.type());
        }

        private boolean fits() {
            if (field.type().equals(column.type())) return true;
            if (!TypeText.isName(column.type())) return false;
            if (WIDER.getOrDefault(field.type(), Set.of()).contains(column.type())) return true;
            return isWords(field.type()) && WORDS.contains(column.base());
        }

        /** Longest that the column takes, where the field may be longer. */
        private OptionalInt room() {
            return field.type().equals(column.type()) ? OptionalInt.empty() : column.lengthMax();
        }

        private static boolean isWords(String type) {
            return type.equals("text") || type.startsWith("character varying");
        }
    }

    /**
     * Looks whether the table can take the fields.
     *
     * @throws EngineFailure naming the column
     */
    static Merge prepare(
            WireConnection target, CopyRequest request, Into into, CompiledScope compiled) {
        var label = request.targetLabel();
        var table =
                new Catalogue(target)
                        .table(request.targetSchema(), request.targetTable())
                        .orElseThrow(() ->
                                new EngineFailure(
                                        Reason.TABLE_VANISHED,
                                        Map.of("side", Side.TARGET.key(), "table", label)));
        if (table.summary().kind() != Table.Kind.TABLE
                && table.summary().kind() != Table.Kind.PARTITIONED)
            throw new EngineFailure(Reason.TARGET_NOT_A_TABLE, Map.of("table", label));
        var pairs = new ArrayList<Pair>();
        for (var entry : into.columns().entrySet())
            pairs.add(pair(table, field(compiled, entry.getKey()), entry.getValue()));
        for (var column : table.columns())
            if (!into.columns().containsValue(column.name()) && mustBeFilled(column))
                throw TargetDiffers.required(label, column.name(), column.type());
        requireKey(table, into.key());
        return new Merge(target, request, into, pairs);
    }

    private static TargetColumn field(CompiledScope compiled, String name) {
        return compiled.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EngineFailure(Reason.UNKNOWN_FIELD, Map.of("field", name)));
    }

    private static Pair pair(Table table, TargetColumn field, String name) {
        var column =
                table.column(name)
                        .orElseThrow(
                                () -> TargetDiffers.missing(table.label(), name, field.type()));
        if (column.generated()) throw TargetDiffers.generated(table.label(), name, column.type());
        var pair = new Pair(field, column);
        if (!pair.fits())
            throw TargetDiffers.type(table.label(), name, field.type(), column.type());
        return pair;
    }

    private static boolean mustBeFilled(Column column) {
        return !column.nullable()
                && !column.filledByItself()
                && !column.identity()
                && !column.generated();
    }

    private static void requireKey(Table table, List<String> key) {
        var wanted = new HashSet<>(key);
        if (wanted.equals(new HashSet<>(table.key()))) return;
        for (var unique : table.uniqueKeys()) if (wanted.equals(new HashSet<>(unique))) return;
        throw new EngineFailure(
                Reason.TARGET_KEY_MISSING,
                Map.of("table", table.label(), "key", String.join(", ", key)));
    }

    /** What was done, up to but without the commit. */
    record Done(long added, long corrected, long removed, List<String> more) {
        List<String> notes(long rows) {
            var notes =
                    new ArrayList<>(
                            List.of(
                                    "added: " + added,
                                    "corrected: " + corrected,
                                    "same: " + (rows - added - corrected),
                                    "removed: " + removed));
            notes.addAll(more);
            return notes;
        }
    }

    /** The table is locked by the caller, so that between two statements nobody writes it. */
    Done run(Staging staging) {
        var standing = Standing.on(target, request);
        standing.require();
        var before = FinalCheck.count(target, standing.name());
        BlindKeys.requireToldApart(target, standing, staging, staged());
        Done done;
        try {
            done = change(staging, standing);
        } catch (DatabaseError e) {
            throw standing.meaning(e);
        }
        var rows =
                into.absent() == Into.Absent.DELETE
                        ? FinalCheck.count(target, staging.quoted())
                        : before - done.removed() + done.added();
        FinalCheck.require(
                target,
                standing,
                staging,
                rows,
                pairs.stream().map(Pair::staged).toList(),
                pairs.stream().map(pair -> "t." + pair.stored()).toList(),
                known());
        var numbers =
                Sequences.advance(
                        target, standing, pairs.stream().map(p -> p.column().name()).toList());
        target.runTheirs("drop table " + staging.quoted());
        return new Done(done.added(), done.corrected(), done.removed(), numbers);
    }

    /** Without the look at what stands there afterwards. */
    Done change(Staging staging, Standing standing) {
        requireRoom(staging);
        requireKnown(staging);
        var known = known();
        var absent = into.absent() == Into.Absent.DELETE;
        if (absent) requireUnreferenced(staging, standing, known);
        var removed =
                absent
                        ? target.runTheirs(
                                "delete from %s t where not exists (select from %s s where %s)"
                                        .formatted(standing.name(), staging.quoted(), known))
                        : 0;
        var corrected = correct(staging, standing, known);
        var added =
                target.runTheirs(
                        "insert into %s (%s) overriding system value select %s from %s s where not exists (select from %s t where %s)"
                                .formatted(
                                        name,
                                        list(pairs.stream().map(Pair::stored).toList()),
                                        list(pairs.stream().map(Pair::staged).toList()),
                                        staging.quoted(),
                                        standing.name(),
                                        known));
        if (request.verifyFull()) verify(staging, standing, known);
        return new Done(added, corrected, removed, List.of());
    }

    private long correct(Staging staging, Standing standing, String known) {
        var others =
                pairs.stream()
                        .filter(pair ->
                                !into.key().contains(pair.column().name()) || pair.hasSpellings())
                        .toList();
        if (others.isEmpty()) return 0;
        var set = others.stream().map(pair -> pair.stored() + " = " + pair.staged()).toList();
        return target.runTheirs(
                "update %s t set %s from %s s where %s and not (%s)"
                        .formatted(
                                standing.name(), list(set), staging.quoted(), known, same(others)));
    }

    /**
     * Rows of the department that point at a row which is to go stay as they are, so that one may
     * not go.
     */
    private void requireUnreferenced(Staging staging, Standing standing, String known) {
        for (var by : standing.references()) {
            if (by.itself()) continue;
            if (!by.seen() && !by.isSilent()) continue; // the server refuses by itself
            var gone = "not exists (select from %s s where %s)".formatted(staging.quoted(), known);
            var points =
                    IntStream.range(0, by.columns().size())
                            .mapToObj(i ->
                                    "c.%s = t.%s"
                                            .formatted(
                                                    PostgresDialect.quoted(by.columns().get(i)),
                                                    PostgresDialect.quoted(by.referenced().get(i))))
                            .collect(Collectors.joining(" and "));
            var rows =
                    by.seen()
                            ? FinalCheck.count(
                                    target,
                                    "%s c where exists (select from %s t where %s and %s)"
                                            .formatted(
                                                    PostgresDialect.quoted(by.schema(), by.child()),
                                                    by.partition().orElse(standing.name()),
                                                    points,
                                                    gone))
                            : FinalCheck.count(
                                    target,
                                    by.partition().orElse(standing.name()) + " t where " + gone);
            if (rows > 0) throw standing.referenced(by, String.valueOf(rows));
        }
    }

    /** Every staged row stands in the table, byte for byte. */
    private void verify(Staging staging, Standing standing, String known) {
        var lost =
                FinalCheck.count(
                        target,
                        "%s s where not exists (select from %s t where %s and %s)"
                                .formatted(staging.quoted(), standing.name(), known, same(pairs)));
        if (lost == 0) return;
        var sent = FinalCheck.count(target, staging.quoted());
        if (standing.bends())
            throw standing.bent(String.valueOf(sent), String.valueOf(sent - lost));
        throw new EngineFailure(
                Reason.ROW_COUNT_MISMATCH,
                Map.of(
                        "sent", String.valueOf(sent),
                        "source", String.valueOf(sent),
                        "target", String.valueOf(sent - lost)));
    }

    /** A value that the column would cut is refused, whatever SQL would do with it. */
    private void requireRoom(Staging staging) {
        for (var pair : pairs) {
            var room = pair.room();
            if (room.isEmpty()) continue;
            var longer =
                    target.one(
                                    "select count(*) from %s s where pg_catalog.length(s.%s) > %d"
                                            .formatted(
                                                    staging.quoted(),
                                                    PostgresDialect.quoted(pair.field().name()),
                                                    room.getAsInt()))
                            .count(0);
            if (longer > 0)
                throw new EngineFailure(
                        Reason.VALUE_TOO_LONG,
                        Map.of(
                                "field", pair.column().name(),
                                "most", String.valueOf(room.getAsInt()),
                                "rows", String.valueOf(longer)));
        }
    }

    /** A delivery that tells two rows by one key, or a row by none, cannot be merged by it. */
    private void requireKnown(Staging staging) {
        var fields =
                pairs.stream()
                        .filter(pair -> into.key().contains(pair.column().name()))
                        .map(pair -> "s." + PostgresDialect.quoted(pair.field().name()))
                        .toList();
        var wrong =
                target.one(
                                "select count(*) from (select from %s s group by %s having count(*) > 1 or %s) w"
                                        .formatted(
                                                staging.quoted(),
                                                list(fields),
                                                String.join(
                                                        " or ",
                                                        fields.stream()
                                                                .map(field -> field + " is null")
                                                                .toList())))
                        .count(0);
        if (wrong > 0)
            throw new EngineFailure(
                    Reason.KEY_REPEATED,
                    Map.of(
                            "key", String.join(", ", into.key()),
                            "rows", String.valueOf(wrong)));
    }

    /** What fills each column. */
    private Map<String, String> staged() {
        return pairs.stream().collect(Collectors.toMap(pair -> pair.column().name(), Pair::staged));
    }

    private String known() {
        return String.join(
                " and ",
                pairs.stream()
                        .filter(pair -> into.key().contains(pair.column().name()))
                        .map(pair ->
                                "t." + pair.stored() + " operator(pg_catalog.=) " + pair.staged())
                        .toList());
    }

    /** Compares stored forms, because not every type can tell whether two values are equal. */
    private static String same(List<Pair> pairs) {
        return "row(%s)::pg_catalog.record operator(pg_catalog.*=) row(%s)::pg_catalog.record"
                .formatted(
                        list(pairs.stream().map(pair -> "t." + pair.stored()).toList()),
                        list(pairs.stream().map(Pair::staged).toList()));
    }

    private static String list(List<String> parts) {
        return String.join(", ", parts);
    }
}
