package shuqiao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.kernel.Role;

/**
 * No axe violation on any page so far, in both languages and all themes; nothing sideways at 320
 * px.
 */
@PlatformTest
@Tag("browser")
class AccessibilityTests {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final List<String> OPEN_PAGES =
            List.of(
                    "/",
                    "/login",
                    "/login?error",
                    "/login?locked",
                    "/open",
                    "/preferences",
                    "/nothing");
    private static final List<String> PAGES =
            List.of(
                    "/",
                    "/account/password",
                    "/first-steps",
                    "/admin/organizations",
                    "/preferences",
                    "/admin/organizations/import",
                    "/admin/organizations/" + City.BUREAU,
                    "/admin/organizations/" + City.BUREAU + "/closing",
                    "/admin/calendar",
                    "/admin/calendar/2026",
                    "/admin/legal-profile",
                    "/admin/legal-profile/adoption?code=REG_2025",
                    "/admin/settings");

    /** Pages that another administrator reads. */
    private static final Map<String, List<String>> OTHERS =
            Map.of(
                    "axe-security",
                    List.of(
                            "/admin/users",
                            "/admin/users/axe-steward",
                            "/admin/users/axe-steward/closing",
                            "/admin/programs",
                            "/admin/sessions"),
                    "axe-audit",
                    List.of("/audit", "/audit/entries/1", "/audit/verification", "/ledger"),
                    "axe-authority",
                    List.of("/classification?under=3"));

    private static Playwright playwright;
    private static Browser browser;

    @Autowired City city;

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
        Assumptions.assumeTrue(
                chromium.isPresent(),
                "没有 Chromium，跳过浏览器测试。 No Chromium found: browser tests are skipped.");
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
    @CsvSource({
        "zh,light,off",
        "zh,dark,off",
        "zh,light,large",
        "zh,contrast,off",
        "en,light,off",
        "en,dark,off",
        "en,light,large"
    })
    void no_page_breaks_a_rule(String lang, String theme, String care) {
        city.person("axe-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("axe-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        try (var context = context(1280, lang, theme, care)) {
            var page = context.newPage();
            var found = new ArrayList<String>();
            for (var path : OPEN_PAGES) found.addAll(violations(page, path));
            login(page, "axe-system");
            for (var path : PAGES) found.addAll(violations(page, path));
            others(lang, theme, care, 1280, (other, path) -> found.addAll(violations(other, path)));
            assertThat(found).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"zh,off", "en,off", "en,large"})
    void nothing_scrolls_sideways_at_320_px(String lang, String care) {
        city.person("axe-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        try (var context = context(320, lang, "light", care)) {
            var page = context.newPage();
            var wide = new ArrayList<String>();
            for (var path : OPEN_PAGES) wide.addAll(wider(page, path));
            login(page, "axe-system");
            for (var path : PAGES) wide.addAll(wider(page, path));
            others(lang, "light", care, 320, (other, path) -> wide.addAll(wider(other, path)));
            assertThat(wide).isEmpty();
        }
    }

    @Test
    void the_password_is_shown_and_the_care_key_works() {
        try (var context = context(1280, "zh", "light", "off")) {
            var page = context.newPage();
            page.navigate(city.url() + "/login");
            page.fill("#password", "secret");
            page.click("[data-show]");
            assertThat(page.getAttribute("#password", "type")).isEqualTo("text");
            page.keyboard().press("Alt+KeyO");
            page.waitForSelector("body.care");
        }
    }

    private void others(
            String lang, String theme, String care, int width, BiConsumer<Page, String> look) {
        city.person("axe-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("axe-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        city.person("axe-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        city.person("axe-authority", PASSWORD, City.BUREAU, Role.AUTHORITY);
        OTHERS.forEach((username, paths) -> {
            try (var context = context(width, lang, theme, care)) {
                var page = context.newPage();
                login(page, username);
                paths.forEach(path -> look.accept(page, path));
            }
        });
    }

    private BrowserContext context(int width, String lang, String theme, String care) {
        var context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(ColorScheme.LIGHT));
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

    private List<String> wider(Page page, String path) {
        page.navigate(city.url() + path);
        var width = (Integer) page.evaluate("document.documentElement.scrollWidth");
        return width <= 320 ? List.of() : List.of(path + " " + width);
    }
}
