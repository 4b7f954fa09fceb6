package shuqiao.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** Due work as the operators see it. */
@PlatformTest
class WorkPagesTests {

    private static final String PASSWORD = "Bridge-2026-work";
    private static final String PATH = "/admin/work";
    private static final String API = "/api/v1/work";

    /** A kind that looks once an hour: nobody takes the item in between. */
    private static final String KIND = "notice-keeping";

    @Autowired private City city;
    @Autowired private RoundTable rounds;
    @Autowired private JdbcClient db;

    private Visitor system;
    private long dead;

    @BeforeEach
    void a_dead_item() {
        system = city.visitor("work-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        // those that the workers write when the platform opens; here none of them works
        for (var kind : List.of(KIND, "reminders"))
            db.sql(
                            """
                            insert into work.task (kind, key, due) values (:kind, 'recurring', now() + interval '1 hour')
                            on conflict (kind, key) do update set due = excluded.due, picked = false
                            """)
                    .param("kind", kind)
                    .update();
        dead =
                db.sql(
                                """
                                insert into work.task (kind, key, due, attempt, cause, dead_at)
                                values (:kind, 'k-4711', now() - interval '1 hour', 12, 'Boom: <b>\u202Egnp', now()) returning id
                                """)
                        .param("kind", KIND)
                        .query(Long.class)
                        .single();
    }

    @AfterEach
    void forget() {
        db.sql("delete from work.task where key = 'k-4711'").update();
    }

    private long entries(String event) {
        return db.sql("select count(*) from ledger.entry where kind = :name")
                .param("name", event)
                .query(Long.class)
                .single();
    }

    @Test
    void each_kind_and_what_is_dead_is_told_in_words_of_either_language() {
        var zh = system.get(PATH + "?lang=zh").body();
        assertThat(zh)
                .contains("提醒快到期和已超期的事项", "清理到期的消息", "k-4711", "不再尝试", "Boom: &lt;b&gt;\\u202Egnp")
                .doesNotContain("??");
        var en = system.get(PATH + "?lang=en").body();
        assertThat(en)
                .contains("Remind people of what is due soon or late", "Not tried any more")
                .doesNotContain("??");
        assertThat(system.get(PATH + "?state=WAITING&lang=zh").body()).doesNotContain("k-4711");
    }

    @Test
    void an_operator_has_a_kind_done_at_once() {
        var before = entries("WorkAsked");

        assertThat(system.submit(PATH, PATH + "/" + KIND + "/now", Map.of()).body())
                .contains("已安排");

        assertThat(rounds.list(List.of(KIND)).getFirst().due())
                .isBeforeOrEqualTo(java.time.Instant.now());
        assertThat(entries("WorkAsked")).isEqualTo(before + 1);
    }

    @Test
    void a_dead_item_is_tried_from_the_beginning() {
        var before = entries("WorkTriedAgain");

        assertThat(system.submit(PATH, PATH + "/items/" + dead + "/again", Map.of()).body())
                .contains("已安排再试");

        var attempt =
                db.sql("select attempt from work.task where id = :id and dead_at is null")
                        .param("id", dead)
                        .query(Integer.class)
                        .single();
        assertThat(attempt).isZero();
        assertThat(entries("WorkTriedAgain")).isEqualTo(before + 1);
    }

    @Test
    void giving_up_asks_first_and_stands_in_the_ledger() {
        var before = entries("WorkForgotten");
        var ask = PATH + "/items/" + dead + "/forgetting";
        assertThat(system.get(ask).body()).contains("k-4711", "放弃会记入存证日志");
        assertThat(entries("WorkForgotten")).isEqualTo(before);

        assertThat(system.submit(ask, ask, Map.of()).body()).contains("已放弃");

        assertThat(entries("WorkForgotten")).isEqualTo(before + 1);
        assertThat(system.get(ask).statusCode()).isEqualTo(404);
    }

    @Test
    void programs_do_the_same() {
        var token = city.token(City.BUREAU, Role.SYSTEM_ADMIN);

        assertThat(city.get(token, API).body()).contains("\"kind\":\"reminders\"");
        assertThat(city.get(token, API + "/items").body())
                .contains("\"key\":\"k-4711\"", "\"state\":\"DEAD\"", "\"attempt\":12");
        assertThat(city.post(token, API + "/nothing/now", Map.of()).status()).isEqualTo(404);
        assertThat(city.post(token, API + "/items/" + dead + "/again", Map.of()).status())
                .isEqualTo(204);
        assertThat(city.delete(token, API + "/items/" + dead).body())
                .as("tried again, no longer dead")
                .contains("urn:shuqiao:work:not-dead");
        db.sql("update work.task set dead_at = now() where id = :id").param("id", dead).update();
        assertThat(city.delete(token, API + "/items/" + dead).status()).isEqualTo(204);
        assertThat(city.delete(token, API + "/items/" + dead).status()).isEqualTo(404);
    }

    @Test
    void nobody_but_the_system_administrator_sees_or_touches_it() {
        for (var role : Role.values()) {
            if (role == Role.SYSTEM_ADMIN) continue;
            var token = city.token(City.BUREAU, role);
            assertThat(city.get(token, API + "/items").status()).as(role.name()).isEqualTo(403);
            assertThat(city.delete(token, API + "/items/" + dead).status()).isEqualTo(403);
        }
        var steward = city.visitor("work-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        assertThat(steward.get(PATH).statusCode()).isEqualTo(403);
    }
}
