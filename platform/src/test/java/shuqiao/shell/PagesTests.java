package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** The frame of all pages, as somebody without script sees it. */
@PlatformTest
class PagesTests {

    private static final String PASSWORD = "Bridge-2026-test";

    @Autowired City city;
    @Autowired SiteSettings site;

    private Visitor visitor;

    @BeforeEach
    void somebody_comes() {
        visitor = new Visitor(city);
    }

    @Test
    void a_visitor_sees_what_this_is_and_gets_no_session() {
        var page = visitor.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("href=\"/login\"", "href=\"/open\"", "lang=\"zh-CN\"");
        assertThat(visitor.cookies()).isEmpty();
    }

    @Test
    void the_language_is_switched_on_the_same_page_and_kept() {
        assertThat(visitor.get("/open?lang=en").body())
                .contains("lang=\"en\"", "Resources marked open", "href=\"/open?lang=zh\"");
        assertThat(visitor.get("/").body()).contains("lang=\"en\"");
    }

    @Test
    void easy_reading_is_a_class_and_a_cookie() {
        assertThat(visitor.get("/open?care=large").body()).contains("class=\"public care\"");
        assertThat(visitor.cookies()).containsEntry("care", "large");
        assertThat(visitor.get("/").body()).contains("返回标准版");
        assertThat(visitor.get("/?care=off").body()).doesNotContain("返回标准版");
    }

    @Test
    void display_settings_work_without_script_and_take_only_what_is_offered() {
        var kept =
                visitor.submit(
                        "/preferences", "/preferences", Map.of("theme", "dark", "size", "larger"));
        assertThat(kept.body()).contains("data-theme=\"dark\"", "care larger", "已保存");

        visitor.submit("/preferences", "/preferences", Map.of("theme", "\"><script>", "size", "x"));
        assertThat(visitor.cookies())
                .containsEntry("theme", "dark")
                .containsEntry("care", "larger");
    }

    @Test
    void a_wrong_password_is_told_with_what_to_do() {
        assertThat(visitor.login("nobody", "wrong").body())
                .contains("错误：", "请重新输入", "aria-invalid");
        assertThat(visitor.get("/login?locked").body()).contains("15 分钟");
        assertThat(visitor.get("/login?expired&lang=en").body()).contains("Log in again");
    }

    @Test
    void somebody_logged_in_sees_name_department_role_and_a_sentence() {
        // nothing ever waits for a steward of the bureau
        city.person("idle", PASSWORD, City.BUREAU, Role.STEWARD);

        var home = visitor.login("idle", PASSWORD);

        assertThat(home.body()).contains("idle，", "目前没有等你办理的事", "市大数据管理中心", "数据专员");
        assertThat(home.body())
                .as("no link to what a steward may not open")
                .doesNotContain("/admin/");
    }

    @Test
    void what_is_not_there_is_a_page_for_people() {
        var page = visitor.get("/nothing/here?lang=en");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Not found", "Error 404", "Check the address");
    }

    @Test
    void a_page_of_another_role_is_403_with_a_sentence() {
        city.person("zhaoqi", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        visitor.login("zhaoqi", PASSWORD);

        var page = visitor.get("/admin/users");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("没有权限", "请联系安全管理员");
    }

    @Test
    void a_form_that_is_too_old_is_told_so() {
        var page = visitor.post("/preferences", "theme=dark");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("已经失效");
    }

    @Test
    void a_wrong_method_is_405_with_a_page() {
        assertThat(visitor.submit("/preferences", "/open", Map.of()).statusCode()).isEqualTo(405);
    }

    @Test
    void settings_fill_the_frame_and_the_demo_is_marked_everywhere() {
        assertThat(visitor.get("/open").body()).doesNotContain("主办：", "class=\"demo\"");
        site.put(SiteSettings.NAME, "云泽市政务数据共享网站");
        site.put(SiteSettings.OPERATOR, "云泽市大数据管理中心");
        site.put(SiteSettings.DEMO, "true");
        try {
            for (var path : new String[] {"/", "/open", "/login", "/nothing"})
                assertThat(visitor.get(path).body()).as(path).contains("class=\"demo\"");
            assertThat(visitor.get("/").body()).contains("云泽市政务数据共享网站", "主办：云泽市大数据管理中心");
        } finally {
            site.put(SiteSettings.NAME, "");
            site.put(SiteSettings.OPERATOR, "");
            site.put(SiteSettings.DEMO, "false");
        }
    }

    @Test
    void the_icon_and_the_style_sheet_are_served() {
        var icon = city.get(null, "/favicon.ico");
        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.headers().firstValue("Content-Type").orElse("")).startsWith("image/");
        assertThat(city.get(null, "/static/shuqiao.css").status()).isEqualTo(200);
        assertThat(city.get(null, "/static/none.css").status()).isEqualTo(404);
    }

    @Test
    void an_organization_is_added_by_form_with_the_error_pattern() {
        city.person("sys", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        visitor.login("sys", PASSWORD);

        var wrong =
                visitor.submit(
                        "/admin/organizations",
                        "/admin/organizations",
                        Map.of("code", "1299", "name", "", "division", "990100", "level", "CITY"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("错误：", "href=\"#code\"", "id=\"code-fault\"", "应为 18 位");

        assertThat(visitor.get("/admin/users").statusCode()).isEqualTo(403);
    }

    @Test
    void a_user_is_added_by_form_and_the_one_time_password_is_shown_once() {
        city.person("sec", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        visitor.login("sec", PASSWORD);

        var added =
                visitor.submit(
                        "/admin/users",
                        "/admin/users",
                        Map.of(
                                "username", "lisi",
                                "name", "李四",
                                "organization", City.POLICE,
                                "roles", "STEWARD"));
        assertThat(added.body()).contains("class=\"secret\"", "待首次登录");
        assertThat(visitor.get("/admin/users").body()).doesNotContain("class=\"secret\"");

        var secret = added.body().replaceAll("(?s).*class=\"secret\">([^<]+)<.*", "$1");
        var newcomer = new Visitor(city);
        assertThat(newcomer.login("lisi", secret).body()).contains("请先设置自己的密码");
        var differs =
                newcomer.submit(
                        "/account/password",
                        "/account/password",
                        Map.of("present", secret, "wanted", PASSWORD, "again", "x"));
        assertThat(differs.body()).contains("两次输入的新密码不同", "错误：");
        var set =
                newcomer.submit(
                        "/account/password",
                        "/account/password",
                        Map.of("present", secret, "wanted", PASSWORD, "again", PASSWORD));
        assertThat(set.body()).contains("李四，", "新密码已生效");
    }
}
