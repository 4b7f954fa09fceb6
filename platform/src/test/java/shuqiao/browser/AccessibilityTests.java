package shuqiao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.catalog.Classification;
import shuqiao.sharing.Profiles;

/**
 * No axe violation on any page, full, empty or with an error, in both languages and all themes;
 * nothing sideways at 320 px; who sent something wrong stands at the summary of what is wrong.
 */
@PlatformTest
@Tag("browser")
class AccessibilityTests {

    /** Who bring a table from a department to a receipt. */
    private static final List<String> CHAIN =
            List.of("fill-steward", "fill-reviewer", "fill-asker", "fill-sender", "fill-authority");

    /** Empties a form of the page, types into it, and sends it as its main button does. */
    private static final String SPOIL =
            """
            ([selector, typed]) => {
                document.body.classList.add('before');
                const fields = 'input:not([type=hidden]), select, textarea';
                const form = selector ? document.querySelector(selector)
                    : [...document.querySelectorAll('main form[method=post]')].find(one => one.querySelector(fields));
                if (!form) throw new Error('no form ' + selector);
                for (const one of form.querySelectorAll(fields)) {
                    if (one.type === 'checkbox' || one.type === 'radio') one.checked = false;
                    else one.value = '';
                }
                let button = form.querySelector('.button.primary') ?? form.querySelector('.button');
                for (const [name, value] of Object.entries(typed)) {
                    const one = form.elements[name];
                    if (name === 'do') button = form.querySelector(`[name=do][value=${value}]`);
                    else if (one instanceof RadioNodeList) {
                        one.value = value;
                        [...one].find(radio => radio.checked).dispatchEvent(new Event('change', { bubbles: true }));
                    } else one.value = value;
                }
                form.requestSubmit(button);
            }
            """;

    @Autowired City city;
    @Autowired Classification classification;
    @Autowired Profiles profiles;
    @Autowired JdbcClient db;

    /** A page of a PDF. */
    private static final Pattern SHEET = Pattern.compile("/Type ?/Page\\b(?!s)");

    private final List<String> found = new ArrayList<>();
    private boolean large;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // a hundred pages one after the other
    void no_page_breaks_a_rule() {
        looked(1280, "zh", "light", "off", false);
    }

    @ParameterizedTest
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @CsvSource({
        "1280,zh,light,off",
        "1280,zh,dark,off",
        "1280,en,dark,large",
        "1280,zh,light,large",
        "1280,zh,contrast,off",
        "1280,en,light,off",
        "1280,en,dark,off",
        "1280,en,contrast,large",
        "320,zh,light,off",
        "320,en,dark,large"
    })
    void no_page_breaks_a_rule_in_any_look(int width, String lang, String theme, String care) {
        looked(width, lang, theme, care, true);
    }

    /**
     * @param all whether each page and each form is looked at, or of pages only the first of a
     *     kind, and of forms those of the chain
     */
    private void looked(int width, String lang, String theme, String care, boolean all) {
        var filled = FilledCity.of(city, classification, profiles, db);
        var seen = new HashSet<String>();
        large = care.equals("large");
        try (var context = Browsers.context(city.url(), width, lang, theme, care)) {
            var page = context.newPage();
            filled.pages()
                    .forEach((reader, paths) -> {
                        if (!reader.isEmpty())
                            Browsers.login(page, city.url(), reader, FilledCity.PASSWORD);
                        for (var path : paths)
                            if (all || seen.add(kind(path) + reader.contains("idle")))
                                look(page, path);
                        if (all || CHAIN.contains(reader))
                            for (var form : filled.spoiled().getOrDefault(reader, List.of()))
                                spoil(page, form);
                        context.clearCookies(
                                new BrowserContext.ClearCookiesOptions().setName("SESSION"));
                    });
            assertThat(found).isEmpty();
        }
    }

    /** What the address of a page has without its numbers and what was asked of it. */
    private static String kind(String path) {
        return path.replaceAll("\\?.*", "").replaceAll("(?<=/)[^/]*\\d[^/]*", "n");
    }

    private void look(Page page, String path) {
        var status = page.navigate(city.url() + path).status();
        if (status != 200 && !path.equals("/nothing")) found.add(path + " is answered " + status);
        found.addAll(Browsers.violations(page, path));
        var ofOneSheet =
                path.endsWith("/receipt") || path.equals("/") && page.locator(".hero").count() > 0;
        if (ofOneSheet && !large) printed(page, path);
    }

    /** On paper a receipt and a front page are one sheet, but for the large type. */
    private void printed(Page page, String path) {
        var paper = new String(page.pdf(), StandardCharsets.ISO_8859_1);
        var sheets = SHEET.matcher(paper).results().count();
        if (sheets != 1) found.add(path + " is printed on " + sheets + " sheets");
    }

    private void spoil(Page page, FilledCity.Spoiled form) {
        var words = form.page() + " sent wrong " + form.typed();
        page.navigate(city.url() + form.page());
        try {
            page.waitForResponse(
                    response -> response.request().method().equals("POST"),
                    () -> page.evaluate(SPOIL, List.of(form.form(), form.typed())));
        } catch (PlaywrightException unsent) {
            found.add(words + " cannot be sent: " + unsent.getMessage());
            return;
        }
        page.waitForSelector("body:not(.before)");
        page.waitForLoadState();
        if (page.locator(".summary, .fault").count() == 0) found.add(words + " says no fault");
        if (!(boolean)
                page.evaluate("document.querySelector('[data-focus]') === document.activeElement"))
            found.add(
                    words
                            + " leaves the reader at "
                            + page.evaluate("document.activeElement.outerHTML.slice(0, 90)"));
        found.addAll(Browsers.violations(page, words));
    }

    @Test
    void the_password_is_shown_and_the_care_key_works() {
        try (var context = Browsers.context(city.url(), 1280, "zh", "light", "off")) {
            var page = context.newPage();
            page.navigate(city.url() + "/login");
            page.fill("#password", "secret");
            page.click("[data-show]");
            assertThat(page.getAttribute("#password", "type")).isEqualTo("text");
            page.keyboard().press("Alt+KeyO");
            page.waitForSelector("body.care");
        }
    }
}
