package shuqiao.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;

/**
 * Small files that would take all time or all memory: each is refused before its reader sees it,
 * with the sheet and the cell.
 */
class FewBytesTests {

    private static final int MEGA = 1_000_000;

    private static Refusal.Fault refused(RawBook book) {
        return refused(book.bytes());
    }

    private static Refusal.Fault refused(byte[] content) {
        var refused = catchThrowableOfType(Invalid.class, () -> HandedIn.read(content));
        assertThat(refused).isNotNull();
        return refused.faults().getFirst();
    }

    private static void refused(RawBook book, String key, String cell) {
        var fault = refused(book);
        assertThat(fault.key()).isEqualTo(key);
        assertThat(fault.facts()).containsEntry("sheet", "表").containsEntry("cell", cell);
    }

    private static List<String> texts(byte[] content) {
        var layout =
                new Layout(
                        "t",
                        "表",
                        "t",
                        List.of(
                                new Layout.Sheet(
                                        "t",
                                        "表",
                                        "t",
                                        List.of(
                                                new Layout.Column(
                                                        "a",
                                                        "列",
                                                        "a",
                                                        Layout.Need.MAY,
                                                        "",
                                                        "",
                                                        "",
                                                        List.of())))));
        return HandedIn.read(content)
                .as(layout, Map.of("t", new HandedIn.Place("表", 0, Map.of("a", 0))))
                .sheet("t")
                .rows()
                .stream()
                .map(row -> row.text("a"))
                .toList();
    }

    private static RawBook cell(String attributes, String inside) {
        return new RawBook().sheet("<row r=\"1\"><c " + attributes + ">" + inside + "</c></row>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "XFDXFDXFD1",
                "XFE1",
                "A1048577",
                "A99999999999",
                "AAAAAAAAAA1",
                "A0",
                "1",
                "Ä1"
            })
    void a_cell_beyond_the_last_one_is_refused(String ref) {
        refused(cell("r=\"" + ref + "\"", "<v>1</v>"), "workbook.cell-outside", ref);
    }

    @Test
    void a_row_beyond_the_last_one_is_refused() {
        assertThat(refused(new RawBook().sheet("<row r=\"1048577\"/>")).key())
                .isEqualTo("workbook.cell-outside");
    }

    @Test
    void more_cells_than_a_row_has_are_refused() {
        assertThat(refused(new RawBook().sheet("<row>", "<c/>", 16_385, "</row>")).key())
                .isEqualTo("workbook.cell-outside");
    }

    @Test
    void the_last_cell_of_a_sheet_may_be_there() {
        assertThat(
                        texts(
                                new RawBook()
                                        .sheet(
                                                "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c>"
                                                        + "<c r=\"XFD1\"><v>1</v></c></row>"
                                                        + "<row r=\"1048576\"><c r=\"A1048576\" t=\"s\"><v>0</v></c></row>")
                                        .bytes()))
                .containsExactly("乙", "甲");
    }

    @Test
    void a_number_of_a_million_digits_is_refused() {
        refused(cell("r=\"B1\"", "<v>" + "9".repeat(MEGA) + "</v>"), "workbook.cell-text", "B1");
        refused(
                cell("r=\"B1\"", "<v>" + "9".repeat(30_000) + "</v>"),
                "workbook.cell-number",
                "B1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E-999999999", "1E999999999", "1e401", "1E+0000000401", "1E９９９９"})
    void an_exponent_beyond_any_number_is_refused(String number) {
        refused(cell("r=\"B1\"", "<v>" + number + "</v>"), "workbook.cell-number", "B1");
    }

    @Test
    void an_exponent_is_found_in_whatever_it_is_wrapped() {
        refused(cell("r=\"B1\"", "<v>1<x>E-9999</x>99999</v>"), "workbook.cell-number", "B1");
        refused(cell("r=\"B1\"", "<v>1E-9<![CDATA[99999999]]></v>"), "workbook.cell-number", "B1");
        refused(cell("r=\"B1\"", "<v>1E999999</v><v>x</v>"), "workbook.cell-number", "B1");
    }

    @Test
    void numbers_as_spreadsheets_write_them_are_read() {
        assertThat(
                        texts(
                                new RawBook()
                                        .sheet(
                                                "<row r=\"1\"><c r=\"A1\"><v>1.7976931348623157E+8</v></c></row>"
                                                        + "<row r=\"2\"><c r=\"A2\"><v>-2.5</v></c></row>")
                                        .bytes()))
                .containsExactly("179769313.486232", "-2.5");
    }

    @Test
    void a_text_that_no_cell_holds_is_refused() {
        refused(
                cell("r=\"C1\" t=\"inlineStr\"", "<is><t>" + "字".repeat(32_768) + "</t></is>"),
                "workbook.cell-text",
                "C1");
        refused(
                new RawBook()
                        .sheet(
                                "<row r=\"1\"><c r=\"C1\" t=\"str\"><v>",
                                "a",
                                200 * MEGA,
                                "</v></c></row>"),
                "workbook.cell-text",
                "C1");
    }

    @Test
    void a_shared_text_that_no_cell_holds_is_refused_at_its_cell() {
        refused(
                cell("r=\"C1\" t=\"s\"", "<v>1</v>")
                        .part(
                                "xl/sharedStrings.xml",
                                out -> {
                                    out.write(
                                            "<sst><si><t>a</t></si><si><t>"
                                                    .getBytes(StandardCharsets.UTF_8));
                                    RawBook.many(out, "a", 200 * MEGA);
                                    out.write("</t></si></sst>".getBytes(StandardCharsets.UTF_8));
                                }),
                "workbook.cell-text",
                "C1");
        assertThat(refused(new RawBook().texts("<si><t>" + "a".repeat(32_768) + "</t></si>")).key())
                .isEqualTo("workbook.shared-text");
    }

    @Test
    void a_shared_text_that_is_not_there_is_refused() {
        refused(cell("r=\"A1\" t=\"s\"", "<v>2000000000</v>"), "workbook.cell-string", "A1");
        refused(
                cell("r=\"A1\" t=\"s\"", "<v>2000000000</v><v>x</v>"),
                "workbook.cell-string",
                "A1");
    }

    @Test
    void more_shared_texts_than_can_be_read_are_refused() {
        assertThat(
                        refused(
                                        new RawBook()
                                                .part(
                                                        "xl/sharedStrings.xml",
                                                        out -> {
                                                            out.write(
                                                                    "<sst>"
                                                                            .getBytes(
                                                                                    StandardCharsets
                                                                                            .UTF_8));
                                                            RawBook.many(out, "<si/>", MEGA + 1);
                                                            out.write(
                                                                    "</sst>"
                                                                            .getBytes(
                                                                                    StandardCharsets
                                                                                            .UTF_8));
                                                        }))
                                .key())
                .isEqualTo("workbook.too-much");
    }

    @Test
    void one_text_in_very_many_cells_is_refused() {
        var rows =
                IntStream.rangeClosed(1, 2_000)
                        .mapToObj(row -> "<row r=\"" + row + "\"><c t=\"s\"><v>0</v></c></row>")
                        .collect(Collectors.joining());
        assertThat(
                        refused(
                                        new RawBook()
                                                .texts("<si><t>" + "a".repeat(32_000) + "</t></si>")
                                                .sheet(rows))
                                .key())
                .isEqualTo("workbook.too-much");
    }

    @Test
    void formulas_that_would_be_moved_for_hours_are_refused() {
        assertThat(
                        refused(
                                        new RawBook()
                                                .sheet(
                                                        "<row><c><f t=\"shared\" si=\"0\" ref=\"A1:XFD1\">"
                                                                + "A1+".repeat(2_000)
                                                                + "1</f></c>",
                                                        "<c><f t=\"shared\" si=\"0\"/></c>",
                                                        16_000,
                                                        "</row>"))
                                .key())
                .isEqualTo("workbook.formulas");
        assertThat(
                        refused(
                                        new RawBook()
                                                .sheet(
                                                        "<row>",
                                                        "<c><f t=\"array\" ref=\"A1:B2\">1</f></c>",
                                                        1_001,
                                                        "</row>"))
                                .key())
                .isEqualTo("workbook.formulas");
        refused(
                cell("r=\"A1\"", "<f>" + "1+".repeat(5_000) + "1</f><v>1</v>"),
                "workbook.cell-formula",
                "A1");
    }

    @Test
    void a_heap_of_marks_over_one_letter_is_refused() {
        refused(
                cell(
                        "r=\"A1\" t=\"inlineStr\"",
                        "<is><t>a" + "\u0301\u0316".repeat(16) + "</t></is>"),
                "workbook.cell-marks",
                "A1");
    }

    @Test
    void what_two_programs_would_read_differently_is_refused() {
        for (var book :
                List.of(
                        cell("r=\"A1\" x:r=\"XFDXFDXFD1\" xmlns:x=\"u\"", "<v>1</v>"),
                        cell("r=\"A1\"", "<c r=\"B1\"/><v>1</v>"),
                        new RawBook().part("xl/worksheets/sheet1.xml", "<a>".repeat(200)),
                        new RawBook()
                                .sheet(
                                        "<row r=\"1\">"
                                                + IntStream.range(0, 3_000)
                                                        .mapToObj(i -> "<n" + i + "/>")
                                                        .collect(Collectors.joining())
                                                + "</row>")))
            assertThat(refused(book).key()).isEqualTo("workbook.no-workbook");
    }

    @Test
    void a_document_type_is_refused_in_each_part_that_is_parsed_wherever_it_stands() {
        var doctype = "<!--" + " ".repeat(9_000) + "--><!DOCTYPE a [<!ENTITY x \"y\">]><sst/>";
        for (var part :
                List.of(
                        "xl/sharedStrings.xml",
                        "xl/styles.xml",
                        "xl/worksheets/sheet1.xml",
                        "xl/workbook.xml",
                        "xl/_rels/workbook.xml.rels",
                        "[Content_Types].xml"))
            assertThat(refused(new RawBook().part(part, doctype)).key())
                    .isEqualTo("workbook.no-workbook");
    }

    @Test
    void a_picture_with_a_document_type_is_nobodys_concern() {
        assertThat(texts(new RawBook().part("xl/media/logo.svg", "<!DOCTYPE svg><svg/>").bytes()))
                .containsExactly("1");
    }

    @Test
    void a_sheet_is_looked_through_whatever_its_part_is_called() {
        refused(
                new RawBook()
                        .part(
                                "xl/_rels/workbook.xml.rels",
                                "<Relationships><Relationship Id=\"rId1\" Target=\"media/a.png\"/></Relationships>")
                        .part(
                                "xl/MEDIA/a.png",
                                "<worksheet><sheetData><row r=\"1\"><c r=\"XFDXFDXFD1\"/></row></sheetData></worksheet>"),
                "workbook.cell-outside",
                "XFDXFDXFD1");
    }

    @Test
    void merged_areas_that_overlap_do_not_add_up() {
        var merges =
                IntStream.range(1, 19_999)
                        .mapToObj(row -> "<mergeCell ref=\"A" + row + ":A20000\"/>")
                        .collect(Collectors.joining("", "<mergeCells>", "</mergeCells>"));
        var rows =
                IntStream.rangeClosed(1, 20_000)
                        .mapToObj(row ->
                                "<row r=\"" + row + "\"><c r=\"B" + row + "\"><v>1</v></c></row>")
                        .collect(Collectors.joining());

        assertThat(
                        texts(
                                new RawBook()
                                        .sheet(
                                                "<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>"
                                                        + rows.substring(
                                                                rows.indexOf("</row>") + 6),
                                                merges)
                                        .bytes()))
                .isNotEmpty();
    }

    @Test
    void reading_ends_with_its_time_and_with_whoever_waits_for_it() {
        var book = new RawBook().bytes();

        assertThatExceptionOfType(Invalid.class)
                .isThrownBy(() -> new WorkbookReader(Deadline.in(Duration.ofNanos(-1))).read(book))
                .satisfies(it ->
                        assertThat(it.faults().getFirst().key()).isEqualTo("workbook.too-slow"));

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(Invalid.class)
                .isThrownBy(() -> new WorkbookReader(Deadline.in(Duration.ofDays(1))).read(book));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_workbook_is_never_read_inside_of_a_transaction() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> HandedIn.read(new RawBook().bytes()));
        } finally {
            TransactionSynchronizationManager.setActualTransactionActive(false);
        }
    }

    @Test
    void a_csv_is_held_against_the_same_limits() {
        var fault = refused(("甲,乙\n1,\"" + "a".repeat(40_000)).getBytes(StandardCharsets.UTF_8));
        assertThat(fault.key()).isEqualTo("workbook.cell-text");
        assertThat(fault.facts()).containsEntry("sheet", "CSV").containsEntry("cell", "B2");

        assertThat(refused("a\n".repeat(30_000).getBytes(StandardCharsets.UTF_8)).key())
                .isEqualTo("workbook.too-long");
    }
}
