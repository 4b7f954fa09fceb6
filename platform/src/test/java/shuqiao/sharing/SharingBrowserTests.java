package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shuqiao.City;
import shuqiao.kernel.Role;

/** The pages of this room in a real browser: WCAG 2.2 AA, 320 px, and what the script adds. */
@Tag("browser")
class SharingBrowserTests extends SharingGround {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static Playwright playwright;
    private static Browser browser;

    private List<String> consumers;
    private List<String> stewards;
    private List<String> reviewers;
    private long open;

    @BeforeAll
    static void a_browser() {
        var chromium =
                Stream.of(
                                "/usr/bin/chromium",
                                "/usr/bin/chromium-browser",
                                "/usr/bin/google-chrome",
                                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        Assumptions.assumeTrue(chromium.isPresent(), "no Chromium here");
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium.get())
                                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) playwright.close();
    }

    /** One request in each state that has a page of its own. */
    @BeforeEach
    void requests() {
        city.person("sb.asks", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("sb.answers", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("sb.signs", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        var resource = conditional();
        CIVIL.run("insert into %s values ('1', '李明远', 3, '1990-03-07', 'x')".formatted(table));
        var draft = drafted(ask(resource));
        open = sent(ask(resource));
        step(authority, open, "acceptance", Map.of());
        var proposed = sent(ask(resource));
        step(authority, proposed, "acceptance", Map.of());
        decisions.propose(
                city.actor(City.CIVIL_AFFAIRS, Role.STEWARD),
                proposed,
                new DecisionForm(
                        "GRANT_IN_PART",
                        List.of("code", "name"),
                        Map.of("name", "name"),
                        Map.of("born", "用途不需要"),
                        List.of(new TypedCondition("people", "gt", "1")),
                        "",
                        "",
                        "同意",
                        "",
                        "",
                        ""));
        var decided = prepared(ask(resource));
        var grant =
                step(reviewer, decided, "decision", Map.of("outcome", "GRANT"))
                        .<Number>at("$.grant")
                        .longValue();
        consumers =
                List.of(
                        "/requests",
                        "/requests/" + draft,
                        "/requests/" + draft + "/edit",
                        "/requests/new?resource=" + resource,
                        "/requests/" + open + "/withdrawal",
                        "/requests/" + decided,
                        "/requests/" + decided + "/letter",
                        "/grants",
                        "/grants/" + grant);
        stewards = List.of("/requests/" + open, "/requests/" + open + "/decision");
        reviewers =
                List.of(
                        "/requests/" + proposed + "/decision",
                        "/requests/" + proposed + "/letter",
                        "/grants/" + grant + "/revocation");
    }

    @ParameterizedTest
    @CsvSource("zh,light,off")
    void no_page_breaks_a_rule(String lang, String theme, String care) {
        looked(lang, theme, care);
    }

    @ParameterizedTest
    @Tag("long")
    @CsvSource({"zh,dark,off", "en,contrast,off", "en,light,large"})
    void no_page_breaks_a_rule_in_any_other_look(String lang, String theme, String care) {
        looked(lang, theme, care);
    }

    private void looked(String lang, String theme, String care) {
        var found = new ArrayList<String>();
        each(1280, lang, theme, care, (page, path) -> found.addAll(violations(page, path)));
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource("zh,off")
    void nothing_scrolls_sideways_at_320_px(String lang, String care) {
        narrow(lang, care);
    }

    @ParameterizedTest
    @Tag("long")
    @CsvSource({"en,off", "en,large"})
    void nothing_scrolls_sideways_at_320_px_in_any_other_look(String lang, String care) {
        narrow(lang, care);
    }

    private void narrow(String lang, String care) {
        var wide = new ArrayList<String>();
        each(
                320,
                lang,
                "light",
                care,
                (page, path) -> {
                    page.navigate(city.url() + path);
                    var width = (Integer) page.evaluate("document.documentElement.scrollWidth");
                    if (width > 320) wide.add(path + " " + width);
                });
        assertThat(wide).isEmpty();
    }

    @Test
    void with_script_the_preview_follows_the_choice() {
        try (var context = context(1280, "zh", "light", "off")) {
            var page = context.newPage();
            login(page, "sb.answers");
            page.navigate(city.url() + "/requests/" + open + "/decision");
            assertThat(page.textContent("#shown-name")).contains("李明远");

            page.selectOption("#mask-name", "name");

            page.waitForCondition(() -> page.textContent("#shown-name").contains("李**"));
            page.uncheck("[name=fields][value=born]");
            page.waitForCondition(() -> page.textContent("#ticked").contains("不同意 1 项"));
            assertThat(page.isVisible("#why-born")).isTrue();
            assertThat(page.isVisible("#mask-born")).isFalse();
            page.check("[name=outcome][value=REFUSE]");
            assertThat(page.isVisible("#basisKind")).isTrue();
            assertThat(page.isVisible("#mask-name")).isFalse();
        }
    }

    private interface Look {
        void at(Page page, String path);
    }

    private void each(int width, String lang, String theme, String care, Look look) {
        var readers = Map.of("sb.asks", consumers, "sb.answers", stewards, "sb.signs", reviewers);
        readers.forEach((reader, paths) -> {
            try (var context = context(width, lang, theme, care)) {
                var page = context.newPage();
                login(page, reader);
                for (var path : paths) look.at(page, path);
            }
        });
    }

    private BrowserContext context(int width, String lang, String theme, String care) {
        var context =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900));
        context.addCookies(
                List.of(
                        new Cookie("lang", lang).setUrl(city.url()),
                        new Cookie("theme", theme).setUrl(city.url()),
                        new Cookie("care", care).setUrl(city.url())));
        return context;
    }

    private void login(Page page, String username) {
        page.navigate(city.url() + "/login");
        page.fill("#username", username);
        page.fill("#password", PASSWORD);
        page.click("main button[type=submit]");
        page.waitForURL(city.url() + "/");
    }

    private List<String> violations(Page page, String path) {
        page.navigate(city.url() + path);
        return new AxeBuilder(page)
                .withTags(RULES).analyze().getViolations().stream()
                        .map(rule ->
                                path
                                        + " "
                                        + rule.getId()
                                        + " "
                                        + rule.getNodes().stream()
                                                .map(node ->
                                                        node.getHtml()
                                                                + " "
                                                                + node.getFailureSummary())
                                                .toList())
                        .toList();
    }
}
