package shuqiao.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One real Chromium for all tests that look at pages; those are skipped where there is none. */
public final class Browsers {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /**
     * The newest axe-core; Maven has older ones only. Rules that axe leaves off, as new or not yet
     * sure, are on as long as they belong to WCAG.
     */
    private static final String AXE = axe();

    private static final String ALL_RULES =
            """
            async tags => {
              const rules = {};
              for (const rule of axe.getRules(tags)) rules[rule.ruleId] = {enabled: true};
              const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, rules, resultTypes: ['violations']});
              return found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html, node.failureSummary].join(' ')));
            }
            """;

    private static final boolean PICTURES = Boolean.getBoolean("shuqiao.pictures");

    private static @Nullable Browser browser;

    private Browsers() {}

    public static synchronized Browser chromium() {
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

    public static void login(Page page, String url, String username, String password) {
        page.navigate(url + "/login");
        page.fill("#username", username);
        page.fill("#password", password);
        page.click("main button[type=submit]");
        page.waitForURL(url + "/");
    }

    /**
     * Notes what goes wrong on any page that is shown here: errors, and requests to another host.
     */
    static void watch(Page page, String url, List<String> wrong) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error"))
                wrong.add(page.url() + " console: " + message.text());
        });
        page.onPageError(error -> wrong.add(page.url() + " script: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
                wrong.add(page.url() + " asks " + request.url());
        });
    }

    /** Somebody with a window of this width who has chosen these looks. */
    static BrowserContext context(String url, int width, String lang, String theme, String care) {
        var context =
                chromium()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(width, 900)
                                        .setColorScheme(ColorScheme.LIGHT));
        context.addInitScript(AXE); // sent to the browser once, not with each page
        for (var taste : Map.of("lang", lang, "theme", theme, "care", care).entrySet())
            context.addCookies(List.of(new Cookie(taste.getKey(), taste.getValue()).setUrl(url)));
        return context;
    }

    public static BrowserContext context(String url, int width, String lang, String theme) {
        return context(url, width, lang, theme, "off");
    }

    private static String axe() {
        try (var file = Browsers.class.getResourceAsStream("/axe/axe-4.14.1.min.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A picture of what a test sees, for people: with {@code -Dshuqiao.pictures=true} only. No test
     * looks at it, and a page that loads itself anew meanwhile keeps it waiting.
     *
     * @param whole the whole page, or what is in the window
     */
    static void picture(Page page, Path file, boolean whole) {
        if (!PICTURES) return;
        // on the picture of a whole page the bar stands where the page ends
        if (whole) actionBars(page, "static");
        page.screenshot(new Page.ScreenshotOptions().setFullPage(whole).setPath(file));
        if (whole) actionBars(page, "");
    }

    /** What axe finds against WCAG 2.2 AA on a page, and how wide it is at 320 px. */
    public static List<String> violations(Page page, String words) {
        var found = new ArrayList<String>();
        // what a bar at the foot of the window covers depends on how far somebody has scrolled
        actionBars(page, "static");
        if (!(boolean) page.evaluate("'axe' in window")) page.evaluate(AXE);
        for (var one : (List<?>) page.evaluate(ALL_RULES, RULES)) found.add(words + " " + one);
        var size = page.viewportSize();
        if (size.width != 320) page.setViewportSize(320, size.height);
        var width = (Integer) page.evaluate("document.documentElement.scrollWidth");
        if (width > 320) found.add(words + " is " + width + " wide");
        if (size.width != 320) page.setViewportSize(size.width, size.height);
        actionBars(page, "");
        return found;
    }

    /** Puts the bars with the buttons of a form where the form ends, or back ("") to the window. */
    static void actionBars(Page page, String position) {
        page.evaluate(
                "position => document.querySelectorAll('.action-bar').forEach(bar => bar.style.position = position)",
                position);
    }
}
