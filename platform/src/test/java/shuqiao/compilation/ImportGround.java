package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Classification;
import shuqiao.catalog.Description;
import shuqiao.catalog.Resource;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;
import shuqiao.standard.CreditCode;
import shuqiao.workbook.TestBook;

/** A department of its own for each test, whose steward has a workbook. */
@PlatformTest
abstract class ImportGround {

    static final String PATH = "/resources/import";
    static final String PASSWORD = "Bridge-2026-test";
    static final String CLASS = "307021";
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Pattern BATCH = Pattern.compile("/resources/import/([0-9a-f-]{36})");

    @Autowired City city;
    @Autowired Organizations organizations;
    @Autowired Catalog catalog;
    @Autowired Classification classification;
    @Autowired CatalogImport imports;
    @Autowired Checks checks;

    Visitor steward;
    Actor actor;
    String department;
    String name;

    @BeforeEach
    void a_department_with_a_steward() {
        city.build();
        if (classification.all(Actor.PLATFORM).stream()
                .noneMatch(it -> it.fullCode().equals(CLASS)))
            classification.add(
                    Actor.PLATFORM, new Classification.NewClassNode("307", "021", "民政021", null));
        var number = NEXT.incrementAndGet();
        department = code("11990100CM%07d".formatted(number));
        name = "云泽市编制" + number + "局";
        organizations.add(
                Actor.PLATFORM,
                new Organizations.Entry(
                        department,
                        name,
                        "市编制" + number + "局",
                        "",
                        "990100",
                        Organization.Level.CITY,
                        null,
                        false,
                        false,
                        null));
        city.person("im-steward-" + number, PASSWORD, department, Role.STEWARD);
        actor =
                new Actor(
                        Actor.Kind.PERSON,
                        "im-steward-" + number,
                        "编制员",
                        department,
                        java.util.Set.of(Role.STEWARD));
        steward = in("im-steward-" + number);
    }

    private static String code(String first17) {
        var sixteen = first17.substring(0, 17);
        return sixteen + CreditCode.checkCharacter(sixteen);
    }

    Visitor in(String username) {
        var visitor = new Visitor(city);
        assertThat(visitor.login(username, PASSWORD).body()).doesNotContain("密码不正确");
        return visitor;
    }

    /** An entry that is complete and right. */
    static Map<String, Object> entry(String name) {
        var cells = new LinkedHashMap<String, Object>();
        cells.put("信息资源名称*", name);
        cells.put("信息资源摘要*", "全市" + name + "的基本情况，来自业务系统，按月审定。");
        cells.put("分类编码△", CLASS);
        cells.put("格式分类*", "数据库");
        cells.put("格式类型△", "PostgreSQL");
        cells.put("共享类型*", "有条件共享");
        cells.put("共享条件△", "用于资格核验");
        cells.put("不予共享依据△", "");
        cells.put("共享范围", "云泽市公安局");
        cells.put("共享方式分类△", "共享平台方式");
        cells.put("共享方式类型△", "数据库");
        cells.put("是否向社会开放*", "否");
        cells.put("更新周期*", "每月");
        return cells;
    }

    static Map<String, Object> with(Map<String, Object> entry, Object... cells) {
        var changed = new LinkedHashMap<>(entry);
        for (int at = 0; at < cells.length; at += 2)
            changed.put(String.valueOf(cells[at]), cells[at + 1]);
        return changed;
    }

    static Map<String, Object> item(String entry, String name) {
        var cells = new LinkedHashMap<String, Object>();
        cells.put("信息资源名称△", entry);
        cells.put("信息项名称*", name);
        cells.put("数据类型*", "字符型 C");
        cells.put("数据长度△", "18");
        return cells;
    }

    /** A workbook of two sheets, one item for each entry. */
    @SafeVarargs
    static byte[] book(Map<String, Object>... entries) {
        var items = new ArrayList<Map<String, Object>>();
        var names = new HashSet<String>();
        for (var it : entries) {
            var name = String.valueOf(it.get("信息资源名称*"));
            if (names.add(Description.nameKey(name))) items.add(item(name, "证件号码"));
        }
        return new TestBook().sheet("目录", rows(List.of(entries))).sheet("信息项", rows(items)).bytes();
    }

    /** Headings from the keys of all, then a row for each. */
    static List<List<Object>> rows(List<Map<String, Object>> all) {
        var headings = new LinkedHashMap<String, Integer>();
        for (var one : all) for (var key : one.keySet()) headings.putIfAbsent(key, headings.size());
        var rows = new ArrayList<List<Object>>();
        rows.add(new ArrayList<>(headings.keySet()));
        for (var one : all) {
            var row = new ArrayList<Object>();
            for (var key : headings.keySet()) row.add(one.get(key));
            rows.add(row);
        }
        return rows;
    }

    String upload(byte[] content) {
        return upload("目录.xlsx", content);
    }

    /** The page after the upload, once the trial is over. */
    String upload(String fileName, byte[] content) {
        var answer = steward.upload(PATH, PATH, "file", fileName, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return seen(answer.body());
    }

    /** The page of the same batch, once its work is over. */
    String seen(String page) {
        if (!page.contains("data-again")) return page;
        var id = batch(page);
        checks.of(actor, id).await(java.time.Duration.ofSeconds(60));
        return steward.get(PATH + "/" + id).body();
    }

    static String batch(String page) {
        var found = BATCH.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return found.group(1);
    }

    String imported(String page, String... fields) {
        var form = new HashMap<String, String>();
        form.put("mode", "right");
        for (int at = 0; at < fields.length; at += 2) form.put(fields[at], fields[at + 1]);
        var path = PATH + "/" + batch(page);
        return seen(steward.submit(path, path, form).body());
    }

    Resource drafted(String name) {
        return catalog.own(actor).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    List<String> names() {
        return catalog.own(actor).stream().map(Resource::name).toList();
    }
}
