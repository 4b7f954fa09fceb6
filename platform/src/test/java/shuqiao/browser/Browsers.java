package shuqiao.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One real Chromium for all tests that look at pages; those are skipped where there is none. */
final class Browsers {

    private static @Nullable Browser browser;

    private Browsers() {}

    static synchronized Browser chromium() {
        if (browser != null) return browser;
        var chromium =
                Stream.of(
                                Objects.requireNonNullElse(System.getenv("SHUQIAO_CHROMIUM"), ""),
                                "/usr/bin/chromium",
                                "/usr/bin/chromium-browser",
                                "/usr/bin/google-chrome",
                                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                        .filter(path -> !path.isEmpty())
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        Assumptions.assumeTrue(
                chromium.isPresent(),
                "没有 Chromium，跳过浏览器测试。 No Chromium found: browser tests are skipped.");
        // ends with the JVM
        browser =
                Playwright.create(
                                new Playwright.CreateOptions()
                                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium.orElseThrow())
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-background-networking")));
        return browser;
    }

    static void login(Page page, String url, String username, String password) {
        page.navigate(url + "/login");
        page.fill("#username", username);
        page.fill("#password", password);
        page.click("main button[type=submit]");
        page.waitForURL(url + "/");
    }
}
