package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A workbook from choosing to undoing, and many at once, in a real browser: WCAG 2.2 AA, 320 px.
 */
@Tag("browser")
class ImportBrowserTests extends ImportGround {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static Playwright playwright;
    private static Browser browser;

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

    @ParameterizedTest
    @CsvSource({"1280,zh,light", "320,en,dark"})
    void every_page_of_the_way_keeps_the_rules(int width, String lang, String theme) {
        var found = new ArrayList<String>();
        try (var context = context(width, lang, theme)) {
            var page = context.newPage();
            login(page);
            page.navigate(city.url() + PATH);
            look(page, found);
            page.setInputFiles(
                    "#file",
                    new FilePayload(
                            "目录.xlsx",
                            "application/octet-stream",
                            book(entry("低保对象信息"), with(entry("孤儿信息"), "共享条件△", ""))));
            page.click("main form[enctype] button[type=submit]");
            page.waitForSelector(".import-lines");
            look(page, found);
            page.click("a[href$='/columns']");
            look(page, found);
            page.goBack();
            page.click(".action-bar button.primary");
            page.waitForSelector("button.danger");
            look(page, found);
            page.click("button.danger");
            page.waitForSelector(".notice.done");
            look(page, found);
        }
        assertThat(found).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void one_step_for_many_keeps_the_rules_and_shows_what_the_step_needs() {
        imported(upload(book(entry("低保对象信息"), entry("孤儿信息"))));
        var found = new ArrayList<String>();
        try (var context = context(320, "zh", "light")) {
            var page = context.newPage();
            login(page);
            page.navigate(city.url() + BatchPages.PATH);
            look(page, found);
            page.check("input[name=tick] >> nth=0");
            page.click(".action-bar button.primary");
            look(page, found);
            assertThat(page.isVisible("#innerDepartment")).isFalse();
            page.check("input[value=INNER_DEPARTMENT]");
            page.fill("#innerDepartment", "救助科");
            page.click(".action-bar button.primary");
            assertThat(page.textContent("h1")).contains("1 个可以办理");
            look(page, found);
            page.click(".action-bar button.primary");
            assertThat(page.textContent("h1")).contains("1 个已办理");
        }
        assertThat(found).isEmpty();
        assertThat(catalog.own(actor).stream().map(it -> it.description().innerDepartment()))
                .containsExactlyInAnyOrder("救助科", "");
    }

    /** What a rule says, and what scrolls sideways. */
    private static void look(Page page, List<String> found) {
        new AxeBuilder(page)
                .withTags(RULES)
                .analyze()
                .getViolations()
                .forEach(rule ->
                        found.add(
                                page.url()
                                        + " "
                                        + rule.getId()
                                        + " "
                                        + rule.getNodes().stream()
                                                .map(node -> node.getHtml())
                                                .toList()));
        if ((Boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
            found.add(page.url() + " scrolls sideways");
    }

    private BrowserContext context(int width, String lang, String theme) {
        var context =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900));
        context.addCookies(
                List.of(
                        new Cookie("lang", lang).setUrl(city.url()),
                        new Cookie("theme", theme).setUrl(city.url())));
        return context;
    }

    private void login(Page page) {
        page.navigate(city.url() + "/login");
        page.fill("#username", actor.subject());
        page.fill("#password", PASSWORD);
        page.click("main button[type=submit]");
        page.waitForURL(city.url() + "/");
    }
}
