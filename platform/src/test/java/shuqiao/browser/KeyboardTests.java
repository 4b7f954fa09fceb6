package shuqiao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.catalog.Classification;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.sharing.Profiles;

/**
 * The whole job by keyboard alone, from a department's table to a receipt: Tab, Enter, space and
 * arrows, and addresses only where somebody would type one. What they saw is in {@code
 * target/keyboard} after {@code -Dshuqiao.pictures=true}.
 */
@PlatformTest
@Tag("browser")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class KeyboardTests {

    private static final String PASSWORD = "Bridge-2026-keys";
    private static final String NAME = "特困供养人员信息";

    /** Of the stops on a page, so many are looked at. */
    private static final int STOPS_MAX = 120;

    @Autowired City city;
    @Autowired Classification classification;
    @Autowired Profiles profiles;
    @Autowired JdbcClient db;

    private final Map<String, Keyboard> people = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int picture;

    @Test
    void five_people_bring_a_table_from_a_department_to_a_receipt() {
        var provider = city.department("KYP000021", "云泽市退役军人事务局");
        var consumer = city.department("KYC000022", "云泽市教育局");
        city.person("keys-provider", PASSWORD, provider, Role.STEWARD);
        city.person("keys-provider-head", PASSWORD, provider, Role.REVIEWER);
        city.person("keys-consumer", PASSWORD, consumer, Role.STEWARD);
        city.person("keys-consumer-head", PASSWORD, consumer, Role.REVIEWER);
        city.person("keys-bureau", PASSWORD, City.BUREAU, Role.AUTHORITY);
        profiles.adopt("SEED_2017");
        if (classification.all(Actor.PLATFORM).stream()
                .noneMatch(node -> node.fullCode().equals("307990")))
            classification.add(
                    Actor.PLATFORM, new Classification.NewClassNode("307", "990", "云泽市市级政务部门", ""));
        var from = ScratchPostgres.shared().newDatabase();
        from.run(
                "create table destitute (id bigint primary key, name text not null, since date)",
                "comment on table destitute is '" + NAME + "'",
                "comment on column destitute.id is '对象编号'",
                "comment on column destitute.name is '姓名'",
                "comment on column destitute.since is '供养起始日期'",
                "insert into destitute select g, '张三丰', date '2020-01-01' + g::int from generate_series(1, 120) g");
        var to = ScratchPostgres.shared().newDatabase();

        registers("keys-provider", from, "特困供养库");
        describes();
        reviews();
        asks();
        answers();
        registers("keys-consumer", to, "学生资助库");
        receives();

        assertThat(to.one("select string_agg(distinct name, ',') || count(*) from delivered"))
                .isEqualTo("张**120");
        assertThat(people.values()).allSatisfy(keys -> assertThat(keys.unseen()).isEmpty());
        var presses = people.values().stream().mapToInt(Keyboard::presses).sum();
        assertThat(presses).as("presses of Tab for the whole job").isLessThan(900);
        assertThat(wrong)
                .as("errors in the console, requests elsewhere: of the two forms sent empty alone")
                .hasSize(2)
                .allMatch(it -> it.contains("/sources console:") && it.contains("422"));
        people.values().forEach(keys -> keys.page().context().close());
    }

    /** A mistake first: the summary has the focus, and its link leads to the field. */
    private void registers(String who, ScratchPostgres.Database database, String name) {
        var keys = person(who);
        menu(keys, "数据源");
        keys.skip();
        keys.follow("登记数据源");
        keys.skip();
        keys.follow("登记数据源");
        assertThat(keys.name()).startsWith("有 ").contains("处需要修改");
        see(keys);
        keys.press("Tab");
        assertThat(keys.name()).as("the first of what is wrong").isEqualTo("请填写「名称」");
        keys.press("Enter");
        assertThat(keys.name()).startsWith("名称");
        keys.page().keyboard().type(name);
        keys.fill("地址", database.jdbcUrl());
        keys.fill("用户名", database.user());
        keys.fill("口令", database.password());
        keys.enter();
        assertThat(keys.page().locator("main").textContent()).contains("已连通");
        see(keys);
    }

    private void describes() {
        var keys = person("keys-provider");
        menu(keys, "资源目录");
        keys.skip();
        keys.to("跳到结果");
        keys.press("Enter");
        keys.follow("本部门目录");
        keys.skip();
        keys.to("跳到结果");
        keys.press("Enter");
        keys.follow("编制目录");
        keys.skip();
        keys.choose("数据源", "特困供养库");
        keys.follow("查看库表");
        assertThat(keys.name()).as("where he was").startsWith("数据源");
        keys.tick("选择 destitute");
        keys.follow("由这张表生成草稿");
        see(keys);
        keys.to("信息资源分类");
        keys.page().keyboard().type("307990");
        keys.fill("信息资源摘要", "全市特困供养人员的姓名和供养起始日期，用于核对资格。");
        keys.choose("更新周期", "每日");
        keys.follow("保存并继续");
        keys.to("跳到保存");
        keys.press("Enter");
        keys.follow("保存并继续");
        keys.tick("无条件共享");
        keys.page().keyboard().press("ArrowDown");
        assertThat(keys.name()).startsWith("有条件共享");
        keys.fill("共享条件", "用于资助资格核验");
        keys.choose("共享方式", "共享平台方式");
        keys.choose("共享方式类型", "数据库");
        see(keys);
        keys.follow("保存并继续");
        keys.back("检查与提交");
        keys.enter();
        keys.skip();
        see(keys);
        keys.follow("提交部门审核");
    }

    private void reviews() {
        var keys = person("keys-provider-head");
        keys.skip();
        keys.followAbout(NAME);
        var address = keys.page().url();
        reviewed(keys);
        var authority = person("keys-bureau");
        authority.page().navigate(address);
        reviewed(authority); // passed and published in one form
    }

    private void reviewed(Keyboard keys) {
        keys.skip();
        keys.tick(firstChoice(keys));
        keys.fill("意见", "同意");
        see(keys);
        keys.follow("提交");
    }

    /** From wherever he is on the page to a word of the menu. */
    private static void menu(Keyboard keys, String word) {
        keys.skip();
        keys.back(word);
        keys.enter();
    }

    private static String firstChoice(Keyboard keys) {
        return keys.page().locator(".choice-card b").first().textContent();
    }

    private void asks() {
        var keys = person("keys-consumer");
        keys.press("/");
        keys.page().keyboard().type("特困供养");
        keys.enter();
        keys.skip();
        keys.to("跳到结果");
        keys.press("Enter");
        see(keys);
        keys.followAbout(NAME);
        keys.skip();
        keys.follow("申请使用");
        keys.skip();
        for (var item : new String[] {"对象编号", "姓名", "供养起始日期"}) keys.tick(item);
        keys.tick("行政依据");
        keys.fill("用来做什么", "核对学生资助资格");
        keys.fill("职权依据", "《社会救助暂行办法》第五章");
        see(keys);
        keys.follow("保存申请草稿");

        var head = person("keys-consumer-head");
        head.skip();
        head.followAbout(NAME);
        head.skip();
        head.follow("审核并提交申请");
        see(head);
        var authority = person("keys-bureau");
        authority.page().navigate(head.page().url());
        authority.skip();
        authority.follow("受理申请");
    }

    /** The steward masks the name; the reviewer signs. */
    private void answers() {
        var keys = person("keys-provider");
        desk(keys, "拟答复");
        keys.tick("全部同意");
        keys.page().keyboard().press("ArrowRight");
        assertThat(keys.name()).startsWith("部分同意");
        keys.choose("提供方式：姓名", "只留第一个字");
        keys.fill("答复意见", "同意提供，姓名脱敏");
        keys.fill("理由", "姓名只需核对姓氏");
        see(keys);
        keys.follow("提交部门审核");

        var head = person("keys-provider-head");
        desk(head, "审核拟答复");
        see(head);
        head.to("跳到保存");
        head.press("Enter");
        head.follow("同意拟答复");
        assertThat(head.page().locator("main").textContent()).contains("部分同意");
        see(head);
    }

    /** What waits at the desk leads to where it is done. */
    private static void desk(Keyboard keys, String step) {
        menu(keys, "工作台");
        keys.skip();
        keys.followAbout(NAME);
        keys.skip();
        if (!keys.page().url().replaceAll("#.*", "").endsWith("/decision")) {
            keys.follow(step);
            keys.skip();
        }
    }

    private void receives() {
        var keys = person("keys-consumer");
        menu(keys, "授权");
        keys.skip();
        keys.followAbout(NAME);
        keys.skip();
        keys.follow("发起交换");
        keys.skip();
        keys.choose("送到哪个数据库", "学生资助库");
        keys.fill("表名", "delivered");
        keys.enter();
        var page = keys.page();
        page.waitForCondition(
                () -> page.locator(".page-head a[href$='/receipt']").count() > 0,
                new Page.WaitForConditionOptions().setTimeout(60_000));
        page.waitForLoadState();
        keys.skip();
        keys.follow("查看回执");
        assertThat(page.locator("h1").textContent()).contains("回执有效");
        see(keys);
        keys.skip();
        keys.to("下载回执");
    }

    /** Every kind of page, every stop on it. */
    @Test
    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void on_no_page_does_the_focus_get_lost() {
        var found = new ArrayList<String>();
        var seen = new HashSet<String>();
        FilledCity.of(city, classification, profiles, db)
                .pages()
                .forEach((reader, paths) -> {
                    try (var context = context()) {
                        var keys = new Keyboard(context.newPage());
                        if (!reader.isEmpty())
                            Browsers.login(keys.page(), city.url(), reader, FilledCity.PASSWORD);
                        for (var path : paths) {
                            if (!seen.add(path.replaceAll("\\d+", "n"))) continue;
                            keys.page().navigate(city.url() + path);
                            for (int i = 0; i < STOPS_MAX; i++) {
                                keys.press("Tab");
                                var sight = keys.look();
                                if (sight.name().isEmpty() && i > 0) break;
                                if (sight.wrong() != null)
                                    found.add(path + " " + sight.name() + " " + sight.wrong());
                            }
                        }
                    }
                });
        assertThat(found).isEmpty();
    }

    private static BrowserContext context() {
        return Browsers.chromium()
                .newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(1280, 800)
                                .setLocale("zh-CN"));
    }

    /** Logs in once, from the first page. */
    private Keyboard person(String who) {
        var known = people.get(who);
        if (known != null) return known;
        var keys = new Keyboard(context().newPage());
        Browsers.watch(keys.page(), city.url(), wrong);
        people.put(who, keys);
        keys.page().navigate(city.url() + "/");
        keys.follow("登录");
        keys.skip();
        keys.fill("用户名", who);
        keys.fill("密码", PASSWORD);
        keys.enter();
        assertThat(keys.page().url()).isEqualTo(city.url() + "/");
        return keys;
    }

    private void see(Keyboard keys) {
        Browsers.picture(
                keys.page(), Path.of("target", "keyboard", "%02d.png".formatted(++picture)), false);
    }
}
