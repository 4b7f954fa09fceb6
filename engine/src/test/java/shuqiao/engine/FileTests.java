package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file holds what a table would get, read back by other programs; or it is refused by name. */
@Tag("slow")
class FileTests {

    private static final String ZOO =
            """
            create table zoo (id bigint primary key, n numeric, money numeric(20,4), wide numeric(38,10), small numeric(7,2), whole numeric(12,0), f8 double precision, f4 real,
              ok boolean, i2 smallint, i4 int, big bigint, b bytea, day date, ts timestamp(3), tz timestamptz, tm time, iv interval, j json, jb jsonb, u uuid, ints int[],
              c char(5), v varchar(60), t text, phone text, name text, secret text, gone int, born date, m mood, p postcode)
            """;

    private static final String ROWS =
            """
            insert into zoo
            select g, case when g % 7 = 0 then null else g * 1.000000001 ^ g end, case when g % 5 = 0 then null else (g - 300) * 12345.6789 end, (g - 300) * 123456789012345678.0123456789,
              (g - 300) / 7.0, g::bigint * 7777777, case g % 4 when 0 then 1e300 / g when 1 then -0.1 * g else g / 3.0 end, g / 7.0, g % 3 = 0, g - 300, g * -1000003, 9007199254740993 + g,
              decode(lpad(to_hex(g), 8, '0'), 'hex'), date '1890-01-01' + g * 97, timestamp '1999-12-31 23:59:59.999' + g * interval '1 hour 1 millisecond',
              timestamptz '2026-11-22 10:00:00.123456+08' - g * interval '5 days 1 microsecond', time '23:59:59' - g * interval '1 second', g * interval '1 day 2 hours',
              json_build_object('a', g, '汉', null), jsonb_build_array(g, '"'), md5(g::text)::uuid, array[g, null, -g], 'c' || g % 100, 'v' || repeat('长', g % 50),
              case g % 16 when 0 then null when 1 then '' when 2 then 'a,b' when 3 then '"' when 4 then E'两\\n行' when 5 then E'a\\r\\nb' when 6 then '𠮷𝄞😀' when 7 then E'\\t制表\\t'
                when 8 then '=1+1' when 9 then '\\N' when 10 then ' 前后 ' when 11 then '_x0041_' when 12 then '<b>&amp;' when 13 then E'\\x01\\x1f\\x7f' when 14 then '\\.' else U&'\\FFFE\\FFFF\\FF0C' end,
              case when g % 9 = 0 then null else '139' || lpad(g::text, 8, '0') end, case g % 3 when 0 then '李明远' when 1 then '王' else '' end, '密' || g, g, date '1950-01-01' + g * 30,
              case when g % 2 = 0 then 'sad' else 'glad' end::mood, '100000'
            from generate_series(1, 640) g
            """;

    private static final Map<String, Mask> MASKS =
            Map.of(
                    "phone", Mask.PHONE,
                    "name", Mask.NAME,
                    "secret", Mask.HASH,
                    "gone", Mask.REDACT,
                    "born", Mask.YEAR_ONLY);

    @TempDir Path folder;
    private final Fixture fixture = new Fixture();

    private FileRequest request(FileFormat format, Scope scope) {
        return fixture.file(
                format,
                scope,
                folder.resolve("data." + format.word()),
                "人口 [2026]/基本",
                Map.of("id", "编号"));
    }

    private static FileResult write(FileRequest request) {
        return new FileRun(request, Fence.open(), CopyListener.silent(), InstantSource.system())
                .run();
    }

    private void zoo() {
        fixture.source.run(
                "create type mood as enum ('sad', 'glad')",
                "create domain postcode as text check (value ~ '^[0-9]{6}$')",
                ZOO,
                ROWS);
    }

    @Test
    void names_that_differ_in_capitals_only_are_told() {
        fixture.source.run("create table odd (\"ID\" int, id int, name text)");

        var result = write(request(FileFormat.PARQUET, fixture.all("odd")));

        assertThat(result.notes())
                .containsExactly("fields whose names differ in capitals only: ID, id");
    }

    @Test
    void a_file_of_one_column_says_that_its_nulls_are_empty_lines() throws Exception {
        fixture.source.run(
                "create table one (note text)",
                "insert into one values ('a'), (null), (''), (null), ('b'), (null)",
                "create table full_one (id int not null)");

        var csv = write(request(FileFormat.CSV, fixture.all("one")));

        assertThat(FileReading.csv(file(FileFormat.CSV))).hasSize(7).contains(list((String) null));
        assertThat(csv.notes()).singleElement().asString().startsWith("one field only");
        assertThat(write(request(FileFormat.XLSX, fixture.all("one"))).notes()).hasSize(1);
        assertThat(write(request(FileFormat.PARQUET, fixture.all("one"))).notes()).isEmpty();
        Files.delete(file(FileFormat.CSV));
        assertThat(write(request(FileFormat.CSV, fixture.all("full_one"))).notes()).isEmpty();
    }

    private static List<String> list(String one) {
        return java.util.Collections.singletonList(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "numeric(20,2)/100.50/12345678901234567.89",
                "numeric/1.5/0.1234567890123456",
                "numeric(20,2)/-9999999999999.99/-10000000000000.00",
                "numeric(20,18)/0.000999999999999999/0.001",
                "numeric(20,-3)/999999999999000/1000000000000000",
                "numeric(6,2)/1.50/NaN",
                "bigint/5/-1000000000000000",
                "bigint/999999999999999/1000000000000000",
                "double precision/1.5/-Infinity",
                "real/1.5/NaN"
            })
    void a_column_with_a_number_that_no_cell_holds_is_text_from_top_to_bottom(String example)
            throws Exception {
        var parts = example.split("/");
        fixture.source.run(
                "create table amounts (id int, short bigint, amount %s)".formatted(parts[0]),
                "insert into amounts values (1, 7, '%s'), (2, 8, '%s'), (3, 9, null)"
                        .formatted(parts[1], parts[2]));

        var result = write(request(FileFormat.XLSX, fixture.all("amounts")));

        assertThat(result.texts()).containsExactly("amount");
        assertThat(result.notes())
                .singleElement()
                .asString()
                .startsWith("numbers with more than 15 digits")
                .endsWith(": amount");
        assertThat(kinds(2)).containsExactly("STRING", "STRING", "EMPTY");
        assertThat(kinds(1)).containsOnly("NUMBER");
        fixture.source.run("delete from amounts where id = 2");
        Files.delete(file(FileFormat.XLSX));
        assertThat(write(request(FileFormat.XLSX, fixture.all("amounts"))).texts()).isEmpty();
        assertThat(kinds(2)).containsExactly("NUMBER", "EMPTY");
    }

    private List<String> kinds(int column) throws IOException {
        try (var book = new ReadableWorkbook(file(FileFormat.XLSX).toFile())) {
            return book.getFirstSheet().read().stream()
                    .skip(1)
                    .map(row ->
                            row.getOptionalCell(column)
                                    .map(it -> it.getType().name())
                                    .orElse("EMPTY"))
                    .toList();
        }
    }

    @Test
    void a_date_that_no_cell_holds_is_told_beside_the_others() {
        fixture.source.run(
                "create table days (id int, day date)",
                "insert into days values (1, '2026-01-01'), (2, '1900-01-01')");

        assertThat(write(request(FileFormat.XLSX, fixture.all("days"))).notes())
                .containsExactly(
                        "values that a spreadsheet cannot hold, as text among the others: day");
    }

    @Test
    void a_column_that_does_not_tell_capitals_apart_goes_into_guarded_csv() throws Exception {
        fixture.source.run(
                "create collation no_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "create table plates (plate text collate no_case primary key, part char(4) collate no_case)",
                "insert into plates values ('京A12345', '=a'), ('-京B1', 'b')");

        write(with(request(FileFormat.CSV, fixture.all("plates")), Optional.empty(), true));

        assertThat(FileReading.csv(file(FileFormat.CSV)))
                .contains(List.of("京A12345", "'=a"), List.of("'-京B1", "b   "));
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void every_format_holds_the_rows_that_a_table_gets(FileFormat format) throws Exception {
        zoo();
        var scope =
                fixture.scope(
                        "zoo", List.of(), "[{\"field\":\"id\",\"op\":\"gt\",\"value\":20}]", MASKS);
        fixture.copy(scope, "zoo");

        var result = write(request(format, scope));

        var file = folder.resolve("data." + format.word());
        assertThat(result.rowsRead()).isEqualTo(620);
        assertThat(result.rowsWritten()).isEqualTo(620);
        assertThat(result.bytes()).isEqualTo(Files.size(file));
        assertThat(result.sha256())
                .isEqualTo(
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(Files.readAllBytes(file))));
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        load("zoo", "zoo_again", rows(format, file, result.columns().size()));
        assertThat(new Database(fixture.to()).digest("public", "zoo_again"))
                .isEqualTo(new Database(fixture.to()).digest("public", "zoo"));
    }

    private static List<List<String>> rows(FileFormat format, Path file, int columns)
            throws IOException, SQLException {
        return switch (format) {
            case CSV -> {
                var all = FileReading.csv(file);
                assertThat(all.getFirst()).startsWith("id", "n", "money");
                yield all.subList(1, all.size());
            }
            case XLSX -> {
                var sheets = FileReading.xlsx(file, columns);
                assertThat(sheets).hasSize(1);
                var all = sheets.getFirst();
                assertThat(all.getFirst()).startsWith("编号", "n", "money");
                yield all.subList(1, all.size());
            }
            case PARQUET -> FileReading.parquet(file);
        };
    }

    /** Reads the texts into a table of the same columns. */
    private void load(String like, String table, List<List<String>> rows) throws SQLException {
        fixture.target.run("create table %s (like %s)".formatted(table, like));
        var types =
                new Database(fixture.to())
                        .table("public", like).columns().stream().map(Column::type).toList();
        var places = String.join(", ", types.stream().map(type -> "?::text::" + type).toList());
        try (var to = fixture.target.connect();
                var insert =
                        to.prepareStatement("insert into " + table + " values (" + places + ")")) {
            to.createStatement().execute("set timezone = 'Asia/Shanghai'");
            for (var row : rows) {
                assertThat(row).hasSize(types.size());
                for (var i = 0; i < row.size(); i++) insert.setString(i + 1, row.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Test
    void row_groups_and_dictionaries_hold_what_the_table_holds() throws Exception {
        fixture.source.run(
                "create table many (id int primary key, few text, most text, half int, day date, flag boolean)",
                "insert into many select g, case when g % 11 > 0 then 'w' || g % 300 end, 'm' || case when g < 50000 then g % 7 else g end, nullif(g % 2, 0), date '2020-01-01' + g % 1000, g % 3 = 0 from generate_series(1, 130000) g");

        var result = write(request(FileFormat.PARQUET, fixture.all("many")));

        var file = folder.resolve("data.parquet");
        assertThat(result.rowsWritten()).isEqualTo(130_000);
        var sums =
                "select concat_ws(' ', count(*), sum(id), count(few), count(distinct few), count(distinct most), count(half), min(day), max(day), count(*) filter (where flag), max(most), min(few)) from ";
        assertThat(FileReading.one(sums + "'" + file + "'"))
                .isEqualTo(fixture.source.one(sums + "many"));
        assertThat(
                        FileReading.one(
                                "select count(*) from '"
                                        + file
                                        + "' where most <> 'm' || case when id < 50000 then id % 7 else id end"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void an_empty_table_is_a_file_without_rows(FileFormat format) throws Exception {
        fixture.source.run("create table nothing (id int primary key, word text)");

        var result = write(request(format, fixture.all("nothing")));

        assertThat(result.rowsWritten()).isZero();
        assertThat(rows(format.equals(FileFormat.PARQUET) ? format : FileFormat.CSV, file(format)))
                .isEmpty();
    }

    private Path file(FileFormat format) {
        return folder.resolve("data." + format.word());
    }

    private static List<List<String>> rows(FileFormat format, Path file)
            throws IOException, SQLException {
        if (format == FileFormat.PARQUET) return FileReading.parquet(file);
        var all =
                file.toString().endsWith("xlsx")
                        ? FileReading.xlsx(file, 2).getFirst()
                        : FileReading.csv(file);
        return all.subList(1, all.size());
    }

    @Test
    void a_workbook_goes_on_with_the_next_sheet() throws Exception {
        fixture.numbers("sheets", 25);
        var request = request(FileFormat.XLSX, fixture.all("sheets"));

        var result =
                new FileRun(
                                request,
                                Fence.open(),
                                CopyListener.silent(),
                                InstantSource.system(),
                                11)
                        .run();

        var sheets = FileReading.xlsx(file(FileFormat.XLSX), 2);
        assertThat(result.sheets()).isEqualTo(3);
        assertThat(sheets).extracting(List::size).containsExactly(11, 11, 6);
        assertThat(sheets)
                .allSatisfy(sheet -> assertThat(sheet.getFirst().getFirst()).isEqualTo("编号"));
        assertThat(sheets.getLast().getLast().getFirst()).isEqualTo("25");
    }

    @Test
    void a_value_of_many_megabytes_goes_into_csv_and_is_refused_by_name_elsewhere()
            throws Exception {
        fixture.source.run(
                "create table huge (id int primary key, word text)",
                "insert into huge values (1, repeat('字', 12000000))");
        var scope = fixture.all("huge");

        write(request(FileFormat.CSV, scope));

        assertThat(FileReading.csv(file(FileFormat.CSV)).get(1).get(1)).hasSize(12_000_000);
        assertThatThrownBy(() -> write(request(FileFormat.PARQUET, scope)))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        it -> assertThat(it.reason()).isEqualTo(Reason.ROW_TOO_LONG));
        assertThat(file(FileFormat.PARQUET)).doesNotExist();
        fixture.source.run("update huge set word = repeat('字', 32768)");
        assertThatThrownBy(() -> write(request(FileFormat.XLSX, scope)))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        it -> {
                            assertThat(it.reason()).isEqualTo(Reason.CELL_TOO_LONG);
                            assertThat(it.arguments()).containsEntry("field", "word");
                        });
        assertThat(file(FileFormat.XLSX)).doesNotExist();
        fixture.source.run("update huge set word = repeat('字', 32767)");
        write(request(FileFormat.XLSX, scope));
    }

    @Test
    void what_a_format_cannot_hold_is_refused_by_name() {
        fixture.source.run(
                "create table odd (id int primary key, day date)",
                "insert into odd values (1, 'infinity')");

        assertThatThrownBy(() -> write(request(FileFormat.PARQUET, fixture.all("odd"))))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        it -> {
                            assertThat(it.reason()).isEqualTo(Reason.VALUE_NOT_CARRIED);
                            assertThat(it.arguments())
                                    .containsEntry("field", "day")
                                    .containsEntry("value", "infinity");
                        });
        write(request(FileFormat.CSV, fixture.all("odd")));
        write(request(FileFormat.XLSX, fixture.all("odd")));
    }

    @Test
    void a_watermark_is_the_last_line_the_last_sheet_or_an_entry_of_the_footer() throws Exception {
        fixture.numbers("marked", 3);
        UnaryOperator<FileRequest> marked = it -> with(it, Optional.of("水印 <甲>, 乙"), false);

        for (var format : FileFormat.values())
            write(marked.apply(request(format, fixture.all("marked"))));

        assertThat(FileReading.csv(file(FileFormat.CSV)).getLast())
                .containsExactly("水印 <甲>, 乙", null);
        var sheets = FileReading.xlsx(file(FileFormat.XLSX), 1);
        assertThat(sheets).hasSize(2);
        assertThat(sheets.getLast().getFirst()).containsExactly("水印 <甲>, 乙");
        assertThat(
                        FileReading.one(
                                "select decode(value) from parquet_kv_metadata('%s') where decode(key) = 'shuqiao.watermark'"
                                        .formatted(file(FileFormat.PARQUET))))
                .isEqualTo("水印 <甲>, 乙");
    }

    private static FileRequest with(FileRequest it, Optional<String> watermark, boolean guarded) {
        return new FileRequest(
                it.source(),
                it.scope(),
                it.key(),
                it.format(),
                it.file(),
                it.title(),
                it.headings(),
                watermark,
                guarded,
                it.bytesMax(),
                it.run(),
                it.attempt(),
                it.verifyFull());
    }

    @Test
    void csv_is_as_it_is_unless_it_is_to_be_guarded() throws Exception {
        fixture.source.run(
                "create table risky (id int primary key, word text, code char(6), amount int)",
                "insert into risky values (1, '=1+1', '-1', -5), (2, '@a', 'ok', -6), (3, 'a=b', '+', null), (4, null, null, null)");
        var plain = request(FileFormat.CSV, fixture.all("risky"));

        write(plain);

        assertThat(FileReading.csv(plain.file()))
                .contains(List.of("1", "=1+1", "-1    ", "-5"), List.of("2", "@a", "ok    ", "-6"));
        Files.delete(plain.file());
        write(with(plain, Optional.empty(), true));
        var rows = FileReading.csv(plain.file());
        assertThat(rows)
                .contains(List.of("1", "'=1+1", "'-1", "-5"), List.of("2", "'@a", "ok    ", "-6"));
        assertThat(rows.get(4)).containsExactly("4", null, null, null);
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void a_file_that_grows_too_large_is_refused_and_leaves_nothing(FileFormat format) {
        fixture.source.run(
                "create table large (id int primary key, word text)",
                "insert into large select g, md5(g::text) || md5((g + 1)::text) from generate_series(1, 20000) g");
        var it = request(format, fixture.all("large"));
        var small =
                new FileRequest(
                        it.source(),
                        it.scope(),
                        it.key(),
                        it.format(),
                        it.file(),
                        it.title(),
                        it.headings(),
                        it.watermark(),
                        false,
                        100_000,
                        it.run(),
                        1,
                        false);

        assertThatThrownBy(() -> write(small))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.FILE_TOO_LARGE));

        assertThat(it.file()).doesNotExist();
    }

    @Test
    void a_cancelled_delivery_leaves_no_file() {
        fixture.numbers("slow", 200_000);
        var limits =
                new Limits(
                        4,
                        java.util.OptionalDouble.of(1),
                        java.time.Duration.ZERO,
                        java.time.Duration.ofSeconds(30),
                        java.time.Duration.ofSeconds(10));
        var it = request(FileFormat.CSV, fixture.all("slow"));
        var slow =
                new FileRequest(
                        it.source().withLimits(limits),
                        it.scope(),
                        it.key(),
                        it.format(),
                        it.file(),
                        it.title(),
                        it.headings(),
                        it.watermark(),
                        false,
                        it.bytesMax(),
                        "f2",
                        1,
                        false);
        var work = new java.util.concurrent.atomic.AtomicReference<FileRun>();
        var listener =
                new CopyListener() {
                    @Override
                    public void progress(long rows, long bytes) {
                        work.get().cancel();
                    }
                };
        work.set(new FileRun(slow, Fence.open(), listener, InstantSource.system()));

        assertThatThrownBy(() -> work.get().run())
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.CANCELLED));

        assertThat(it.file()).doesNotExist();
    }

    @Test
    void names_of_sheets_are_what_spreadsheets_take() {
        assertThat(XlsxFile.sheetName("人口 [2026]/基本")).isEqualTo("人口 2026基本");
        assertThat(XlsxFile.sheetName("甲".repeat(40))).hasSize(25);
        assertThat(XlsxFile.sheetName("𠮷".repeat(40)).length()).isLessThanOrEqualTo(25);
        assertThat(XlsxFile.sheetName("[]")).isEqualTo("数据");
    }
}
