package shuqiao.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.browser.Browsers;
import shuqiao.kernel.Role;

/** What is declared can be read and used by everybody, without anything being done for it. */
@PlatformTest
@Tag("browser")
class KitAccessibilityTests {

    private static final String PASSWORD = "Qiao2026-kit-access";

    @Autowired Registers registers;
    @Autowired City city;

    @Test
    void the_pages_of_a_package_have_no_fault_of_wcag_and_fit_320_px() {
        var toy = Toy.of("asset");
        registers.open(toy.register(), toy);
        city.person("kit-access", PASSWORD, City.POLICE, Role.STEWARD);
        var token = city.token(City.POLICE, Role.STEWARD);
        for (int n = 0; n < 45; n++)
            city.post(
                    token,
                    "/api/v1/toy/assets",
                    Map.of("name", "文件服务器 " + n, "kind", "SERVER", "room", "1", "cost", n));
        var found = new ArrayList<String>();
        for (var look : List.of("zh light", "en dark"))
            try (var context =
                    Browsers.context(city.url(), 1280, look.split(" ")[0], look.split(" ")[1])) {
                var page = context.newPage();
                Browsers.login(page, city.url(), "kit-access", PASSWORD);
                for (var path :
                        List.of(
                                "/toy/assets?page=2&sort=cost",
                                "/toy/assets?kind=DESK",
                                "/toy/assets/new",
                                "/toy/assets/3",
                                "/toy/assets/3/writing-off",
                                "/toy/assets/new/import")) look(page, path, look, found);
                look(page, "/toy/assets/new", look, new ArrayList<>());
                page.click("main form button.primary");
                page.waitForLoadState();
                assertThat(page.evaluate("document.activeElement.id")).isEqualTo("faults");
                found.addAll(Browsers.violations(page, "faults " + look));
            }
        registers.close("asset");
        assertThat(found).isEmpty();
    }

    private void look(Page page, String path, String look, List<String> found) {
        page.setViewportSize(1280, 900);
        var answer = page.navigate(city.url() + path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        found.addAll(Browsers.violations(page, path + " " + look));
    }
}
