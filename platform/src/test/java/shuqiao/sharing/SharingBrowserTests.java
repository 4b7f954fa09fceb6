package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.browser.Browsers;
import shuqiao.kernel.Role;

/** What the script adds to the pages of this room; how they look is for AccessibilityTests. */
@Tag("browser")
class SharingBrowserTests extends SharingGround {

    private static final String PASSWORD = "Bridge-2026-test";

    private long open;

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
        try (var context = Browsers.chromium().newContext()) {
            var page = context.newPage();
            Browsers.login(page, city.url(), "sb.answers", PASSWORD);
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
}
