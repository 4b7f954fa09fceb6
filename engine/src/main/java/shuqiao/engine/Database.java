package shuqiao.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Questions to a database; all throw {@link EngineFailure}. Each opens a session of its own and
 * closes it, unless there is one that is held.
 */
public final class Database {

    private static final int ENCODING_MAX = 32;

    /** Rows of a table at which its description looks, and for how long. */
    private static final int LOOKED_AT = 10_000;

    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final String QUERY_CANCELED = "57014";

    /** Characters of a sample. */
    private static final int SAMPLE_MAX = 1_000;

    private static final java.util.regex.Pattern PLANNED_ROWS =
            java.util.regex.Pattern.compile("rows=([0-9]{1,18})(?![0-9])");

    /** How a question gets its session. */
    private interface Sessions {
        <T> T in(Side side, Function<WireConnection, T> work);
    }

    private final Sessions sessions;

    /** Of which each question gets a session of its own. */
    public Database(Endpoint endpoint) {
        this.sessions =
                new Sessions() {
                    @Override
                    public <T> T in(Side side, Function<WireConnection, T> work) {
                        try (var session = WireConnection.open(side, endpoint)) {
                            return work.apply(session);
                        }
                    }
                };
    }

    /** Of which all questions are asked in one session. */
    public Database(HeldSession held) {
        this.sessions =
                new Sessions() {
                    @Override
                    public <T> T in(Side side, Function<WireConnection, T> work) {
                        return work.apply(held.next());
                    }
                };
    }

    /**
     * What a connection test shows.
     *
     * @param encoding in which the database keeps its texts, as it calls it
     * @param limits that its administrator has set for our account
     * @param latency one round trip in an open session
     */
    public record Report(
            String serverVersion,
            String encoding,
            List<Limit> limits,
            String user,
            boolean superuser,
            boolean readOnly,
            Duration latency,
            Identity identity) {

        public Report {
            limits = List.copyOf(limits);
        }

        /** Whether the database does not know in what encoding its texts are. */
        public boolean hasNoEncoding() {
            return encoding.equals("SQL_ASCII");
        }
    }

    /**
     * A bound on what our account may do there.
     *
     * @param name of the setting
     * @param value with its unit, as PostgreSQL writes it: {@code 30s}, {@code 1GB}
     */
    public record Limit(String name, String value) {}

    /** Tells databases apart however they are addressed. */
    public record Identity(
            String postmasterStart, String databaseOid, String database, boolean superuser) {

        /** Whether both are databases of one running server. */
        public boolean isOfSameServer(Identity other) {
            return postmasterStart.equals(other.postmasterStart);
        }
    }

    public Report test() {
        return in(session -> {
            var start = System.nanoTime();
            var row =
                    session.one(
                            """
                            select current_user, (select rolsuper from pg_roles where rolname = current_user),
                              pg_is_in_recovery() or current_setting('transaction_read_only')::boolean,
                              current_setting('server_encoding')
                            """);
            var latency = Duration.ofNanos(System.nanoTime() - start);
            return new Report(
                    session.serverVersion(),
                    Shown.line(row.text(3), ENCODING_MAX),
                    RoleLimits.of(session),
                    Shown.line(row.text(0)),
                    row.flag(1),
                    row.flag(2),
                    latency,
                    identity(session));
        });
    }

    public Identity identity() {
        return in(Database::identity);
    }

    /**
     * What became of a copy that had its last word, asked at its target. Sessions that it may have
     * left there are ended.
     *
     * @throws EngineFailure when the target does not say so now
     */
    public Fate fate(Mark mark, Attempt attempt, String schema, String table) {
        return inTarget(session -> Marker.fate(session, mark, attempt, schema, table));
    }

    /** Schemas our user may look into, without those of the system. */
    public List<String> schemas() {
        return in(session -> new Catalogue(session).schemas());
    }

    /**
     * A piece of the tables of a schema.
     *
     * @param all how many there are in the whole list
     */
    public record Tables(List<Table.Summary> piece, long all) {}

    /**
     * Of the tables whose name or comment holds the words, in order of name, those after the first.
     *
     * @param words empty for every table
     * @param limit at most so many
     * @param before so many are left out
     */
    public Tables tables(String schema, String words, int limit, long before) {
        return in(session -> {
            var catalogue = new Catalogue(session);
            return new Tables(
                    catalogue.tables(schema, words, limit, before), catalogue.count(schema, words));
        });
    }

    /** Those of these names that there are, in order of name. */
    public List<Table.Summary> tables(String schema, Collection<String> names) {
        return in(session -> new Catalogue(session).tables(schema, names));
    }

    /**
     * A table with its columns and keys, and what stands under it. A column of which one of the
     * first rows is the number of a large object is not carried.
     *
     * @throws EngineFailure table-vanished when there is none of this name
     */
    public Table table(String schema, String name) {
        return in(session -> {
            var table =
                    new Catalogue(session)
                            .table(schema, name)
                            .orElseThrow(() -> SourceChanged.vanished(schema + "." + name));
            var hearsay = Hearsay.under(session, schema, name);
            return table.looked(withLargeObjects(session, table), hearsay);
        });
    }

    /** What a look tells that neither takes long nor fails. */
    private static Set<String> withLargeObjects(WireConnection session, Table table) {
        if (!LargeObjects.mayBeIn(table)) return Set.of();
        Snapshot.begin(session);
        session.bound(LOOK);
        try {
            var found = LargeObjects.among(session, table, LOOKED_AT);
            session.run("commit");
            return found;
        } catch (WireFailure.DatabaseError notNow) {
            session.run("rollback"); // the copy looks at every row, and says what is in the way
            return Set.of();
        }
    }

    /** Drops what killed copies left behind; see {@link Staging#sweep}. Returns how many. */
    public int sweep() {
        return inTarget(Staging::sweep);
    }

    /**
     * The SELECT that a copy of this scope would run now, for a DBA to read. Values are not in it.
     *
     * @throws SourceChanged naming the field that is no longer what it was
     */
    public String select(Scope scope) {
        var key = new HashKey(new byte[32]);
        return in(session -> CopyRun.compiled(session, scope, key).select().text());
    }

    /** Order-free digest of a whole table, to be compared with another's. */
    public TableDigest digest(String schema, String name) {
        var table = table(schema, name);
        return in(session -> TableDigest.of(session, table));
    }

    /** Order-free digest of what a scope grants at this moment. */
    public TableDigest digest(Scope scope, HashKey key) {
        return in(session -> TableDigest.of(session, scope, key));
    }

    /**
     * How many rows there are.
     *
     * @param exact false when counting took too long, so that it is the server's own estimate
     */
    public record Count(long rows, boolean exact) {}

    /** How many rows a scope gives at this moment; an estimate when counting takes too long. */
    public Count count(Scope scope, Duration patience) {
        return in(session -> {
            var compiled = compiled(session, scope, new HashKey(new byte[32]), patience);
            try {
                var text = "select pg_catalog.count(*) from (" + compiled.select().text() + ") t";
                var rows = session.theirs(() -> session.one(text)).count(0);
                session.run("commit");
                return new Count(rows, true);
            } catch (WireFailure.DatabaseError slow) {
                if (!slow.sqlState().equals(QUERY_CANCELED)) throw slow;
                session.run("rollback");
            }
            var again = compiled(session, scope, new HashKey(new byte[32]), patience);
            var plan = session.theirs(() -> plan(session, again));
            session.run("commit");
            var estimate = PLANNED_ROWS.matcher(plan);
            return new Count(estimate.find() ? Long.parseLong(estimate.group(1)) : 0, false);
        });
    }

    /**
     * One value of each field as it would arrive under this scope, in text form: the first of a few
     * rows that is not null, its first 1,000 characters. Empty where there is none.
     */
    public List<Optional<String>> sample(Scope scope, HashKey key, int rowsMax, Duration patience) {
        return in(session -> {
            var compiled = compiled(session, scope, key, patience);
            var text = cut(compiled, rowsMax);
            var rows = session.theirs(() -> session.query(text));
            session.run("commit");
            return java.util.stream.IntStream.range(0, compiled.columns().size())
                    .mapToObj(at -> rows.stream().flatMap(row -> row.find(at).stream()).findFirst())
                    .toList();
        });
    }

    /** The first rows of a scope in text form, long values cut by the server. */
    private static String cut(CompiledScope compiled, int rowsMax) {
        var names =
                java.util.stream.IntStream.range(0, compiled.columns().size())
                        .mapToObj(at -> "c" + at)
                        .toList();
        return "select %s from (%s) t(%s)"
                .formatted(
                        names.stream()
                                .map(name ->
                                        "case when pg_catalog.num_nulls(%1$s) operator(pg_catalog.=) 0 then pg_catalog.left(pg_catalog.format('%%s', %1$s), %2$d) end"
                                                .formatted(name, SAMPLE_MAX))
                                .collect(java.util.stream.Collectors.joining(", ")),
                        compiled.texts(" limit " + rowsMax),
                        String.join(", ", names));
    }

    private static String plan(WireConnection session, CompiledScope compiled) {
        return session.query("explain " + compiled.select().text()).stream()
                .findFirst()
                .map(row -> row.text(0))
                .orElse("");
    }

    /**
     * Sketches of the values of some columns, made where they are: only hashes come over, and no
     * key is told. Columns that are not there, those that take too long, and those of which the
     * server says anything but hashes, are left out.
     *
     * @param each how long one column may take, the limit of the source apart
     * @param all after which no further column is begun
     */
    public Map<String, ValueSketch> sketches(
            String schema, String table, List<String> columns, Duration each, Duration all) {
        return in(session -> {
            var live =
                    new Catalogue(session)
                            .table(schema, table)
                            .orElseThrow(() -> SourceChanged.vanished(schema + "." + table));
            var end = System.nanoTime() + all.toNanos();
            var sketches = new LinkedHashMap<String, ValueSketch>();
            for (var column : columns) {
                if (live.column(column).isEmpty() || System.nanoTime() > end) continue;
                sketch(session, schema, table, column, each)
                        .ifPresent(it -> sketches.put(column, it));
            }
            return sketches;
        });
    }

    private static Optional<ValueSketch> sketch(
            WireConnection session, String schema, String table, String column, Duration patience) {
        session.run("begin isolation level repeatable read read only");
        session.bound(patience);
        session.run(TextForm.SETTINGS);
        try {
            var sketch = ValueSketch.read(session, schema, table, column, ValueSketch.SIZE);
            session.run("commit");
            return sketch;
        } catch (WireFailure.DatabaseError slow) {
            if (!slow.sqlState().equals(QUERY_CANCELED)) throw slow;
            session.run("rollback");
            return Optional.empty();
        }
    }

    /** Begins a read-only transaction of bounded statements in which the scope can be read. */
    private static CompiledScope compiled(
            WireConnection session, Scope scope, HashKey key, Duration patience) {
        Snapshot.begin(session);
        session.bound(patience);
        var live =
                new Catalogue(session)
                        .table(scope.schema(), scope.table())
                        .orElseThrow(() -> SourceChanged.vanished(scope.label()));
        var compiled = CompiledScope.of(scope, live, key, session.serverEncoding());
        compiled.select().bind(session);
        return compiled;
    }

    static Identity identity(WireConnection session) {
        var row =
                session.one(
                        """
                        select (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint, oid, datname,
                          (select rolsuper from pg_roles where rolname = current_user)
                        from pg_database where datname = current_database()
                        """);
        return new Identity(
                String.valueOf(row.number(0)),
                String.valueOf(row.number(1)),
                Shown.line(row.text(2)),
                row.flag(3));
    }

    private <T> T in(Function<WireConnection, T> work) {
        return in(Side.SOURCE, work);
    }

    private <T> T inTarget(Function<WireConnection, T> work) {
        return in(Side.TARGET, work);
    }

    private <T> T in(Side side, Function<WireConnection, T> work) {
        try {
            return sessions.in(side, work);
        } catch (WireFailure e) {
            throw Failures.of(e);
        }
    }
}
