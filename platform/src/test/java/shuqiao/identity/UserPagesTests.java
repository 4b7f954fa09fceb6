package shuqiao.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;
import shuqiao.ledger.Ledger;

/** Users, programs and sessions as the security administrator works on them. */
@PlatformTest
class UserPagesTests {

    private static final String PASSWORD = "Bridge-2026-test";

    @Autowired City city;
    @Autowired People people;
    @Autowired Ledger ledger;
    @Autowired JdbcClient db;

    private Visitor security;

    @BeforeEach
    void the_security_administrator_logs_in() {
        city.person("up-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        city.person("up-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        security = in("up-security");
    }

    @Test
    void the_list_is_narrowed_by_name_department_and_role() {
        city.person("up-found", PASSWORD, City.POLICE, Role.REVIEWER);

        assertThat(security.get("/admin/users?q=up-fou").body())
                .contains("找到 1 位用户", "/admin/users/up-found");
        assertThat(
                        security.get("/admin/users?q=up-&role=REVIEWER&organization=" + City.POLICE)
                                .body())
                .contains("up-found")
                .doesNotContain("/admin/users/up-steward");
        assertThat(security.get("/admin/users?q=no-such-person&role=%3Cb%3E").body())
                .contains("没有符合条件的用户");
    }

    @Test
    void name_and_roles_are_changed_and_the_page_tells_who_did_it() {
        city.person("up-changed", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);

        var changed =
                change(
                        "up-changed",
                        Map.of(
                                "name",
                                "周敏",
                                "organization",
                                City.CIVIL_AFFAIRS,
                                "roles",
                                "REVIEWER"));

        assertThat(changed.body()).contains("用户信息已保存", "修改用户周敏：名称、角色；现有角色：部门审核", "up-security");
        assertThat(people.find("up-changed").orElseThrow().roles()).containsExactly(Role.REVIEWER);
    }

    @Test
    void what_is_wrong_is_told_and_nothing_typed_is_lost() {
        var wrong = change("up-steward", Map.of("name", "周 敏", "organization", ""));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("错误：", "周 敏", "id=\"roles\"");
        assertThat(people.find("up-steward").orElseThrow().roles()).containsExactly(Role.STEWARD);
    }

    @Test
    void a_closed_account_is_out_at_once_and_comes_back() {
        city.person("up-closed", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var steward = in("up-closed");
        var path = "/admin/users/up-closed";
        assertThat(security.get(path + "/closing").body()).contains("停用「up-closed」的账号");

        assertThat(security.submit(path + "/closing", path + "/closing", Map.of()).body())
                .contains("账号已停用", "恢复账号");
        assertThat(steward.get("/account/password").uri().getPath()).isEqualTo("/login");
        assertThat(security.submit(path, path + "/reopening", Map.of()).body()).contains("账号已恢复");
        assertThat(in("up-closed").get("/account/password").statusCode()).isEqualTo(200);
    }

    @Test
    void a_reset_shows_the_password_once_and_ends_what_is_logged_in() {
        city.person("up-forgot", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var before = in("up-forgot");
        var path = "/admin/users/up-forgot";

        var oneTime = Visitor.secret(security.submit(path, path + "/password", Map.of()).body());

        assertThat(security.get(path).body()).doesNotContain(oneTime);
        assertThat(before.get("/account/password").uri().getPath()).isEqualTo("/login");
        assertThat(new Visitor(city).login("up-forgot", oneTime).uri().getPath())
                .isEqualTo("/account/password");
    }

    @Test
    void sessions_are_listed_and_ended_one_or_all() {
        city.person("up-busy", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var one = in("up-busy");
        var two = in("up-busy");
        var list = "/admin/sessions?username=up-busy";
        var page = security.get(list).body();
        assertThat(page).contains("2 个会话在线");
        var id = page.replaceAll("(?s).*?/admin/sessions/([0-9a-f-]{36}).*", "$1");

        assertThat(security.submit(list, "/admin/sessions/" + id, Map.of()).body())
                .contains("会话已结束");
        assertThat(security.get(list).body()).contains("1 个会话在线");
        security.submit("/admin/users/up-busy", "/admin/users/up-busy/sessions", Map.of());

        assertThat(one.get("/account/password").uri().getPath()).isEqualTo("/login");
        assertThat(two.get("/account/password").uri().getPath()).isEqualTo("/login");
        assertThat(security.submit(list, "/admin/sessions/" + id, Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void limits_of_sessions_hold_at_once_for_living_sessions_and_are_recorded() {
        city.person("up-limited", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var living = in("up-limited");
        assertThat(idleSeconds("up-limited")).containsExactly(1800);
        var path = "/admin/sessions/limits";
        try {
            assertThat(
                            security.submit(
                                            "/admin/sessions",
                                            path,
                                            Map.of("idleMinutes", "7", "most", "1"))
                                    .body())
                    .contains("会话限制已保存", "7 分钟没有操作", "最多同时 1 个会话");

            assertThat(idleSeconds("up-limited")).containsExactly(420);
            var next = in("up-limited");
            assertThat(security.get("/admin/sessions?username=up-limited").body())
                    .as("the one that gave way is online no more, before it calls again")
                    .contains("1 个会话在线");
            assertThat(living.get("/account/password").uri().toString()).endsWith("/login?expired");
            assertThat(next.get("/account/password").uri().getPath())
                    .isEqualTo("/account/password");
            assertThat(idleSeconds("up-limited")).contains(420);
            assertThat(ledger.about("object=session-limits", 1).getFirst())
                    .satisfies(it -> assertThat(it.kind()).isEqualTo("SessionLimitsChanged"))
                    .satisfies(it -> assertThat(it.facts()).containsEntry("idleMinutesBefore", 30));
        } finally {
            security.submit("/admin/sessions", path, Map.of("idleMinutes", "30", "most", "3"));
        }
    }

    /** When a session was seen last, and which transaction wrote that. */
    private java.util.Map<String, Object> seen() {
        return db.sql(
                        "select last_access_time, expiry_time, xmin::text from identity.spring_session where principal_name = 'up-seen'")
                .query()
                .singleRow();
    }

    @Test
    void who_reads_page_after_page_is_seen_without_a_write_for_each() {
        city.person("up-seen", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var reader = in("up-seen");
        db.sql(
                        "update identity.spring_session set last_access_time = last_access_time - 60000, expiry_time = expiry_time - 60000 where principal_name = 'up-seen'")
                .update();
        var before = seen();

        reader.get("/account/password");
        var once = seen();
        reader.get("/account/password");

        assertThat((long) once.get("last_access_time"))
                .isGreaterThan((long) before.get("last_access_time") + 50_000);
        assertThat((long) once.get("expiry_time"))
                .isGreaterThan((long) before.get("expiry_time") + 50_000);
        assertThat(seen()).as("so soon after").isEqualTo(once);
    }

    @Test
    void limits_out_of_range_are_refused_and_stay_as_typed() {
        var wrong =
                security.submit(
                        "/admin/sessions",
                        "/admin/sessions/limits",
                        Map.of("idleMinutes", "4", "most", "一个"));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("value=\"4\"", "value=\"一个\"", "5", "480", "30 分钟没有操作");
        var token = city.token(City.BUREAU, Role.SECURITY_ADMIN);
        assertThat(
                        city.put(
                                        token,
                                        "/api/v1/session-limits",
                                        Map.of("idleMinutes", 30, "most", 21))
                                .status())
                .isEqualTo(422);
        assertThat(city.get(token, "/api/v1/session-limits").<Integer>at("$.most")).isEqualTo(3);
        assertThat(
                        city.get(
                                        city.token(City.BUREAU, Role.SYSTEM_ADMIN),
                                        "/api/v1/session-limits")
                                .status())
                .isEqualTo(403);
    }

    private java.util.List<Integer> idleSeconds(String username) {
        return db.sql(
                        "select distinct max_inactive_interval from identity.spring_session where principal_name = :username")
                .param("username", username)
                .query(Integer.class)
                .list();
    }

    @Test
    void a_program_gets_new_scopes_and_a_new_secret_and_is_closed() {
        city.build();
        var made =
                security.submit(
                        "/admin/programs",
                        "/admin/programs",
                        Map.of(
                                "clientId",
                                "up-program",
                                "name",
                                "对接",
                                "organization",
                                City.POLICE,
                                "scopes",
                                "STEWARD"));
        assertThat(made.body()).contains("密钥由所属部门的数据专员").doesNotContain("class=\"secret\"");
        city.person("up-police-steward", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("up-police-reviewer", PASSWORD, City.POLICE, Role.REVIEWER);
        var first = collected("up-police-steward");
        var path = "/admin/programs/up-program";

        var saved = security.submit(path, path, Map.of("name", "对接", "scopes", "REVIEWER"));
        assertThat(saved.body()).contains("程序信息已保存", "修改程序对接：角色");
        assertThat(security.submit(path, path, Map.of("name", "对接")).statusCode()).isEqualTo(422);

        assertThat(security.submit(path, path + "/secret", Map.of()).body())
                .contains("密钥待领取")
                .doesNotContain("class=\"secret\"");
        var second = collected("up-police-reviewer");
        assertThat(city.fetchToken("up-program", first).status()).isEqualTo(401);
        assertThat(city.fetchToken("up-program", second).status()).isEqualTo(200);

        security.submit(path, path + "/closing", Map.of());
        assertThat(city.fetchToken("up-program", second).status()).isEqualTo(401);
        assertThat(security.submit(path, path + "/reopening", Map.of()).body()).contains("程序已恢复");
    }

    /** What the department is shown when it fetches the secret. */
    private String collected(String username) {
        return Visitor.secret(
                in(username).submit("/programs", "/programs/up-program/secret", Map.of()).body());
    }

    @Test
    void ones_own_account_shows_no_form_and_takes_none() {
        assertThat(security.get("/admin/users/up-security").body())
                .contains("由另一位安全管理员修改")
                .doesNotContain("name=\"roles\"", "/closing");
        assertThat(change("up-security", Map.of("name", "我", "roles", "AUDIT_ADMIN")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void these_pages_are_the_security_administrators_alone() {
        city.person("up-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        city.person("up-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        for (var username : new String[] {"up-system", "up-audit", "up-steward"}) {
            var other = in(username);
            for (var path :
                    new String[] {
                        "/admin/users",
                        "/admin/users/up-steward",
                        "/admin/users/up-steward/closing",
                        "/admin/users/up-steward/password",
                        "/admin/programs",
                        "/admin/programs/none",
                        "/admin/sessions"
                    }) assertThat(other.get(path).statusCode()).as(username + path).isEqualTo(403);
        }
        assertThat(security.get("/admin/users/nobody-here").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> change(String username, Map<String, String> fields) {
        var path = "/admin/users/" + username;
        return security.submit(path, path, fields);
    }

    private Visitor in(String username) {
        return city.visitor(username, PASSWORD);
    }
}
