package shuqiao.organization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;
import shuqiao.standard.CreditCode;
import shuqiao.workbook.Workbook;

/** Departments as the system administrator keeps them: one by one, and by workbook. */
@PlatformTest
class OrganizationPagesTests {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final String PATH = "/admin/organizations";
    private static final List<String> HEADINGS =
            List.of("统一社会信用代码*", "部门名称*", "简称", "区划代码*", "级别*", "上级部门代码", "主管部门");

    @Autowired City city;
    @Autowired Organizations organizations;

    private Visitor system;

    @BeforeEach
    void the_system_administrator_logs_in() {
        city.person("op-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        system = in("op-system");
    }

    @Test
    void the_tree_shows_who_is_below_whom_and_a_search_finds_by_name_and_code() {
        add(code("TPA000001"), "云泽市测试甲局", null);
        add(code("TPA000002"), "云泽市测试甲所", code("TPA000001"));

        assertThat(system.get(PATH).body()).contains("depth-1", "第 2 级：", "云泽市测试甲所");
        assertThat(system.get(PATH + "?q=" + code("TPA000002")).body())
                .contains("找到 1 个部门", "隶属云泽市测试甲局");
        assertThat(system.get(PATH + "?q=%3Cnothing%3E").body()).contains("没有符合条件的部门");
        assertThat(system.get(PATH + "/" + code("TPA000001")).body())
                .contains("下级部门 1 个", "登记部门", "op-system");
    }

    @Test
    void a_department_is_changed_moved_closed_and_opened_again() {
        add(code("TPB000001"), "云泽市测试乙局", null);
        add(code("TPB000002"), "云泽市测试乙所", code("TPB000001"));
        var path = PATH + "/" + code("TPB000002");

        var fields = fields("云泽市测试乙处", "");
        assertThat(system.submit(path, path, fields).body()).contains("部门信息已保存", "云泽市测试乙处");
        assertThat(organizations.find(code("TPB000002")).orElseThrow().parent()).isNull();

        assertThat(system.get(path + "/closing").body()).contains("停用「云泽市测试乙处」？");
        assertThat(system.submit(path, path + "/closing", Map.of()).body())
                .contains("部门已停用", "恢复部门");
        assertThat(system.submit(path, path + "/reopening", Map.of()).body()).contains("部门已恢复");
    }

    @Test
    void nobody_is_above_himself() {
        add(code("TPC000001"), "云泽市测试丙局", null);
        add(code("TPC000002"), "云泽市测试丙所", code("TPC000001"));
        var path = PATH + "/" + code("TPC000001");

        var refused = system.submit(path, path, fields("云泽市测试丙局", code("TPC000002")));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("错误：", "另选上级");
    }

    @Test
    void a_workbook_is_tried_first_and_changes_nothing() {
        var report =
                upload(
                        row(code("TPD000001"), "云泽市测试丁局", "丁局", "990100", "市级", "", "否"),
                        row("123", "云泽市测试丁所", "", "990100", "市级", "", ""),
                        row(code("TPD000003"), "云泽市测试丁处", "", "990100", "地级", "", ""),
                        row(code("TPD000001"), "云泽市测试丁二", "", "990100", "市级", "", ""));

        assertThat(report)
                .contains(
                        "校验完成：1 个部门可以导入，3 个需要修改",
                        "A 统一社会信用代码",
                        "应为 18 位，现在是 3 位",
                        "「地级」不在可选的词中",
                        "从下拉列表中选择：省级、市级",
                        "与第 2 行重复",
                        "cell-wrong",
                        "新增 1，更新 0，不变 0");
        assertThat(organizations.find(code("TPD000001"))).isEmpty();
    }

    @Test
    void the_right_rows_are_taken_children_after_their_parents() {
        var rows =
                new Object[][] {
                    row(code("TPE000002"), "云泽市测试戊所", "戊所", "990100", "市级", code("TPE000001"), ""),
                    row(code("TPE000001"), "云泽市测试戊局", "戊局", "990100", "市级", "", ""),
                    row("x", "云泽市测试戊处", "", "990100", "市级", "", "")
                };
        var page = sent(rows);
        var path = page.replaceAll("(?s).*action=\"(" + PATH + "/import/[0-9a-f-]+)\".*", "$1");

        var all = system.submit(path, path, Map.of("mode", "all"));
        assertThat(all.statusCode()).isEqualTo(409);
        assertThat(all.body()).contains("还有 1 行需要修改");
        assertThat(organizations.find(code("TPE000001"))).isEmpty();

        assertThat(system.submit(path, path, Map.of("mode", "right")).body()).contains("部门已导入");
        assertThat(organizations.find(code("TPE000002")).orElseThrow().parent())
                .isEqualTo(new CreditCode(code("TPE000001")));
        assertThat(system.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void the_same_workbook_comes_back_with_a_word_at_each_wrong_row() {
        var page = sent(new Object[][] {row("=1+1", "云泽市测试己局", "", "990100", "市级", "", "")});
        var path =
                page.replaceAll(
                        "(?s).*href=\"(" + PATH + "/import/[0-9a-f-]+/marked.xlsx)\".*", "$1");

        var marked = Workbook.read(system.download(path), OrganizationImport.LAYOUT);

        assertThat(marked.sheet(OrganizationImport.SHEET).rows().getFirst().text("code"))
                .isEqualTo("=1+1");
        assertThat(marked.toString()).contains("校验结果", "统一社会信用代码应为 18 位");
    }

    @Test
    void what_is_exported_comes_in_again_without_a_change() {
        add(code("TPF000001"), "云泽市测试庚局", null);

        var page =
                system.upload(
                        PATH + "/import",
                        PATH + "/import",
                        "file",
                        "部门表.xlsx",
                        system.download(PATH + "/export.xlsx"));

        assertThat(page.body()).contains("新增 0，更新 0，不变").doesNotContain("需要修改</h1>");
        var template =
                Workbook.read(system.download(PATH + "/template.xlsx"), OrganizationImport.LAYOUT);
        assertThat(template.size()).isZero();
    }

    @Test
    void what_is_no_workbook_is_refused_with_what_to_do() throws IOException {
        assertThat(refused("x.xlsx", new byte[0])).contains("请选择要上传的工作簿");
        assertThat(refused("x.csv", "a,b".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .contains("缺少这些列");
        assertThat(refused("bomb.xlsx", zip("xl/workbook.xml", 300 * 1024 * 1024)))
                .contains("解压后过大");
        assertThat(refused("macro.xlsx", zip("xl/vbaProject.bin", 10))).contains("含有宏");
        assertThat(refused("empty.xlsx", workbook(List.of("甲", "乙"), new Object[0][])))
                .contains("缺少这些列", "统一社会信用代码");
    }

    @Test
    void sheets_of_one_form_are_all_read_and_what_is_not_is_named() {
        var first = code("TPH000001");
        var heads = List.of("统一社会信用代码*", "部门名称*", "区划代码*", "级别*");
        var page =
                system.upload(
                                PATH + "/import",
                                PATH + "/import",
                                "file",
                                "部门.xlsx",
                                new shuqiao.workbook.TestBook()
                                        .sheet(
                                                "一",
                                                List.of(
                                                        heads,
                                                        List.of(first, "云泽市测试子局", "990100", "市级")))
                                        .sheet(
                                                "二",
                                                List.of(
                                                        heads,
                                                        List.of(
                                                                code("TPH000002"),
                                                                "云泽市测试丑局",
                                                                "990100",
                                                                "市级"),
                                                        List.of(first, "云泽市测试寅局", "990100", "市级")))
                                        .sheet("电话", List.of(List.of("姓名"), List.of("张三")))
                                        .bytes())
                        .body();

        assertThat(page).contains("校验完成：2 个部门可以导入，1 个需要修改", "与工作表「一」第 2 行重复", "「电话」2 行");
    }

    @Test
    void formulas_and_rounded_codes_are_faults_of_their_cells() {
        var report = upload(row(119901000000000000L, "云泽市测试辛局", "", "990100", "市级", "", ""));

        assertThat(report).contains("科学计数", "把该列设为文本");
    }

    @Test
    void these_pages_are_the_system_administrators_alone() {
        city.person("op-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        city.person("op-steward", PASSWORD, City.BUREAU, Role.STEWARD);
        var page = sent(new Object[][] {row("1", "甲", "", "990100", "市级", "", "")});
        var mine = page.replaceAll("(?s).*action=\"(" + PATH + "/import/[0-9a-f-]+)\".*", "$1");
        for (var username : new String[] {"op-security", "op-steward"})
            for (var path :
                    new String[] {
                        PATH,
                        PATH + "/" + City.BUREAU,
                        PATH + "/export.xlsx",
                        PATH + "/template.xlsx",
                        PATH + "/import",
                        mine
                    })
                assertThat(in(username).get(path).statusCode()).as(username + path).isEqualTo(403);
        city.person("op-second", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        assertThat(in("op-second").get(mine).statusCode()).isEqualTo(404);
        assertThat(system.get(PATH + "/none").statusCode()).isEqualTo(404);
    }

    @Test
    void a_code_that_stands_so_on_the_certificate_is_registered_with_a_reason() {
        var odd = odd("TPK000001");
        var fields = fields("云泽市测试申局", "");
        fields.put("code", odd);

        assertThat(system.get(PATH).body()).doesNotContain("codeReason");
        var refused = system.submit(PATH, PATH, fields);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("请填写理由后登记", "name=\"codeReason\"");
        fields.put("codeReason", "证书第 12 号如此，<b>李</b>已核对");
        assertThat(system.submit(PATH, PATH, fields).body()).contains("部门已登记");

        assertThat(organizations.find(odd).orElseThrow().codeReason()).startsWith("证书第 12 号");
        var page = system.get(PATH + "/" + odd).body();
        assertThat(page).contains("按国标应为", "证书第 12 号如此，&lt;b&gt;李");
        city.person("op-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        assertThat(in("op-audit").get("/audit?object=organization%3D" + odd).body())
                .contains("代码的校验码与国标不符，理由：证书第 12 号如此");
        var path = PATH + "/" + odd;
        assertThat(system.submit(path, path, fields("云泽市测试申处", "")).body()).contains("部门信息已保存");
        assertThat(organizations.find(odd).orElseThrow().codeReason()).startsWith("证书第 12 号");
        add(code("TPK000002"), "云泽市测试申所", odd);
    }

    @Test
    void a_reason_that_nothing_asks_for_is_refused() {
        var fields = fields("云泽市测试酉局", "");
        fields.put("code", code("TPM000001"));
        fields.put("codeReason", "证书如此");

        var refused = system.submit(PATH, PATH, fields);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("不需要理由，请清空", "name=\"codeReason\"");
    }

    @Test
    void a_workbook_gives_the_reason_in_a_column_of_its_own() {
        var heads = List.of("统一社会信用代码*", "部门名称*", "区划代码*", "级别*", "代码校验码不符的理由");
        var odd = odd("TPN000001");
        var book =
                workbook(
                        heads,
                        new Object[][] {
                            row(odd, "云泽市测试戌局", "990100", "市级", "证书如此"),
                            row(odd("TPN000002"), "云泽市测试亥局", "990100", "市级", ""),
                            row(code("TPN000003"), "云泽市测试亥所", "990100", "市级", "证书如此")
                        });
        var page =
                system.upload(PATH + "/import", PATH + "/import", "file", "部门.xlsx", book).body();
        assertThat(page).contains("校验完成：1 个部门可以导入，2 个需要修改", "校验码不符", "理由多余");
        var mine = page.replaceAll("(?s).*action=\"(" + PATH + "/import/[0-9a-f-]+)\".*", "$1");

        assertThat(system.submit(mine, mine, Map.of("mode", "right")).body()).contains("部门已导入");

        assertThat(organizations.find(odd).orElseThrow().codeReason()).isEqualTo("证书如此");
        var again =
                system.upload(
                        PATH + "/import",
                        PATH + "/import",
                        "file",
                        "部门表.xlsx",
                        system.download(PATH + "/export.xlsx"));
        assertThat(again.body()).contains("新增 0，更新 0，不变");
    }

    private static String odd(String inner) {
        var right = code(inner);
        return right.substring(0, 17) + (right.endsWith("9") ? "8" : "9");
    }

    private String refused(String name, byte[] content) {
        var answer = system.upload(PATH + "/import", PATH + "/import", "file", name, content);
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    private String upload(Object[]... rows) {
        return sent(rows);
    }

    private String sent(Object[][] rows) {
        var page =
                system.upload(
                        PATH + "/import",
                        PATH + "/import",
                        "file",
                        "部门.xlsx",
                        workbook(HEADINGS, rows));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    private static Object[] row(Object... cells) {
        return cells;
    }

    private static byte[] workbook(List<String> headings, Object[][] rows) {
        var bytes = new ByteArrayOutputStream();
        try (var book = new org.dhatim.fastexcel.Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("部门");
            for (int at = 0; at < headings.size(); at++) sheet.value(0, at, headings.get(at));
            for (int row = 0; row < rows.length; row++)
                for (int at = 0; at < rows[row].length; at++)
                    if (rows[row][at] instanceof Number number) sheet.value(row + 1, at, number);
                    else sheet.value(row + 1, at, (String) rows[row][at]);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, int zeros) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            var block = new byte[1024 * 1024];
            for (int left = zeros; left > 0; left -= block.length)
                zip.write(block, 0, Math.min(left, block.length));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private void add(String code, String name, String parent) {
        var fields = fields(name, parent == null ? "" : parent);
        fields.put("code", code);
        assertThat(system.submit(PATH, PATH, fields).body()).contains("部门已登记");
    }

    private static Map<String, String> fields(String name, String parent) {
        var fields = new HashMap<String, String>();
        fields.put("name", name);
        fields.put("division", "990100");
        fields.put("level", "CITY");
        fields.put("parent", parent);
        return fields;
    }

    private static String code(String inner) {
        var first17 = "11990100" + inner;
        return first17 + CreditCode.checkCharacter(first17);
    }

    private Visitor in(String username) {
        var visitor = new Visitor(city);
        visitor.login(username, PASSWORD);
        return visitor;
    }
}
