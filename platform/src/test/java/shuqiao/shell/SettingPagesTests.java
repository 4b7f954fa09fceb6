package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** What the operator says of the site, and where it shows. */
@PlatformTest
class SettingPagesTests {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final String PATH = "/admin/settings";

    @Autowired City city;
    @Autowired SiteSettings site;

    private Visitor system;

    @BeforeEach
    void the_system_administrator_logs_in() {
        system = city.visitor("se-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
    }

    @AfterEach
    void forget() {
        Settings.NAMES.forEach(name -> site.put(name, ""));
    }

    @Test
    void what_is_filled_in_shows_on_every_page_and_what_is_not_does_not() {
        var saved =
                save(
                        Map.of(
                                "site.name",
                                "云泽共享",
                                "site.phone",
                                "0990-200-0100",
                                "site.icp",
                                "测试备 99010001 号"));

        assertThat(saved.body()).contains("平台设置已保存");
        assertThat(new Visitor(city).get("/").body())
                .contains("云泽共享", "服务电话：0990-200-0100", "测试备 99010001 号")
                .doesNotContain("主办：");
    }

    @Test
    void a_number_that_is_none_is_told_and_nothing_is_lost() {
        var wrong = save(Map.of("site.name", "另一个名字", "site.phone", "<b>打给我</b>"));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("电话由数字", "另一个名字", "&lt;b&gt;");
        assertThat(new Visitor(city).get("/").body()).doesNotContain("另一个名字");
    }

    @Test
    void programs_read_and_change_the_same_settings() {
        var token = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        var body = new HashMap<String, String>();
        body.put("site.operator", "云泽市大数据管理中心");

        assertThat(city.put(token, "/api/v1/settings", body).status()).isEqualTo(200);
        assertThat(city.get(token, "/api/v1/settings").body()).contains("云泽市大数据管理中心");
        assertThat(city.get(city.token(City.BUREAU, Role.AUDIT_ADMIN), "/api/v1/settings").status())
                .isEqualTo(403);
    }

    @Test
    void the_page_is_the_system_administrators_alone() {
        var other = city.visitor("se-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);

        assertThat(other.get(PATH).statusCode()).isEqualTo(403);
    }

    private java.net.http.HttpResponse<String> save(Map<String, String> fields) {
        return system.submit(PATH, PATH, fields);
    }
}
