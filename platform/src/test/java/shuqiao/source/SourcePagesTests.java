package shuqiao.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Role;

/** A steward registers the department's database in a browser, looks into it and removes it. */
@PlatformTest
class SourcePagesTests {

    private static final String PASSWORD = "Bridge-2026-source";
    private static final ScratchPostgres.Database DATABASE = ScratchPostgres.shared().newDatabase();
    private static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired City city;

    private Visitor steward;

    @BeforeEach
    void login() {
        city.person("pages-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("pages-reviewer", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        city.person("pages-other", PASSWORD, City.POLICE, Role.STEWARD);
        steward = visitor("pages-steward");
    }

    private Visitor visitor(String username) {
        var visitor = new Visitor(city);
        visitor.login(username, PASSWORD);
        return visitor;
    }

    private Map<String, String> form() {
        var form = new HashMap<String, String>();
        form.put("name", "网页登记 " + NEXT.incrementAndGet());
        form.put("jdbcUrl", DATABASE.jdbcUrl());
        form.put("username", DATABASE.user());
        form.put("password", DATABASE.password());
        form.put("tlsMode", "DISABLE");
        form.put("maxConnections", "4");
        return form;
    }

    private String registered(Map<String, String> form) {
        var page = steward.submit("/sources/new", "/sources", form);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.uri().getPath();
    }

    @Test
    void a_registered_database_is_tested_at_once_and_shows_its_tables_and_columns() {
        DATABASE.run(
                "create table if not exists low_income (id bigint primary key, name text)",
                "comment on table low_income is '低保对象'",
                "comment on column low_income.name is '姓名'");

        var path = registered(form());

        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "alter role " + DATABASE.user() + " set statement_timeout = '90s'");
        assertThat(steward.get(path + "?test").body())
                .contains("已连通", "public", "UTF8", "statement_timeout = 90s", "平台遵守", "低保对象")
                .doesNotContain("??");
        var tables = steward.get(path + "?schema=public").body();
        assertThat(tables)
                .contains(
                        "低保对象",
                        "可以读取",
                        "action=\"/resources/new\"",
                        "name=\"table\" value=\"low_income\"",
                        "编制目录");
        assertThat(steward.get(path + "?schema=public&table=low_income&lang=en").body())
                .contains("姓名", "bigint", "Connected")
                .doesNotContain("??");
        assertThat(steward.get("/sources").body()).contains(path);
    }

    @Test
    void what_was_typed_is_kept_when_it_is_refused_but_never_the_password() {
        var form = form();
        form.put("jdbcUrl", "jdbc:postgresql://db/x?socketFactory=evil");
        form.put("maxConnections", "four");

        var first = steward.submit("/sources/new", "/sources", form);

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(first.body())
                .contains("请填写数字", "value=\"four\"", form.get("name"))
                .doesNotContain(form.get("password"));
        form.put("maxConnections", "4");
        assertThat(steward.submit("/sources/new", "/sources", form).body())
                .contains("socketFactory", "id=\"jdbcUrl-fault\"");
    }

    @Test
    void a_database_that_does_not_answer_is_registered_and_the_page_says_why() {
        var form = form();
        form.put("jdbcUrl", "jdbc:postgresql://127.0.0.1:1/nothing");

        var path = registered(form);

        assertThat(steward.get(path + "?test").body()).contains("没有连通").doesNotContain("已连通");
    }

    @Test
    void a_change_without_password_keeps_it_and_a_removal_is_asked_for_first() {
        var form = form();
        var path = registered(form);
        form.remove("password");
        form.put("maxConnections", "7");

        assertThat(steward.submit(path + "/edit", path, form).body()).contains("已保存", "已连通", "7");

        assertThat(steward.get(path + "/removal").body()).contains("不能恢复", form.get("name"));
        assertThat(steward.submit(path + "/removal", path + "/removal", Map.of()).body())
                .contains("已删除")
                .doesNotContain(path + "\"");
        assertThat(steward.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_reviewer_only_reads_and_another_department_sees_nothing() {
        var path = registered(form());

        assertThat(visitor("pages-reviewer").get(path).body()).doesNotContain("/edit", "/removal");
        assertThat(visitor("pages-reviewer").get(path + "/edit").statusCode()).isEqualTo(403);
        assertThat(visitor("pages-other").get(path).statusCode()).isEqualTo(404);
        assertThat(visitor("pages-other").get(path + "/edit").statusCode()).isEqualTo(404);
    }
}
