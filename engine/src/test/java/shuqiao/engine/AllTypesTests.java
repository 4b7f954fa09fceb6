package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import shuqiao.engine.AllTypes.Kind;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * Random values of every type, and the odd ones: row by row the same text and the same bytes in a
 * table, in a kept table and in each kind of file, or refused by the name of the column. The seed
 * is printed; {@code -Dshuqiao.seed} repeats it.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllTypesTests {

    private static final long SEED = Long.getLong("shuqiao.seed", System.nanoTime());
    private static final int ROWS = 150;

    @TempDir static Path folder;

    private final Fixture fixture = new Fixture();
    private final List<Kind> kinds = new AllTypes(SEED).all();

    @BeforeAll
    void a_table_of_every_type() throws Exception {
        System.out.println("shuqiao.seed=" + SEED + " " + kinds.size() + " types");
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.source.name(),
                        "create extension citext",
                        "create extension postgres_fdw",
                        "grant usage on foreign data wrapper postgres_fdw to "
                                + fixture.source.user());
        fixture.source.run(AllTypes.TYPES);
        fixture.source.run("create table every (id int primary key, " + columns(false) + ")");
        fill("every", rows(Kind::taken));
        fixture.source.run(
                "create table odd (like every including all)",
                "create table only_one (like every including all)");
        fill("odd", rows(Kind::all));
        fixture.copy(fixture.all("every"), "every");
        fixture.copy(fixture.all("odd"), "odd");
    }

    private String columns(boolean arrived) {
        return IntStream.range(0, kinds.size())
                .mapToObj(i -> "c" + i + " " + kinds.get(i).type(arrived))
                .collect(Collectors.joining(", "));
    }

    private interface Values {
        List<String> of(Kind kind);
    }

    /** Odd values first, then random ones; one in seven is null. */
    private List<List<String>> rows(Values odd) {
        var random = new Random(SEED);
        var rows = new ArrayList<List<String>>();
        for (var i = 0; i < ROWS; i++) {
            var row = new ArrayList<String>();
            row.add("" + i);
            for (var kind : kinds) {
                var values = odd.of(kind);
                if (i < values.size()) row.add(values.get(i));
                else row.add(random.nextInt(7) == 0 ? null : kind.next());
            }
            rows.add(row);
        }
        return rows;
    }

    private void fill(String table, List<List<String>> rows) throws SQLException {
        try (var from = fixture.source.connect()) {
            insert(from, table, types(false), rows);
        }
    }

    private List<String> types(boolean arrived) {
        var types = new ArrayList<>(List.of("integer"));
        kinds.forEach(kind -> types.add(kind.type(arrived)));
        return types;
    }

    private static void insert(
            Connection to, String table, List<String> types, List<List<String>> rows)
            throws SQLException {
        var places = String.join(", ", types.stream().map(type -> "?::text::" + type).toList());
        to.createStatement().execute("set timezone = 'Asia/Shanghai'");
        try (var insert =
                to.prepareStatement("insert into " + table + " values (" + places + ")")) {
            for (var row : rows) {
                assertThat(row).hasSize(types.size());
                for (var i = 0; i < row.size(); i++) insert.setString(i + 1, row.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (java.sql.BatchUpdateException e) {
            throw e.getNextException() == null ? e : e.getNextException();
        }
    }

    // comparing

    /** What a scope ought to bring: each column in the type in which it arrives. */
    private String granted(String table) {
        return IntStream.range(0, kinds.size())
                .mapToObj(i ->
                        kinds.get(i).arrives().isEmpty()
                                ? "c" + i
                                : "c" + i + "::" + kinds.get(i).type(true))
                .collect(Collectors.joining(", ", "select id, ", " from " + table));
    }

    private String named(String table, String more) {
        return IntStream.range(0, more.isEmpty() ? kinds.size() : 3)
                .mapToObj(i -> "c" + i)
                .collect(Collectors.joining(", ", "select id, ", more + " from " + table));
    }

    private void same(String expected, String found) throws Exception {
        try (var from = fixture.source.connect();
                var to = fixture.target.connect()) {
            same(from, expected, to, found);
        }
    }

    private void same(Connection from, String expected, Connection to, String found)
            throws Exception {
        var wanted = lines(from, expected);
        var there = lines(to, found);
        assertThat(there).hasSameSizeAs(wanted);
        for (var i = 0; i < wanted.size(); i++)
            for (var c = 0; c < wanted.get(i).size(); c++)
                assertThat(there.get(i).get(c))
                        .as("row %d, column c%d %s, seed %d", i, c - 1, name(c - 1), SEED)
                        .isEqualTo(wanted.get(i).get(c));
        assertThat(copied(to, found, "binary"))
                .as("the bytes, seed " + SEED)
                .isEqualTo(copied(from, expected, "binary"));
    }

    private String name(int column) {
        return column >= 0 && column < kinds.size() ? kinds.get(column).type() : "";
    }

    private static List<List<String>> lines(Connection session, String query) throws Exception {
        return new String(copied(session, query, "text"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    private static byte[] copied(Connection session, String query, String format)
            throws SQLException, IOException {
        session.createStatement().execute("set timezone = 'Asia/Shanghai'");
        var bytes = new ByteArrayOutputStream();
        session.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(
                        "copy (%s order by id) to stdout (format %s)".formatted(query, format),
                        bytes);
        return bytes.toByteArray();
    }

    // tables

    @ParameterizedTest
    @ValueSource(strings = {"every", "odd"})
    void a_table_gets_every_value_of_every_type(String table) throws Exception {
        same(granted(table), "select * from " + table);

        var there = new Database(fixture.to()).table("public", table);
        for (var i = 0; i < kinds.size(); i++)
            assertThat(there.column("c" + i).orElseThrow().type())
                    .as(kinds.get(i).type())
                    .isEqualTo(kinds.get(i).type(true));
        assertThat(new Database(fixture.to()).digest("public", table))
                .isEqualTo(new Database(fixture.from()).digest(fixture.all(table), Fixture.KEY));
    }

    @Test
    void a_kept_table_gets_them_too_whatever_it_held() throws Exception {
        fixture.target.run(
                "create table kept (id int primary key, " + columns(true) + ", own text)",
                "insert into kept (id) select id from odd where id % 3 = 0",
                "insert into kept select * from odd where id % 3 = 1",
                "update kept set own = 'own'");
        var columns = new LinkedHashMap<String, String>();
        columns.put("id", "id");
        for (var i = 0; i < kinds.size(); i++) columns.put("c" + i, "c" + i);

        var result =
                Fixture.copy(
                        new CopyRequest(
                                fixture.from(),
                                fixture.to(),
                                fixture.all("odd"),
                                Fixture.KEY,
                                "public",
                                "kept",
                                "r1",
                                Optional.of(new Into(columns, List.of("id"), Into.Absent.KEEP)),
                                1,
                                true));

        assertThat(result.notes())
                .contains("added: " + ROWS / 3, "same: " + ROWS / 3, "removed: 0");
        same(granted("odd"), "select " + String.join(", ", columns.keySet()) + " from kept");
        assertThat(fixture.target.one("select count(own) from kept")).isEqualTo("" + ROWS / 3 * 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parts", "shown", "frozen", "remote", "computed"})
    void whatever_kind_of_table_the_source_is(String table) throws Exception {
        fixture.source.run(
                switch (table) {
                    case "parts" ->
                            new String[] {
                                "create table parts (like every) partition by range (id)",
                                "create table parts_1 partition of parts for values from (minvalue) to (70)",
                                "create table parts_2 partition of parts for values from (70) to (maxvalue)",
                                "insert into parts select * from every"
                            };
                    case "shown" ->
                            new String[] {"create view shown as select * from every where id >= 0"};
                    case "frozen" ->
                            new String[] {"create materialized view frozen as select * from every"};
                    case "remote" ->
                            new String[] {
                                "create server near foreign data wrapper postgres_fdw options (host '127.0.0.1', port '%d', dbname '%s')"
                                        .formatted(fixture.source.port(), fixture.source.name()),
                                "create user mapping for current_user server near options (user '%s', password '%s')"
                                        .formatted(
                                                fixture.source.user(), fixture.source.password()),
                                "create foreign table remote (id int not null, %s) server near options (table_name 'every')"
                                        .formatted(columns(false))
                            };
                    default ->
                            new String[] {
                                "create table computed (id int generated always as identity (start with 0 minvalue 0) primary key, %s, twice bigint generated always as (id * 2) stored, thrice bigint generated always as (id * 3) virtual)"
                                        .formatted(columns(false)),
                                "insert into computed overriding system value select * from every"
                            };
                });

        fixture.copy(fixture.all(table), table);

        same(granted("every"), named(table, ""));
        if (table.equals("computed"))
            same(named(table, ", twice, thrice"), named(table, ", twice, thrice"));
    }

    // files

    private FileRequest request(FileFormat format, Scope scope) {
        return new FileRequest(
                fixture.from(),
                scope,
                Fixture.KEY,
                format,
                folder.resolve("data" + System.nanoTime() + "." + format.word()),
                "类型",
                Map.of(),
                Optional.empty(),
                false,
                1L << 30,
                "f1",
                1,
                true);
    }

    private static void write(FileRequest request) {
        new FileRun(request, Fence.open(), CopyListener.silent(), InstantSource.system()).run();
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void every_file_holds_every_value_of_every_type(FileFormat format) throws Exception {
        file(format, "every");
    }

    @ParameterizedTest
    @EnumSource(names = {"CSV", "XLSX"})
    void csv_and_xlsx_hold_the_odd_ones_too(FileFormat format) throws Exception {
        file(format, "odd");
    }

    private void file(FileFormat format, String table) throws Exception {
        var request = request(format, fixture.all(table));

        write(request);

        var read =
                switch (format) {
                    case CSV -> FileReading.csv(request.file());
                    case XLSX -> FileReading.xlsx(request.file(), kinds.size() + 1).getFirst();
                    case PARQUET -> FileReading.parquet(request.file());
                };
        var rows = format == FileFormat.PARQUET ? read : read.subList(1, read.size());
        try (var to = fixture.target.connect();
                var from = fixture.target.connect()) {
            to.createStatement().execute("create temp table again (like " + table + ")");
            insert(to, "again", types(true), rows.stream().map(AllTypesTests::dated).toList());
            same(from, "select * from " + table, to, "select * from again");
        }
    }

    /** DuckDB writes years before Christ in another way. */
    private static List<String> dated(List<String> row) {
        var dated = new ArrayList<String>();
        for (var value : row)
            dated.add(
                    value != null && value.contains(" (BC)")
                            ? value.replace(" (BC)", "") + " BC"
                            : value);
        return dated;
    }

    @Test
    void parquet_refuses_what_it_cannot_hold_by_the_name_of_the_column() {
        var refused = 0;
        for (var i = 0; i < kinds.size(); i++) {
            if (kinds.get(i).refused().isEmpty()) continue;
            for (var value : kinds.get(i).refused()) {
                refused++;
                fixture.source.run(
                        "truncate only_one",
                        "insert into only_one (id, c%d) values (1, '%s')".formatted(i, value));
                var request =
                        request(
                                FileFormat.PARQUET,
                                fixture.scope("only_one", List.of("id", "c" + i), "[]", Map.of()));
                var column = "c" + i;
                assertThatThrownBy(() -> write(request))
                        .as(kinds.get(i).type() + " " + value)
                        .isInstanceOfSatisfying(
                                EngineFailure.class,
                                it -> {
                                    assertThat(it.reason()).isEqualTo(Reason.VALUE_NOT_CARRIED);
                                    assertThat(it.arguments()).containsEntry("field", column);
                                });
                assertThat(Files.exists(request.file())).isFalse();
            }
        }
        assertThat(refused).isGreaterThan(8);
    }
}
