package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shuqiao.City;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.DataType;
import shuqiao.catalog.Description;
import shuqiao.catalog.FormatKind;
import shuqiao.catalog.Item;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.SharingMethodKind;
import shuqiao.catalog.SharingMethodType;
import shuqiao.catalog.UpdateCycle;
import shuqiao.workbook.TestBook;

/** What is exported comes in again without a change, whatever it says. */
class RoundTripTests extends ImportGround {

    private static final long SEED = 20_261_122;
    private static final int ENTRIES = 60;
    private static final List<String> PIECES =
            List.of(
                    "低保",
                    "对象",
                    "=1+1",
                    "+86",
                    "-",
                    "@",
                    "'",
                    "\"",
                    "<b>",
                    "&amp;",
                    ",",
                    "，",
                    "\n",
                    "\r\n",
                    "\t",
                    "（",
                    "(",
                    "1.0",
                    "00012",
                    "true",
                    "是",
                    "2026-11-22",
                    "１２",
                    "𠮷",
                    "e\u0301",
                    "、",
                    "*",
                    "△",
                    "#N/A",
                    "1E+17",
                    "_x000D_",
                    "　",
                    " ");

    private final Random random = new Random(SEED);

    @Test
    void every_description_survives_in_both_forms_and_both_languages() {
        for (int i = 0; i < ENTRIES; i++)
            catalog.draft(actor, new Catalog.NewResource(null, null, null, description(i)));
        var before = catalog.own(actor);

        for (var form : List.of("", "&form=flat"))
            for (var language : List.of("zh", "en")) {
                steward.get("/?lang=" + language);
                var file = steward.download("/resources/export.xlsx?mine=true" + form);
                steward.get("/?lang=zh");
                var page = upload(file);
                assertThat(page)
                        .as("%s %s, seed %d", form, language, SEED)
                        .contains("新增 0，更新 0，不变 " + ENTRIES, "与现有目录完全一致");
            }
        assertThat(catalog.own(actor)).isEqualTo(before);
    }

    @Test
    void what_was_found_by_a_search_is_exported_and_nothing_else() {
        catalog.draft(actor, new Catalog.NewResource(null, null, null, description(1)));
        imported(upload(book(entry("低保对象信息"), entry("孤儿信息"))));

        var file = steward.download("/resources/export.xlsx?mine=true&q=%E5%AD%A4%E5%84%BF");

        assertThat(upload(file)).contains("新增 0，更新 0，不变 1");
    }

    @Test
    void records_counted_in_ten_thousands_by_the_heading_become_records() {
        var row = entry("低保对象信息");
        row.put("结构化信息记录总数(万)", "12.5");
        row.put("已共享结构化记录数", "3000");

        imported(upload(book(row)));

        assertThat(catalog.own(actor))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.description().survey().records()).isEqualTo(125_000);
                    assertThat(it.description().survey().sharedRecords()).isEqualTo(3_000);
                });
    }

    @Test
    void a_part_of_a_record_is_no_number_of_records() {
        var row = entry("低保对象信息");
        row.put("结构化信息记录总数(万)", "0.00001");

        assertThat(upload(book(row))).contains("1 个需要修改", "只填数字");
    }

    /** The target: 5,000 rows of 30 columns in under 10 s, in the memory of one workbook. */
    @Test
    @Tag("long")
    @Timeout(300)
    void five_thousand_rows_of_thirty_columns_are_checked_in_seconds() {
        var table = rows(large(500));
        var file = new TestBook().sheet("目录", table).bytes();
        assertThat(table.getFirst()).hasSizeGreaterThanOrEqualTo(30);
        upload(book(entry("热身信息")));

        var page = upload(file);

        var id = batch(page);
        var took = checks.of(actor, id).outcome().took();
        System.out.printf(
                "5,000 rows x %d columns, %d KB: %d ms%n",
                table.getFirst().size(), file.length / 1024, took.toMillis());
        assertThat(page).contains("400 个目录可以导入，100 个需要修改", "500 个目录，5,000 个信息项");
        assertThat(took).isLessThan(java.time.Duration.ofSeconds(10));
        var from = System.nanoTime();
        var path = PATH + "/" + id;
        steward.submit(path, path, java.util.Map.of("mode", "right"));
        checks.of(actor, id).await(java.time.Duration.ofSeconds(120));
        System.out.printf("400 entries imported: %d ms%n", (System.nanoTime() - from) / 1_000_000);
        assertThat(steward.get(path).body()).contains("已导入 400 个目录");
        var marked = System.nanoTime();
        assertThat(steward.submit(path, path + "/undo", java.util.Map.of()).body())
                .contains("已撤销 400 个目录");
        System.out.printf("400 undone: %d ms%n", (System.nanoTime() - marked) / 1_000_000);
    }

    /** Ten items for each entry, in all columns that templates have. */
    private List<java.util.Map<String, Object>> large(int entries) {
        var rows = new ArrayList<java.util.Map<String, Object>>();
        for (int entry = 0; entry < entries; entry++)
            for (int item = 0; item < 10; item++) {
                var cells = with(entry("第" + entry + "号救助信息"), "提供科室", "救助科");
                cells.put("信息资源提供方", name);
                cells.put("信息资源提供方代码", department);
                cells.put("开放条件", "");
                cells.put("关联资源代码", "");
                cells.put("发布日期", "2026-01-02");
                for (var census :
                        List.of(
                                "数据存储总量(G)",
                                "结构化信息记录总数(万)",
                                "已共享的数据存储量(G)",
                                "已共享结构化记录数(万)",
                                "已开放的数据存储量(G)",
                                "已开放结构化记录数(万)")) cells.put(census, "12.5");
                cells.put("信息项名称*", "信息项" + (char) ('甲' + item));
                cells.put("字段名", "column_" + item);
                cells.put("数据类型*", item == 3 && entry % 5 == 0 ? "文字" : "字符型 C");
                cells.put("数据长度△", "18");
                cells.put("是否主键", "否");
                cells.put("含义", "这一项说的是第" + item + "件事");
                rows.add(cells);
            }
        return rows;
    }

    private Description description(int number) {
        var kind = random.nextInt(5) == 0 ? null : any(SharingKind.values());
        var format = random.nextInt(5) == 0 ? null : any(FormatKind.values());
        var way = random.nextInt(3) == 0 ? null : any(SharingMethodKind.values());
        var open = kind != SharingKind.NOT_SHARED && random.nextBoolean();
        var method =
                way != SharingMethodKind.PLATFORM
                        ? null
                        : format == null || format == FormatKind.DATABASE
                                ? SharingMethodType.DATABASE
                                : format == FormatKind.SERVICE
                                        ? SharingMethodType.SERVICE
                                        : SharingMethodType.FILE;
        var items = new ArrayList<Item>();
        for (int i = 0; i < random.nextInt(4); i++) items.add(anyItem(i));
        return new Description(
                text() + "信息" + (char) ('一' + number),
                random.nextBoolean() ? CLASS : "",
                text(),
                text(),
                format,
                format == null || format.types().isEmpty() || random.nextBoolean()
                        ? ""
                        : format.types().get(random.nextInt(format.types().size())),
                text(),
                kind,
                text(),
                text(),
                way,
                method,
                kind == SharingKind.CONDITIONAL ? List.of(City.POLICE, City.BUREAU) : List.of(),
                open,
                open ? text() : "",
                random.nextBoolean() ? null : any(UpdateCycle.values()),
                "",
                items);
    }

    private Item anyItem(int number) {
        return new Item(
                "项" + (char) ('一' + number) + text().replace("\n", "").replace("\r", ""),
                text(),
                random.nextInt(4) == 0 ? null : any(DataType.values()),
                random.nextBoolean() ? null : 1 + random.nextInt(4000),
                random.nextBoolean() ? "" : "column_" + number,
                "",
                random.nextBoolean(),
                any(Sensitivity.values()),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? "" : "E0000" + number,
                any(
                        List.of("", "", "1 城市；2 农村", "1=是\n0=否", "GB/T 4754-2017", text())
                                .toArray(String[]::new)));
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = 0; i < random.nextInt(6); i++)
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        return text.toString();
    }

    private <E> E any(E[] values) {
        return values[random.nextInt(values.length)];
    }
}
