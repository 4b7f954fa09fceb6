package shuqiao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
@Timeout(value = 5, unit = TimeUnit.MINUTES) // fifty pages one after the other
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

    /** Who opens what. */
    private static final Map<String, List<String>> PAGES =
            Map.of(
                    "axe-system",
                    List.of(
                            "/",
                            "/account/password",
                            "/first-steps",
                            "/preferences",
                            "/admin/organizations",
                            "/admin/organizations/import",
                            "/admin/organizations/" + City.BUREAU,
                            "/admin/organizations/" + City.BUREAU + "/closing",
                            "/admin/calendar",
                            "/admin/calendar/2026",
                            "/admin/legal-profile",
                            "/admin/legal-profile/adoption?code=REG_2025",
                            "/admin/settings",
                            "/style"),
                    "axe-security",
                    List.of(
                            "/admin/users",
                            "/admin/users/axe-steward",
                            "/admin/users/axe-steward/closing",
                            "/admin/programs",
                            "/admin/sessions",
                            "/substitutes"),
                    "axe-audit",
                    List.of("/audit", "/audit/entries/1", "/audit/verification", "/ledger"),
                    "axe-authority",
                    List.of("/classification?under=3"),
                    "axe-steward",
                    List.of(
                            "/",
                            "/sources",
                            "/sources/new",
                            "/resources",
                            "/resources?mine=true",
                            "/resources/new",
                            "/resources/tables",
                            "/catalog/tree",
                            "/requests",
                            "/grants",
                            "/runs"));

    @Autowired City city;

    @ParameterizedTest
    @CsvSource("zh,light,off")
    void no_page_breaks_a_rule(String lang, String theme, String care) {
        looked(lang, theme, care);
    }

    @ParameterizedTest
    @Tag("long")
    @CsvSource({
        "zh,dark,off",
        "en,dark,large",
        "zh,light,large",
        "zh,contrast,off",
        "en,light,off",
        "en,dark,off",
        "en,light,large"
    })
    void no_page_breaks_a_rule_in_any_other_look(String lang, String theme, String care) {
        looked(lang, theme, care);
    }

    private void people() {
        city.person("axe-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("axe-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        city.person("axe-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        city.person("axe-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        city.person("axe-authority", PASSWORD, City.BUREAU, Role.AUTHORITY);
    }

    private void looked(String lang, String theme, String care) {
        people();
        try (var context = context(1280, lang, theme, care)) {
            var page = context.newPage();
            var found = new ArrayList<String>();
            for (var path : OPEN_PAGES) found.addAll(violations(page, path));
            for (var person : PAGES.entrySet()) {
                login(page, person.getKey());
                for (var path : person.getValue()) found.addAll(violations(page, path));
                context.clearCookies(new BrowserContext.ClearCookiesOptions().setName("SESSION"));
            }
            assertThat(found).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource("zh,off")
    void nothing_scrolls_sideways_at_320_px(String lang, String care) {
        narrow(lang, care);
    }

    @ParameterizedTest
    @Tag("long")
    @CsvSource({"en,off", "en,large", "zh,large"})
    void nothing_scrolls_sideways_at_320_px_in_any_other_look(String lang, String care) {
        narrow(lang, care);
    }

    private void narrow(String lang, String care) {
        people();
        try (var context = context(320, lang, "light", care)) {
            var page = context.newPage();
            var wide = new ArrayList<String>();
            for (var path : OPEN_PAGES) wide.addAll(wider(page, path));
            for (var person : PAGES.entrySet()) {
                login(page, person.getKey());
                for (var path : person.getValue()) wide.addAll(wider(page, path));
                context.clearCookies(new BrowserContext.ClearCookiesOptions().setName("SESSION"));
            }
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

    private BrowserContext context(int width, String lang, String theme, String care) {
        var context =
                Browsers.chromium()
                        .newContext(
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
        Browsers.login(page, city.url(), username, PASSWORD);
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
