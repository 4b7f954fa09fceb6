package shuqiao.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks as the programs of offices really write them: what the owner sees is read. */
class OfficeBookTests {

    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static final Layout FORM =
            new Layout(
                    "t",
                    "表",
                    "t",
                    List.of(
                            new Layout.Sheet(
                                    "t",
                                    "名册",
                                    "Names",
                                    List.of(
                                            column("name", "名称", Layout.Need.MUST),
                                            column("code", "代码", Layout.Need.MAY)))));

    private static Layout.Column column(String key, String zh, Layout.Need need) {
        return new Layout.Column(key, zh, key, need, "", "", "", List.of());
    }

    /** The first column of a sheet without headings. */
    private static List<Workbook.Row> rows(RawBook book) {
        return HandedIn.read(book.bytes())
                .as(FORM, Map.of("t", new HandedIn.Place("表", 0, Map.of("name", 0))))
                .sheet("t")
                .rows();
    }

    private static String text(RawBook book) {
        return rows(book).getFirst().text("name");
    }

    private static RawBook number(String format, String value) {
        return styled(
                "<numFmts><numFmt numFmtId=\"200\" formatCode=\""
                        + format.replace("\"", "&quot;")
                        + "\"/></numFmts>",
                200,
                value);
    }

    private static RawBook styled(String formats, int id, String value) {
        return new RawBook()
                .part(
                        "xl/styles.xml",
                        "<styleSheet xmlns=\""
                                + MAIN
                                + "\">"
                                + formats
                                + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
                                + "<xf numFmtId=\"0\"/><xf numFmtId=\""
                                + id
                                + "\"/></cellXfs></styleSheet>")
                .sheet("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>" + value + "</v></c></row>");
    }

    private static RawBook cell(String attributes, String inside) {
        return new RawBook().sheet("<row r=\"1\"><c " + attributes + ">" + inside + "</c></row>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy\"年\"m\"月\"d\"日\";@",
                "dd/mm/yyyy",
                "[$-804]yyyy\"年\"m\"月\"d\"日\";@",
                "e-mm-dd",
                "[$-F800]dddd, mmmm dd, yyyy",
                "m\"月\"d\"日\"",
                "[$-409]d-mmm-yy;@",
                "mm/dd/yy",
                "yyyy\"-\"mm\"-\"dd",
                "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@",
                "m/d",
                "mmm",
                "aaaa",
                "yyyy\\-mm\\-dd",
                "yyyy.m.d"
            })
    void a_cell_is_a_date_by_the_letters_outside_of_quotation_marks_and_brackets(String format) {
        assertThat(text(number(format, "46388"))).isEqualTo("2027-01-01");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
    void formats_without_a_code_of_china_and_its_neighbours_are_dates(int id) {
        assertThat(text(styled("", id, "46388"))).isEqualTo("2027-01-01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0.00E+00 | 46388 | 46388",
                "[Red]0;[Blue]-0 | 46388 | 46388",
                "#,##0 | 46388 | 46388",
                "General | 46388 | 46388",
                "G/通用格式 | 46388 | 46388",
                "yyyy-mm-dd | -5 | -5",
                "yyyy-mm-dd | 60 | 60",
                "yyyy-mm-dd | 59 | 1900-02-28",
                "h:mm | 0.5 | 12:00",
                "mm:ss | 0.0006944444444444445 | 00:01",
                "[h]:mm | 1.25 | 30:00",
                "yyyy-m-d h:mm | 45366.5 | 2024-03-15 12:00",
                "yyyy-m-d h:mm:ss | 45366 | 2024-03-15",
                "000000 | 10 | 000010",
                "0 | 10 | 10",
                "000000 | 1234567 | 1234567",
                "0% | 0.15 | 15%",
                "0.00% | 0.155 | 15.5%",
                "0.00 | 8.1999999999999993 | 8.2",
                "General | 0.30000000000000004 | 0.3",
                "General | 1.0000000000000001E-5 | 0.00001",
                "General | 123456789012345 | 123456789012345"
            })
    void a_number_is_read_as_its_owner_sees_it(String format, String value, String seen) {
        assertThat(text(number(format, value))).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\"万元\"", "\"DR-\"0000", "0.0,", ";;;", "0元"})
    void a_number_that_shows_as_something_else_is_read_and_told(String format) {
        var row = rows(number(format, "12000")).getFirst();

        assertThat(row.text("name")).isEqualTo("12000");
        assertThat(row.noted()).containsEntry("name", "workbook.shown-otherwise");
    }

    @Test
    void days_of_a_workbook_of_1904_are_counted_from_there() {
        var book =
                number("yyyy-mm-dd", "44926")
                        .part(
                                "xl/workbook.xml",
                                "<workbook xmlns=\""
                                        + MAIN
                                        + "\" xmlns:r=\"r\"><workbookPr date1904=\"1\"/>"
                                        + "<sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
                                        + "<extLst><ext xmlns:x15=\"x15\"><x15:workbookPr chartTrackingRefBase=\"1\"/></ext></extLst>"
                                        + "</workbook>");

        assertThat(text(book)).isEqualTo("2027-01-01");
    }

    @Test
    void dates_of_iso_8601_are_read() {
        assertThat(text(cell("r=\"A1\" t=\"d\"", "<v>2024-03-15</v>"))).isEqualTo("2024-03-15");
        assertThat(text(cell("r=\"A1\" t=\"d\"", "<v>2024-03-15T00:00:00</v>")))
                .isEqualTo("2024-03-15");
        assertThat(text(cell("r=\"A1\" t=\"d\"", "<v>2024-03-15T08:30:00Z</v>")))
                .isEqualTo("2024-03-15 08:30");
    }

    @Test
    void text_that_says_it_is_a_string_is_no_formula() {
        assertThat(rows(cell("r=\"A1\" t=\"str\"", "<v>甲</v>")).getFirst())
                .isEqualTo(new Workbook.Row(1, Map.of("name", "甲"), Map.of(), Map.of()));
        assertThat(rows(cell("r=\"A1\" t=\"str\"", "<f>B1</f><v>甲</v>")).getFirst().broken())
                .containsEntry("name", "workbook.formula");
    }

    @Test
    void a_formula_without_its_first_is_told_at_its_cell_and_nothing_else_is() {
        var rows =
                rows(
                        new RawBook()
                                .sheet(
                                        "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"0\"/><v>18</v></c></row>"
                                                + "<row r=\"2\"><c r=\"A2\"><v>19</v></c></row>"));

        assertThat(rows.get(0).broken()).containsEntry("name", "workbook.formula");
        assertThat(rows.get(1).broken()).isEmpty();
        assertThat(rows.get(1).text("name")).isEqualTo("19");
    }

    @Test
    void a_number_that_is_none_is_told_at_its_cell() {
        assertThat(rows(cell("r=\"A1\"", "<v>NaN</v>")).getFirst().broken())
                .containsEntry("name", "workbook.error-cell");
    }

    @Test
    void how_a_name_is_pronounced_is_no_part_of_it() {
        var phonetic = "<r><t>李</t></r><r><t>䶮</t></r><rPh sb=\"0\" eb=\"1\"><t>LI</t></rPh>";

        assertThat(text(cell("r=\"A1\" t=\"inlineStr\"", "<is>" + phonetic + "</is>")))
                .isEqualTo("李䶮");
        assertThat(text(cell("r=\"A1\" t=\"s\"", "<v>0</v>").texts("<si>" + phonetic + "</si>")))
                .isEqualTo("李䶮");
    }

    @Test
    void strict_open_xml_is_read() {
        var strict = "http://purl.oclc.org/ooxml/";
        var book =
                new RawBook()
                        .part(
                                "xl/workbook.xml",
                                "<workbook xmlns=\""
                                        + strict
                                        + "spreadsheetml/main\" xmlns:r=\""
                                        + strict
                                        + "officeDocument/relationships\" conformance=\"strict\">"
                                        + "<sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")
                        .part(
                                "xl/_rels/workbook.xml.rels",
                                "<Relationships xmlns=\"r\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" Type=\""
                                        + strict
                                        + "officeDocument/relationships/worksheet\"/></Relationships>")
                        .part(
                                "xl/worksheets/sheet1.xml",
                                "<worksheet xmlns=\""
                                        + strict
                                        + "spreadsheetml/main\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>");

        assertThat(text(book)).isEqualTo("1");
    }

    @Test
    void only_parts_that_are_parsed_must_be_without_a_document_type() {
        var svg =
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>";
        var book =
                new RawBook()
                        .part(
                                "xl/_rels/workbook.xml.rels",
                                "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" Type=\"x/worksheet\"/>"
                                        + "<Relationship Id=\"rId2\" Target=\"media/logo.svg\" Type=\"x/image\"/></Relationships>")
                        .part("xl/media/logo.svg", svg);

        assertThat(text(book)).isEqualTo("1");
    }

    @Test
    void cells_without_a_reference_follow_the_one_before() {
        var book =
                new RawBook()
                        .sheet(
                                "<row><c t=\"str\"><v>名称</v></c><c t=\"str\"><v>代码</v></c></row>"
                                        + "<row><c t=\"str\"><v>甲</v></c><c t=\"str\"><v>01</v></c></row>");

        assertThat(HandedIn.read(book.bytes()).as(FORM).sheet("t").rows().getFirst().cells())
                .isEqualTo(Map.of("name", "甲", "code", "01"));
    }

    private static Workbook read(TestBook book) {
        return HandedIn.read(book.bytes()).as(FORM);
    }

    private static List<List<Object>> form(String... names) {
        var rows = new java.util.ArrayList<List<Object>>();
        rows.add(List.of("名称*", "代码"));
        for (var it : names) rows.add(List.of(it, "1"));
        return rows;
    }

    private static List<String> names(Workbook book) {
        return book.sheets("t").stream()
                .flatMap(it -> it.rows().stream())
                .map(it -> it.text("name"))
                .toList();
    }

    @Test
    void all_sheets_of_one_form_are_read_wherever_they_stand() {
        var book = new TestBook();
        for (int at = 1; at <= 40; at++) book.sheet("说明" + at, List.of(List.of("说明", "无")));
        var read =
                read(
                        book.sheet("救助科", form("甲", "乙"))
                                .sheet("养老科", form("丙"))
                                .sheet("示例（名册）", form("某某")));

        assertThat(names(read)).containsExactly("甲", "乙", "丙");
        assertThat(read.size()).isEqualTo(3);
        assertThat(read.unread()).hasSize(41);
    }

    @Test
    void a_sheet_beside_the_one_that_is_called_as_the_form_is_read_too() {
        var read =
                read(
                        new TestBook()
                                .sheet("名册", form("甲"))
                                .sheet("补充", List.of(List.of("代码", "名称"), List.of("2", "乙"))));

        assertThat(names(read)).containsExactly("甲", "乙");
        assertThat(read.sheets("t").getLast().columns()).containsEntry("name", 1);
    }

    @Test
    void what_is_not_read_is_named_with_its_rows() {
        var read =
                read(
                        new TestBook()
                                .sheet(
                                        "名册",
                                        List.of(
                                                List.of("名称", "代码", "备注", "无人填写"),
                                                List.of("甲", "1", "见附件"),
                                                List.of("乙", "2", "", "", "散落")))
                                .sheet("通讯录", List.of(List.of("姓名"), List.of("张三")))
                                .sheet(
                                        "旧表",
                                        form("丙"),
                                        sheet ->
                                                sheet.setVisibilityState(
                                                        org.dhatim.fastexcel.VisibilityState
                                                                .HIDDEN))
                                .sheet("空表", List.of()));

        assertThat(read.unread())
                .containsExactly(
                        new Workbook.Unread.Columns("名册", List.of("备注", "E")),
                        new Workbook.Unread.Sheet("通讯录", 2, false),
                        new Workbook.Unread.Sheet("旧表", 2, true));
    }

    @Test
    void columns_behind_the_last_that_is_read_are_told() {
        var wide =
                IntStream.rangeClosed(0, 200)
                        .mapToObj(at -> "列" + at)
                        .collect(Collectors.<Object>toList());
        var book =
                new TestBook().sheet("名册", List.of(List.of("名称", "代码"), List.of("甲", "1"), wide));

        assertThat(read(book).unread()).contains(new Workbook.Unread.Beyond("名册"));
    }
}
