package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.kernel.Role;

/** What the script adds to the pages of this room; how they look is for AccessibilityTests. */
@Tag("browser")
class SharingBrowserTests extends SharingGround {

    private static final String PASSWORD = "Bridge-2026-test";

    private static Playwright playwright;
    private static Browser browser;

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

    @BeforeEach
    void request() {
        city.person("sb.answers", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var resource = conditional();
        CIVIL.run("insert into %s values ('1', '李明远', 3, '1990-03-07', 'x')".formatted(table));
        open = sent(ask(resource));
        step(authority, open, "acceptance", Map.of());
    }

    @Test
    void with_script_the_preview_follows_the_choice() {
        try (var context = browser.newContext()) {
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

    private void login(Page page, String username) {
        page.navigate(city.url() + "/login");
        page.fill("#username", username);
        page.fill("#password", PASSWORD);
        page.click("main button[type=submit]");
        page.waitForURL(city.url() + "/");
    }
}
