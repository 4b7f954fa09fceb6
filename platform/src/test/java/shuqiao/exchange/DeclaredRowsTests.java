package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import shuqiao.City;
import shuqiao.engine.CopyResult;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Role;

/**
 * A table of which row security shows us a part is refused, unless its department declared at the
 * mount that this part is what it provides; whoever decides sees it, and the run says it.
 */
@Tag("slow")
class DeclaredRowsTests extends ExchangeGround {

    @Autowired WebApplicationContext web;

    private boolean declared;

    @Override
    protected void drafted(int resource, long source, String table) {
        if (!declared) return;
        var answer =
                city.put(
                        steward,
                        "/api/v1/resources/" + resource + "/mount",
                        Map.of(
                                "source",
                                source,
                                "schema",
                                "public",
                                "table",
                                table,
                                "rowSecurity",
                                true));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private String guarded() {
        var name = "guarded" + NEXT.incrementAndGet();
        ScratchPostgres.shared()
                .asSuperuser(
                        PROVIDER.name(),
                        "create table " + name + " (id bigint primary key, name text not null)",
                        "insert into "
                                + name
                                + " select g, '户' || g from generate_series(1, 100) g",
                        "alter table " + name + " enable row level security",
                        "create policy part on " + name + " for select using (id % 4 = 0)",
                        "grant select on " + name + " to " + PROVIDER.user());
        return name;
    }

    @Test
    void without_a_declaration_an_order_is_refused_by_the_name_of_the_table() {
        var table = guarded();

        var answer = ask(grant(table, Map.of()), source(consumer, CONSUMER, Map.of()), table);

        assertThat(answer.status()).as(answer.body()).isIn(409, 422);
        assertThat(answer.<String>at("$.type")).endsWith(":row-security");
        assertThat(answer.body()).contains(table);
    }

    @Test
    void with_one_the_rows_that_are_shown_arrive_and_the_run_says_so() throws Exception {
        declared = true;
        var table = guarded();
        var run = run(grant(table, Map.of()), source(consumer, CONSUMER, Map.of()), table);

        delivered(run);

        assertThat(count(table)).isEqualTo("25");
        assertThat(see(run).<List<String>>at("$.notes")).contains(CopyResult.ROW_SECURITY);
    }

    @Test
    void a_table_without_it_is_shown_as_a_whole_one() {
        var resource = resource(source(steward, PROVIDER, Map.of()), guarded(), "CONDITIONAL");
        var asked = city.get(reader(), "/api/v1/requests/" + draft(resource, Map.of()));

        assertThat(asked.<Boolean>at("$.rowSecurity")).isFalse();
        assertThat(asked.<List<String>>at("$.notes.zh")).noneMatch(it -> it.contains("行级安全"));
    }

    private String reader() {
        return city.token(City.POLICE, Role.STEWARD);
    }

    @Test
    void whoever_decides_sees_the_declaration() throws Exception {
        declared = true;
        var resource = resource(source(steward, PROVIDER, Map.of()), guarded(), "CONDITIONAL");
        var id = draft(resource, Map.of());
        var reviewer = city.token(City.POLICE, Role.REVIEWER);
        city.post(reviewer, "/api/v1/requests/" + id + "/sending", Map.of());
        city.post(
                city.token(City.BUREAU, Role.AUTHORITY),
                "/api/v1/requests/" + id + "/acceptance",
                Map.of());
        city.person("rows.reader", "Reader-2026-x!", City.CIVIL_AFFAIRS, Role.STEWARD);

        var asked = city.get(steward, "/api/v1/requests/" + id);
        assertThat(asked.<Boolean>at("$.rowSecurity")).isTrue();
        assertThat(asked.<List<String>>at("$.notes.zh"))
                .anyMatch(it -> it.startsWith("提供方声明：来源表有行级安全策略"));
        assertThat(asked.<List<String>>at("$.notes.en"))
                .anyMatch(it -> it.startsWith("Declared by the provider"));
        assertThat(
                        city.get(reader(), "/api/v1/resources/" + resource + "/versions/1")
                                .<Boolean>at("$.rowSecurity"))
                .isTrue();

        MockMvcBuilders.webAppContextSetup(web)
                .apply(SecurityMockMvcConfigurers.springSecurity())
                .build()
                .perform(get("/requests/" + id + "/decision").with(user("rows.reader")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("提供方声明：来源表有行级安全策略")));
    }
}
