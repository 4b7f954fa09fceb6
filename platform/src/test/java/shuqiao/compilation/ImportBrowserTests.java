package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shuqiao.browser.Browsers;

/**
 * A workbook from choosing to undoing, and many at once, in a real browser: WCAG 2.2 AA, 320 px.
 */
@Tag("browser")
class ImportBrowserTests extends ImportGround {

    @ParameterizedTest
    @CsvSource({"1280,zh,light", "320,en,dark"})
    void every_page_of_the_way_keeps_the_rules(int width, String lang, String theme) {
        var found = new ArrayList<String>();
        try (var context = Browsers.context(city.url(), width, lang, theme)) {
            var page = context.newPage();
            Browsers.login(page, city.url(), actor.subject(), PASSWORD);
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
        try (var context = Browsers.context(city.url(), 320, "zh", "light")) {
            var page = context.newPage();
            Browsers.login(page, city.url(), actor.subject(), PASSWORD);
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

    private static void look(Page page, List<String> found) {
        found.addAll(Browsers.violations(page, page.url()));
    }
}
