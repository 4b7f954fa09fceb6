package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.Stage;
import shuqiao.catalog.UpdateCycle;
import shuqiao.kernel.Role;
import shuqiao.workbook.TestBook;

/** A department compiles its entries from a workbook. */
class CatalogImportTests extends ImportGround {

    @Autowired JdbcClient db;
    @Autowired TransactionTemplate transaction;

    @Test
    void the_template_has_its_sheets_and_the_department_stands_in_it() throws IOException {
        for (var form : List.of("", "?form=flat"))
            try (var book =
                    new ReadableWorkbook(
                            new ByteArrayInputStream(
                                    steward.download(PATH + "/template.xlsx" + form)))) {
                var names = book.getSheets().map(Sheet::getName).toList();
                assertThat(names).contains("填写说明", "目录", "字典", "_meta");
                assertThat(names.contains("信息项")).isEqualTo(form.isEmpty());
                var rows = book.findSheet("目录").orElseThrow().read();
                assertThat(rows.get(0).getCellText(0)).isEqualTo("目录");
                assertThat(rows.get(1).getCellText(1)).isEqualTo("信息资源名称*");
                assertThat(rows.get(2).getCellText(3)).isEqualTo(name);
                assertThat(rows.get(2).getCellText(4)).isEqualTo(department);
            }
    }

    @Test
    void what_is_written_is_xml_that_a_spreadsheet_program_opens() throws Exception {
        for (var form : List.of("", "?form=flat"))
            try (var zip =
                    org.apache.commons.compress.archivers.zip.ZipFile.builder()
                            .setByteArray(steward.download(PATH + "/template.xlsx" + form))
                            .get()) {
                var names = new StringBuilder();
                for (var entry : java.util.Collections.list(zip.getEntries())) {
                    if (!entry.getName().endsWith(".xml")) continue;
                    var bytes = zip.getInputStream(entry).readAllBytes();
                    javax.xml.parsers.DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(bytes));
                    if (entry.getName().equals("xl/workbook.xml"))
                        names.append(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
                }
                assertThat(names.toString())
                        .contains("name=\"class_\"", "name=\"class_307\"", "name=\"format_数据库\"")
                        .doesNotContain("localSheetId=\"5\"");
            }
    }

    @Test
    void the_examples_of_the_template_are_right_themselves() throws IOException {
        for (var form : List.of("", "?form=flat")) {
            var filled = new TestBook();
            try (var book =
                    new ReadableWorkbook(
                            new ByteArrayInputStream(
                                    steward.download(PATH + "/template.xlsx" + form)))) {
                for (var sheet : form.isEmpty() ? List.of("目录", "信息项") : List.of("目录"))
                    filled.sheet(
                            sheet,
                            book.findSheet("示例（" + sheet + "）").orElseThrow().read().stream()
                                    .map(row ->
                                            row.stream()
                                                    .map(cell -> cell == null ? "" : cell.getText())
                                                    .toList())
                                    .toList());
            }

            var page = upload(filled.bytes());

            assertThat(page).contains("1 个目录都可以导入", "1 个目录，1 个信息项");
        }
    }

    @Test
    void what_is_updated_is_listed_by_name_with_what_changes() {
        var two =
                new TestBook()
                        .sheet("目录", rows(List.of(entry("最低生活保障对象信息"))))
                        .sheet(
                                "信息项",
                                rows(List.of(item("最低生活保障对象信息", "姓名"), item("最低生活保障对象信息", "住址"))))
                        .bytes();
        imported(upload(two));
        var known = drafted("最低生活保障对象信息").id();

        var page =
                upload(
                        new TestBook()
                                .sheet(
                                        "目录",
                                        rows(List.of(with(entry("最低生活保障对象 信息"), "更新周期*", "每日"))))
                                .sheet("信息项", rows(List.of(item("最低生活保障对象 信息", "姓名"))))
                                .bytes());

        assertThat(page)
                .contains("按名称认作已有的「最低生活保障对象信息」", "现有 2 个信息项，导入后为 1 个，其中 1 个将删去", "看更新的 1 个怎样变化");
        assertThat(steward.get(PATH + "/" + batch(page) + "/updates").body())
                .contains(
                        "将更新 1 个已有的目录",
                        "href=\"/resources/" + known + "\"",
                        "最低生活保障对象信息</a>",
                        "「目录」第 2 行",
                        "更新草稿",
                        "更新周期",
                        "信息项增 0、改 0、删 1")
                .doesNotContain("??");
    }

    @Test
    void an_untouched_template_holds_no_entry() {
        var page = upload(steward.download(PATH + "/template.xlsx"));

        assertThat(page)
                .contains("没有读到目录", ">0 行</small>")
                .doesNotContain("导入 0 个目录</button>", "有内容没有读取");
    }

    @Test
    void a_workbook_is_tried_and_its_right_entries_become_drafts() {
        var page =
                upload(
                        book(
                                entry("低保对象信息"),
                                with(entry("特困人员信息"), "共享条件△", ""),
                                with(entry("孤儿信息"), "共享类型*", "部分共享")));

        assertThat(page)
                .contains(
                        "1 个目录可以导入，2 个需要修改",
                        "G 共享条件",
                        "F 共享类型",
                        "「部分共享」不在可选的词中",
                        "从下拉列表中选择：无条件共享、有条件共享、不予共享",
                        "DR-");
        assertThat(names()).isEmpty();

        assertThat(imported(page)).contains("已导入 1 个目录", "新增 1 个草稿");
        var draft = drafted("低保对象信息");
        assertThat(draft.state().stage()).isEqualTo(Stage.DRAFT);
        assertThat(draft.description().sharingKind()).isEqualTo(SharingKind.CONDITIONAL);
        assertThat(draft.description().updateCycle()).isEqualTo(UpdateCycle.MONTHLY);
        assertThat(draft.description().sharingRange()).containsExactly(shuqiao.City.POLICE);
        assertThat(draft.description().classification()).isEqualTo(CLASS);
        assertThat(draft.description().items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.name()).isEqualTo("证件号码");
                    assertThat(item.length()).isEqualTo(18);
                });
        assertThat(names()).containsExactly("低保对象信息");
    }

    @Test
    void codes_of_an_item_are_read_kept_and_shown() {
        var entry = with(entry("低保对象信息"), "信息项名称*", "户别", "数据类型*", "字符型 C");
        var rows =
                rows(
                        List.of(
                                with(entry, "字典项", "1 城市；2 农村"),
                                with(entry, "信息资源名称*", "孤儿信息", "字典项", "1 在册；1 注销")));
        var page = upload(new TestBook().sheet("目录", rows).bytes());

        assertThat(page).contains("1 个目录可以导入，1 个需要修改", "值域中代码「1」出现两次，请只留一次");
        imported(page);
        var draft = drafted("低保对象信息");
        assertThat(draft.description().items())
                .singleElement()
                .satisfies(item -> assertThat(item.codes()).isEqualTo("1 城市；2 农村"));
        var items = "/resources/" + draft.id();
        assertThat(steward.get(items + "/items").body()).contains("值域，共 2 个代码", "<dd>农村</dd>");
        assertThat(steward.get(items + "/edit/items").body()).contains("1 城市；2 农村</textarea>");
    }

    @Test
    void nothing_is_imported_unless_all_are_right() {
        var page = upload(book(entry("低保对象信息"), with(entry("孤儿信息"), "更新周期*", "常常")));
        var path = PATH + "/" + batch(page);

        var refused = steward.submit(path, path, Map.of("mode", "all"));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("还有 1 个目录需要修改");
        assertThat(names()).isEmpty();
    }

    @Test
    void known_entries_are_changed_or_skipped() {
        imported(upload(book(entry("低保对象信息"))));
        var again = book(with(entry("低保　对象信息"), "更新周期*", "每日"), entry("孤儿信息"));

        assertThat(imported(upload(again), "known", "SKIP")).contains("新增 1 个草稿，更新 0 个");
        assertThat(drafted("低保对象信息").description().updateCycle()).isEqualTo(UpdateCycle.MONTHLY);

        assertThat(imported(upload(again))).contains("新增 0 个草稿，更新 1 个");
        assertThat(names()).containsExactlyInAnyOrder("低保　对象信息", "孤儿信息");
        assertThat(drafted("低保　对象信息").description().updateCycle()).isEqualTo(UpdateCycle.DAILY);
    }

    @Test
    void an_import_is_undone_within_the_day_and_what_went_on_stays() {
        imported(upload(book(entry("低保对象信息"))));
        var page =
                imported(
                        upload(
                                book(
                                        with(entry("低保对象信息"), "更新周期*", "每日"),
                                        entry("孤儿信息"),
                                        entry("特困人员信息"))));
        var touched = drafted("特困人员信息");
        catalog.change(actor, touched.id(), touched.description(), touched.revision());
        var path = PATH + "/" + batch(page);

        var undone = steward.submit(path, path + "/undo", Map.of());

        assertThat(undone.body()).contains("导入已撤销", "已撤销 2 个目录的导入，1 个之后又改过");
        assertThat(names()).containsExactlyInAnyOrder("低保对象信息", "特困人员信息");
        assertThat(drafted("低保对象信息").description().updateCycle()).isEqualTo(UpdateCycle.MONTHLY);
        assertThat(steward.submit("/resources/new", path + "/undo", Map.of()).statusCode())
                .isEqualTo(409);
    }

    @Test
    void the_same_workbook_comes_back_red_and_keeps_its_number() throws IOException {
        var page = upload(book(entry("低保对象信息"), with(entry("孤儿信息"), "共享条件△", "")));
        var number = page.replaceAll("(?s).*(DR-[0-9]{8}-[0-9]+).*", "$1");

        var marked = steward.download(PATH + "/" + batch(page) + "/marked.xlsx");

        try (var book = new ReadableWorkbook(new ByteArrayInputStream(marked))) {
            var rows = book.findSheet("目录").orElseThrow().read();
            assertThat(rows.get(0).getCellText(13)).isEqualTo("校验结果");
            assertThat(rows.get(1).getCellText(13)).isEmpty();
            assertThat(rows.get(2).getCellText(13)).contains("G 共享条件△：请填写");
        }
        assertThat(upload(marked)).contains(number);
        assertThat(steward.get(PATH).body()).contains("第 2 次上传");
    }

    @Test
    void one_sheet_with_headings_of_others_is_understood() {
        var head =
                List.<Object>of(
                        "序号",
                        "部门类信息资源分类",
                        "项分类",
                        "目分类",
                        "细目分类1",
                        "信息资源名称*",
                        "下设机构",
                        "信息资源摘要",
                        "格式分类",
                        "格式类型",
                        "信息项名称",
                        "数据类型",
                        "数据长度",
                        "共享类型",
                        "共享条件/不予共享依据",
                        "共享方式分类",
                        "共享方式类型",
                        "是否向社会开放",
                        "开放条件(对外开放时必填)",
                        "更新周期",
                        "发布日期",
                        "数据存储总量(G)");
        var page =
                upload(
                        new TestBook()
                                .sheet(
                                        "Sheet1",
                                        List.of(
                                                List.of("政务信息资源目录"),
                                                head,
                                                java.util.Arrays.<Object>asList(
                                                        "1",
                                                        "部门",
                                                        "07",
                                                        "021",
                                                        null,
                                                        "低保对象信息",
                                                        "救助科",
                                                        "全市低保对象的基本情况，按月审定。",
                                                        "3",
                                                        "mysql",
                                                        "姓名",
                                                        "字符串型C",
                                                        50,
                                                        "不予",
                                                        "《社会救助暂行办法》第六十一条",
                                                        "共享平台",
                                                        "1",
                                                        "0",
                                                        null,
                                                        "每月",
                                                        45000,
                                                        12.5),
                                                java.util.Arrays.<Object>asList(
                                                        null, null, null, null, null, null, null,
                                                        null, null, null, "身份证号", "varchar", 18)))
                                .bytes());

        assertThat(page).contains("1 个目录都可以导入", "1 个目录，2 个信息项", "按 2023-03-15 理解");
        imported(page);
        var it = drafted("低保对象信息").description();
        assertThat(it.classification()).isEqualTo(CLASS);
        assertThat(it.sharingBasis()).isEqualTo("《社会救助暂行办法》第六十一条");
        assertThat(it.formatType()).isEqualTo("MySQL");
        assertThat(it.items()).hasSize(2);
    }

    @Test
    void a_column_that_is_not_recognised_is_pointed_out_by_hand() {
        var rows = rows(List.of(with(entry("低保对象信息"), "信息项名称", "姓名", "数据类型", "C")));
        rows.getFirst().set(0, "事项");
        var page = upload(new TestBook().sheet("表一", rows).bytes());
        assertThat(page).contains("没有认出「信息资源名称」列", "工作表「表一」", "低保对象信息");
        var path = PATH + "/" + batch(page) + "/columns";

        var form = new java.util.HashMap<String, String>();
        var columns =
                List.of(
                        "name",
                        "summary",
                        "classification",
                        "formatKind",
                        "formatType",
                        "sharingKind",
                        "sharingCondition",
                        "sharingBasis",
                        "sharingRange",
                        "sharingMethodKind",
                        "sharingMethodType",
                        "open",
                        "updateCycle",
                        "itemName",
                        "dataType");
        for (int at = 1; at < columns.size(); at++) form.put("entries." + at, columns.get(at));
        assertThat(steward.submit(path, path, form).statusCode()).isEqualTo(422);
        form.put("entries.0", "name");

        assertThat(seen(steward.submit(path, path, form).body())).contains("1 个目录都可以导入");
    }

    @Test
    void a_long_trial_goes_on_while_its_page_says_how_far_it_is() {
        var page = upload(book(entry("低保对象信息")));
        var path = PATH + "/" + batch(page);

        // the file cannot be read for a while
        transaction.executeWithoutResult(_ -> {
            db.sql("lock table workbook.upload in access exclusive mode").update();
            checks.forget(batch(page));
            assertThat(steward.get(path).body()).contains("正在试校验", "data-again", "可以关闭页面", "查看进度");
        });

        assertThat(seen(steward.get(path).body())).contains("1 个目录都可以导入");
    }

    @Test
    void only_stewards_import_and_each_sees_only_ones_own() {
        var page = upload(book(entry("低保对象信息")));
        var path = PATH + "/" + batch(page);
        city.person("im-reviewer", PASSWORD, department, Role.REVIEWER);
        city.person("im-second", PASSWORD, department, Role.STEWARD);

        var reviewer = in("im-reviewer");
        for (var one : List.of(PATH, path, PATH + "/template.xlsx", path + "/columns"))
            assertThat(reviewer.get(one).statusCode()).as(one).isEqualTo(403);
        var second = in("im-second");
        for (var one : List.of(path, path + "/columns", path + "/marked.xlsx"))
            assertThat(second.get(one).statusCode()).as(one).isEqualTo(404);
    }

    @Test
    void a_name_that_looks_like_a_formula_stays_text() throws IOException {
        imported(upload(book(entry("=HYPERLINK(\"http://x\")"))));

        var export = steward.download("/resources/export.xlsx?mine=true");

        try (var book = new ReadableWorkbook(new ByteArrayInputStream(export))) {
            var cell = book.findSheet("目录").orElseThrow().read().get(2).getCell(1);
            assertThat(cell.getType()).isEqualTo(org.dhatim.fastexcel.reader.CellType.STRING);
            assertThat(cell.getFormula()).isNull();
        }
    }
}
