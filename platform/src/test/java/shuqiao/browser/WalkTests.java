package shuqiao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.catalog.Classification;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.sharing.Profiles;

/**
 * The whole job as five people do it in a browser: from a department's table to a receipt, without
 * script and with. What they saw is in {@code target/walk} after {@code -Dshuqiao.pictures=true}.
 */
@PlatformTest
@Tag("browser")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class WalkTests {

    private static final String PASSWORD = "Bridge-2026-walk";
    private static final int PAGE_BYTES_MAX = 150_000;

    @Autowired City city;
    @Autowired Classification classification;
    @Autowired Profiles profiles;

    private final Map<String, BrowserContext> people = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private boolean script;
    private int picture;

    @BeforeEach
    void people() {
        city.person("walk-civil", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("walk-civil-head", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        city.person("walk-police", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("walk-police-head", PASSWORD, City.POLICE, Role.REVIEWER);
        city.person("walk-bureau", PASSWORD, City.BUREAU, Role.AUTHORITY);
        profiles.adopt("SEED_2017");
        if (classification.all(Actor.PLATFORM).stream()
                .noneMatch(node -> node.fullCode().equals("307990")))
            classification.add(
                    Actor.PLATFORM, new Classification.NewClassNode("307", "990", "云泽市市级政务部门", ""));
    }

    @Test
    void five_people_bring_a_table_from_a_department_to_a_receipt_without_script() {
        walk(false);
    }

    /** The plain suite goes this way by keyboard. */
    @Test
    @Tag("long")
    void five_people_bring_a_table_from_a_department_to_a_receipt_with_script() {
        walk(true);
    }

    private void walk(boolean script) {
        this.script = script;
        var name = "最低生活保障对象 " + (script ? "甲" : "乙");
        var from = ScratchPostgres.shared().newDatabase();
        from.run(
                "create table low_income (id bigint primary key, name text not null, id_number text, since date)",
                "comment on table low_income is '" + name + "'",
                "comment on column low_income.id is '对象编号'",
                "comment on column low_income.name is '姓名'",
                "comment on column low_income.id_number is '公民身份号码'",
                "comment on column low_income.since is '享受起始日期'",
                "insert into low_income select g, '张三丰', '99010219900307001' || g % 10, date '2020-01-01' + g::int from generate_series(1, 500) g");
        var to = ScratchPostgres.shared().newDatabase();

        var resource = described(register("walk-civil", from, "社会救助库"), name);
        var request = asked(resource);
        answered(request);
        var run = received(request, register("walk-police", to, "警务库"));

        var receipt = person("walk-police");
        open(receipt, run + "/receipt");
        assertThat(receipt.locator("h1").textContent()).contains("回执有效");
        assertThat(receipt.locator(".sheet-words").textContent()).contains("500");
        assertThat(to.one("select string_agg(distinct name, ',') from delivered")).isEqualTo("张**");
        assertThat(wrong).as("errors in the console, requests elsewhere, heavy pages").isEmpty();
        people.values().forEach(BrowserContext::close);
    }

    /** Registers a database and returns its number. */
    private String register(String who, ScratchPostgres.Database database, String name) {
        var page = person(who);
        open(page, "/sources/new");
        page.fill("#name", name + (script ? " 1" : " 2"));
        page.fill("#jdbcUrl", database.jdbcUrl());
        page.fill("#username", database.user());
        page.fill("#password", database.password());
        press(page, "登记数据源");
        assertThat(page.locator("main").textContent()).contains("已连通");
        return page.url().replaceAll(".*/sources/(\\d+).*", "$1");
    }

    /** Drafts, reviews and publishes; returns the path of the resource. */
    private String described(String source, String name) {
        var steward = person("walk-civil");
        open(steward, "/sources/" + source + "?schema=public");
        submit(steward, "form:has(input[name=table][value=low_income]) button");
        var path = "/resources/" + steward.url().replaceAll(".*/resources/(\\d+).*", "$1");
        open(steward, path + "/edit/basic");
        steward.selectOption("#classification", "307990");
        steward.fill("#summary", "全市最低生活保障对象的姓名、身份号码和享受起始日期，用于核对资格。");
        steward.selectOption("#updateCycle", "DAILY");
        press(steward, "保存并继续");
        press(steward, "保存并继续");
        steward.check("input[name=sharingKind][value=CONDITIONAL]");
        steward.fill("#sharingCondition", "因履行救助、治安管理职责需要");
        steward.click("details:has(input[name=sharingRange]) > summary");
        steward.check("input[name=sharingRange][value='" + City.POLICE + "']");
        steward.selectOption("#sharingMethodKind", "PLATFORM");
        steward.selectOption("#sharingMethodType", "DATABASE");
        press(steward, "保存并继续"); // it is mounted already: this leads to the check
        press(steward, "提交部门审核");

        for (var who : List.of("walk-civil-head", "walk-bureau")) {
            var reviewer = person(who);
            open(reviewer, path + "/review");
            reviewer.check("input[name=approve] >> nth=0");
            reviewer.fill("#opinion", "同意");
            submit(reviewer, "form[action$='/review'] button.primary");
        }
        open(steward, path);
        assertThat(steward.locator(".page-head").textContent()).contains("307990");
        return path;
    }

    private String asked(String resource) {
        var steward = person("walk-police");
        open(steward, resource);
        submit(steward, "a[href^='/requests/new']");
        for (var field : List.of("id", "name", "since"))
            steward.check("input[name=fields][value=" + field + "]");
        steward.check("input[name=purpose] >> nth=0");
        steward.fill("#purposeText", "核对流动人口中的救助对象");
        steward.fill("#basis", "《社会救助暂行办法》第五章");
        steward.fill("#until", LocalDate.now(shuqiao.kernel.Clock.ZONE).plusMonths(6).toString());
        submit(steward, ".action-bar button[value=save]");
        var path = "/requests/" + steward.url().replaceAll(".*/requests/(\\d+).*", "$1");

        var head = person("walk-police-head");
        open(head, path);
        press(head, "审核并提交申请");
        var authority = person("walk-bureau");
        open(authority, path);
        press(authority, "受理申请");
        return path;
    }

    /** The provider's steward masks the name; its reviewer signs. */
    private void answered(String request) {
        var steward = person("walk-civil");
        open(steward, request + "/decision");
        steward.check("input[name=outcome][value=GRANT]");
        steward.selectOption("[name=mask-name]", "name");
        if (steward.locator("#reason").isVisible()) steward.fill("#reason", "姓名只需核对姓氏");
        steward.fill("#opinion", "同意提供，姓名脱敏");
        submit(steward, ".action-bar button[value=submit]");

        var head = person("walk-civil-head");
        open(head, request + "/decision");
        submit(head, ".action-bar button[value=agree]");
        open(head, request);
        assertThat(head.locator("main").textContent()).contains("部分同意");
    }

    /** Starts the delivery and waits until it is there; returns the path of the run. */
    private String received(String request, String target) {
        var page = person("walk-police");
        open(page, request);
        submit(page, ".head-row a.primary[href^='/runs/new']"); // the next thing to do
        page.selectOption("#target", target);
        page.fill("#table", "delivered");
        press(page, "发起交换");
        var run = page.url().replaceAll("https?://[^/]+", "");
        var receipt = "a[href$='/receipt']";
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        if (script) page.waitForSelector(receipt); // the page follows by itself
        while (page.locator(receipt).count() == 0) {
            assertThat(System.nanoTime()).as("delivered in time").isLessThan(deadline);
            page.reload();
        }
        see(page);
        return run;
    }

    private Page person(String who) {
        var context = people.get(who);
        if (context != null) return context.pages().getFirst();
        context =
                Browsers.chromium()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(1440, 1000)
                                        .setLocale("zh-CN")
                                        .setJavaScriptEnabled(script));
        people.put(who, context);
        var page = context.newPage();
        Browsers.watch(page, city.url(), wrong);
        Browsers.login(page, city.url(), who, PASSWORD);
        return page;
    }

    private void open(Page page, String path) {
        var answer = page.navigate(city.url() + path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        if (answer.body().length > PAGE_BYTES_MAX)
            wrong.add(path + " has " + answer.body().length + " bytes");
        see(page);
    }

    /** Presses the button with these words and comes to another page without a fault. */
    private void press(Page page, String words) {
        submit(page, "main button:has-text('" + words + "') >> visible=true");
    }

    private void submit(Page page, String selector) {
        page.locator(selector).first().click();
        page.waitForLoadState();
        page.waitForURL(
                city.url() + "/**",
                new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        steady(
                page,
                () ->
                        assertThat(page.locator(".summary").allTextContents())
                                .as(page.url() + " after " + selector)
                                .isEmpty());
        see(page);
    }

    private void see(Page page) {
        var file = Path.of("target", "walk", "%s-%02d.png".formatted(words(), ++picture));
        steady(page, () -> Browsers.picture(page, file, true));
    }

    private String words() {
        return script ? "script" : "plain";
    }

    /** The page of a run loads itself anew when the delivery ends: what met that is done again. */
    private static void steady(Page page, Runnable look) {
        for (var left = 3; ; left--)
            try {
                look.run();
                return;
            } catch (PlaywrightException gone) {
                if (left == 0 || !gone.getMessage().contains("navigation")) throw gone;
                page.waitForLoadState();
            }
    }
}
