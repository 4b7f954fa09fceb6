package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import shuqiao.workbook.TestBook;

/** Workbooks as they really come: each is told what is wrong with it and how to mend it. */
class BadWorkbookTests extends ImportGround {

    private static final byte[] COMPOUND = {
        (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };

    @Test
    void merged_cells_are_read_down_over_the_items_and_told() {
        var one = with(entry("低保对象信息"), "信息项名称*", "姓名", "数据类型*", "C");
        var other = Map.<String, Object>of("信息项名称*", "住址", "数据类型*", "C");
        var rows = rows(List.of(one, other));
        var page =
                upload(
                        new TestBook()
                                .sheet(
                                        "目录",
                                        rows,
                                        sheet -> {
                                            for (int at = 0; at < 13; at++)
                                                sheet.range(1, at, 2, at).merge();
                                        })
                                .bytes());

        assertThat(page).contains("1 个目录都可以导入", "1 个目录，2 个信息项", "单元格是合并的");
    }

    @Test
    void formulas_are_never_run() {
        var rows = rows(List.of(entry("低保对象信息")));
        var page =
                upload(
                        new TestBook()
                                .sheet(
                                        "目录",
                                        rows,
                                        sheet -> sheet.formula(1, 1, "CONCATENATE(A1,\"信息\")"))
                                .sheet("信息项", rows(List.of(item("低保对象信息", "姓名"))))
                                .bytes());

        assertThat(page).contains("单元格是公式，导入时不计算公式", "粘贴为数值", "B 信息资源摘要");
    }

    @Test
    void codes_of_18_digits_that_became_numbers_are_told() {
        assertThat(upload(book(with(entry("低保对象信息"), "信息资源提供方代码", 119901000000000000L))))
                .contains("科学计数，末几位已丢失", "把该列设为文本");
        assertThat(upload(book(with(entry("孤儿信息"), "信息资源提供方代码", "1.19901E+17"))))
                .contains("科学计数，末几位已丢失");
        assertThat(upload(book(with(entry("孤儿信息"), "信息资源提供方代码", "11990100MB0W00001"))))
                .contains("应为 18 位，现在是 17 位");
    }

    @Test
    void full_width_blanks_and_punctuation_make_no_new_names() {
        var page =
                upload(
                        book(
                                with(entry("低保对象（城市）信息"), "更新周期*", "　每月　", "分类编码△", "３０７０２１"),
                                entry("低保对象(城市) 信息"),
                                entry("低保对象　信息")));

        assertThat(page).contains("2 个目录可以导入，1 个需要修改", "与第 2 行重复", "名称中有全角空格");
    }

    @Test
    void names_that_a_drag_made_count_up_are_told() {
        var page =
                upload(
                        book(
                                entry("养老机构名录1"),
                                with(entry("养老机构名录2"), "信息资源摘要*", "全市养老机构名录1的基本情况，来自业务系统，按月审定。"),
                                with(entry("养老机构名录3"), "信息资源摘要*", "全市养老机构名录1的基本情况，来自业务系统，按月审定。")));

        assertThat(page).contains("1 个目录可以导入，2 个需要修改", "名称只有末尾数字递增", "3—4", "只保留一行");
    }

    @Test
    void names_that_are_alike_or_are_those_of_systems_are_told() {
        imported(upload(book(entry("养老机构，名录信息"))));
        var page =
                upload(
                        book(
                                entry("养老机构名录信息"),
                                entry("孤儿（一）信息"),
                                entry("孤儿一信息"),
                                entry("社会救助管理系统"),
                                entry("殡葬服务名录1"),
                                entry("殡葬服务名录2")));

        assertThat(page)
                .contains(
                        "6 个目录都可以导入",
                        "与已有的「养老机构，名录信息」只差标点",
                        "与第 3 行的「孤儿（一）信息」只差标点",
                        "名称像是信息系统",
                        "名称只有末尾数字递增");
    }

    @Test
    void a_list_says_as_many_words_as_its_heading() {
        var page =
                upload(
                        book(
                                with(entry("甲信息"), "信息资源摘要*", "甲乙丙"),
                                with(entry("乙信息"), "信息资源摘要*", "甲乙丙"),
                                with(entry("丙信息"), "信息资源摘要*", "甲乙丙")));

        assertThat(page).contains("0 个错误，3 个提醒", "<span>全部</span><span>3</span>", "同类问题已合并，共 1 条");
    }

    @Test
    void a_wrong_sheet_asks_which_column_is_which() {
        var page = upload(new TestBook().sheet("通讯录", List.of(List.of("姓名", "电话"))).bytes());

        assertThat(page).contains("没有认出「信息资源名称」列", "工作表「通讯录」", "「电话」对应的内容");
    }

    @Test
    void hidden_rows_are_told() {
        var page =
                upload(
                        new TestBook()
                                .sheet(
                                        "目录",
                                        rows(List.of(entry("低保对象信息"), entry("孤儿信息"))),
                                        sheet -> sheet.hideRow(2))
                                .sheet(
                                        "信息项",
                                        rows(List.of(item("低保对象信息", "姓名"), item("孤儿信息", "姓名"))))
                                .bytes());

        assertThat(page).contains("2 个目录都可以导入", "这一行是隐藏的，也会导入");
    }

    @Test
    void a_title_above_the_headings_is_passed_over() {
        var rows = new ArrayList<List<Object>>();
        rows.add(List.of("云泽市政务信息资源目录（2026 年）"));
        rows.add(List.of());
        rows.addAll(rows(List.of(entry("低保对象信息"))));
        var page =
                upload(
                        new TestBook()
                                .sheet("目录", rows, sheet -> sheet.range(0, 0, 0, 12).merge())
                                .sheet("信息项", rows(List.of(item("低保对象信息", "姓名"))))
                                .bytes());

        assertThat(page).contains("1 个目录都可以导入");
    }

    @Test
    void files_that_cannot_be_read_are_refused_with_what_to_do() throws IOException {
        assertThat(
                        refused(
                                "macro.xlsm",
                                zip(Map.of("xl/workbook.xml", 10, "xl/vbaProject.bin", 10))))
                .contains("含有宏", "另存为不含宏的 .xlsx");
        assertThat(refused("bomb.xlsx", zip(Map.of("xl/workbook.xml", 300 * 1024 * 1024))))
                .contains("解压后过大");
        assertThat(refused("secret.xlsx", compound("EncryptedPackage"))).contains("设有密码", "取消密码");
        assertThat(refused("renamed.xlsx", compound("Workbook"))).contains("旧版 .xls", "另存为");
        assertThat(refused("page.xls", "<html><table>".getBytes(StandardCharsets.UTF_8)))
                .contains("只是名字像表格");
        assertThat(refused("binary.xlsb", zip(Map.of("xl/workbook.bin", 10)))).contains(".xlsb");
        assertThat(refused("photo.xlsx", new byte[] {1, 0, 2, 0, 3})).contains("不是可以读取的");
        assertThat(refused("cut.xlsx", java.util.Arrays.copyOf(book(entry("甲")), 300)))
                .contains("不是可以读取的");
        assertThat(refused("empty.xlsx", new byte[0])).contains("请选择要上传的工作簿");
    }

    @Test
    void a_workbook_without_rows_is_told() {
        assertThat(refused("blank.xlsx", new TestBook().sheet("目录", List.of()).bytes()))
                .contains("工作簿里没有内容");
        assertThat(
                        upload(
                                new TestBook()
                                        .sheet("目录", rows(List.of(entry("甲"))).subList(0, 1))
                                        .bytes()))
                .contains("没有读到目录");
    }

    @Test
    void a_million_rows_are_refused_at_the_first_too_many() throws IOException {
        var sheet = new ByteArrayOutputStream();
        sheet.writeBytes(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                        .getBytes(StandardCharsets.UTF_8));
        for (int row = 1; row <= 1_000_000; row++)
            sheet.writeBytes(
                    ("<row r=\"" + row + "\"><c r=\"A" + row + "\"><v>" + row + "</v></c></row>")
                            .getBytes(StandardCharsets.UTF_8));
        sheet.writeBytes("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));

        assertThat(refused("long.xlsx", xlsx(sheet.toByteArray()))).contains("超过 20000 行");
    }

    @Test
    void csv_is_read_in_whichever_chinese_encoding() {
        var rows = rows(List.of(with(entry("低保对象信息"), "信息项名称*", "姓名", "数据类型*", "C")));
        var text =
                rows.stream()
                        .map(row ->
                                row.stream()
                                        .map(cell -> "\"" + cell + "\"")
                                        .collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\r\n"));

        for (var charset : List.of(Charset.forName("GBK"), StandardCharsets.UTF_8))
            assertThat(upload("目录.csv", text.getBytes(charset))).contains("1 个目录都可以导入");
        assertThat(upload("目录.csv", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)))
                .contains("1 个目录都可以导入");
    }

    @Test
    void dates_that_became_serial_numbers_are_understood_and_told() {
        assertThat(upload(book(with(entry("甲信息"), "发布日期", 45000))))
                .contains("1 个目录都可以导入", "日期变成了序号，按 2023-03-15 理解");
        assertThat(upload(book(with(entry("甲信息"), "发布日期", "去年")))).contains("不是日期，应写成 2026-11-22");
        assertThat(upload(book(with(entry("甲信息"), "发布日期", "2999年1月1日")))).contains("发布日期在今天之后");
    }

    @Test
    void sheets_of_one_form_are_all_read_and_each_fault_has_its_sheet() {
        var one = with(entry("救助甲信息"), "信息项名称*", "姓名", "数据类型*", "C");
        var other = with(entry("养老甲信息"), "信息项名称*", "姓名", "数据类型*", "C");
        var again = with(one, "更新周期*", "每年", "信息项名称*", "住址");
        var page =
                upload(
                        new TestBook()
                                .sheet("救助科", rows(List.of(one)))
                                .sheet(
                                        "养老科",
                                        rows(
                                                List.of(
                                                        other,
                                                        with(
                                                                other, "信息资源名称*", "养老乙信息", "更新周期*",
                                                                "偶尔"),
                                                        again)))
                                .bytes());

        assertThat(page)
                .contains(
                        "1 个目录可以导入，2 个需要修改", "<td>养老科</td>", "与工作表「救助科」第 2 行是同一目录", "「偶尔」不在可选的词中");
        assertThat(
                        upload(
                                new TestBook()
                                        .sheet("救助科", rows(List.of(one)))
                                        .sheet("养老科", rows(List.of(other)))
                                        .bytes()))
                .contains("2 个目录都可以导入", "2 个目录，2 个信息项")
                .doesNotContain("有内容没有读取");
    }

    @Test
    void what_of_a_workbook_was_not_read_is_named() {
        var one = with(entry("救助甲信息"), "信息项名称*", "姓名", "数据类型*", "C", "备注", "见附件");
        var page =
                upload(
                        new TestBook()
                                .sheet("救助科", rows(List.of(one)))
                                .sheet("通讯录", List.of(List.of("姓名"), List.of("张三")))
                                .sheet("填写说明", List.of(List.of("本平台的说明")))
                                .bytes());

        assertThat(page)
                .contains("1 个目录都可以导入", "有内容没有读取", "「通讯录」2 行", "工作表「救助科」中没有读取这些列：备注")
                .doesNotContain("填写说明");
    }

    @Test
    void every_rule_of_the_guide_is_kept() {
        var page =
                upload(
                        book(
                                with(
                                        entry("甲信息"),
                                        "共享类型*",
                                        "不予共享",
                                        "共享方式分类△",
                                        "",
                                        "共享方式类型△",
                                        "",
                                        "共享条件△",
                                        "",
                                        "共享范围",
                                        ""),
                                with(entry("乙信息"), "共享方式类型△", "文件"),
                                with(entry("丙信息"), "分类编码△", "999999"),
                                with(entry("丁信息"), "涉密性", "涉密"),
                                with(entry("戊信息"), "关联资源代码", "307021/999999"),
                                with(entry("己信息"), "信息资源提供方", "云泽市公安局"),
                                with(entry("庚信息"), "信息系统名称", "庚信息"),
                                with(entry("辛信息"), "数据存储总量(G)", "12G"),
                                with(entry("壬信息"), "信息资源摘要*", "太短"),
                                with(entry("癸信息"), "更新周期*", "偶尔"),
                                with(entry("子信息"), "共享范围", "云泽市没有局"),
                                with(entry("丑信息"), "信息资源代码", "307-1")));

        assertThat(page)
                .contains(
                        "1 个目录可以导入，11 个需要修改",
                        "不予共享依据",
                        "数据库应以这些方式共享：数据库、接口",
                        "没有名为「999999」的分类",
                        "平台不接收涉密信息资源",
                        "没有代码为 307021/999999 的信息资源",
                        "只能编制本部门的目录",
                        "名称与信息系统的名称相同",
                        "只能填数字，不带单位",
                        "摘要宜为 10 到 500 字",
                        "「偶尔」不在可选的词中",
                        "没有名为「云泽市没有局」的部门");
    }

    @Test
    void items_are_checked_at_their_own_rows() {
        var wrong =
                List.of(
                        item("甲信息", "姓名"),
                        item("甲信息", "姓 名"),
                        with(item("甲信息", "类型"), "数据类型*", "文字"),
                        with(item("甲信息", "长度"), "数据长度△", "18位"),
                        item("没有的信息", "姓名"));
        var page =
                upload(
                        new TestBook()
                                .sheet("目录", rows(List.of(entry("甲信息"), entry("乙信息"))))
                                .sheet("信息项", rows(wrong))
                                .bytes());

        assertThat(page)
                .contains(
                        "0 个目录可以导入，2 个需要修改",
                        "信息项名称「姓 名」重复",
                        "「文字」不在可选的词中",
                        "只能填数字",
                        "「目录」表中没有对应的目录",
                        "至少要有一个信息项");
    }

    private String refused(String name, byte[] content) {
        var answer = steward.upload(PATH, PATH, "file", name, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        return answer.body();
    }

    private static byte[] compound(String stream) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(COMPOUND);
        bytes.writeBytes(new byte[1024]);
        bytes.writeBytes(stream.getBytes(StandardCharsets.UTF_16LE));
        bytes.writeBytes(new byte[512]);
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, Integer> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                var block = new byte[1024 * 1024];
                for (int left = entry.getValue(); left > 0; left -= block.length)
                    zip.write(block, 0, Math.min(left, block.length));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] xlsx(byte[] sheet) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            put(
                    zip,
                    "[Content_Types].xml",
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>");
            put(
                    zip,
                    "_rels/.rels",
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            put(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
            put(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write(sheet);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
