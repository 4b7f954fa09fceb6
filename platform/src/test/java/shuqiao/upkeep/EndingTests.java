package shuqiao.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkItem;
import shuqiao.work.Work;

/** What is in use is withdrawn on a day that was announced, and not before. */
class EndingTests extends UpkeepGround {

    private City.Answer announce(String token, long id, Map<String, Object> body) {
        return city.post(token, RESOURCES + "/" + id + "/ending", body);
    }

    private void turns(java.time.LocalDate day) {
        for (int turn = 0; turn < 100 && endings.turn(day); turn++)
            ; // until nothing is due
    }

    @Autowired EndingLook look;
    @Autowired TransactionTemplate transaction;
    @Autowired Work work;

    @Test
    void one_that_cannot_be_ended_is_an_item_of_work_and_the_others_are_ended() {
        var sound = published();
        done(201, announce(authority, sound, Map.of("reason", "x")));
        db.sql("update upkeep.ending set day = current_date where resource = :id")
                .param("id", sound)
                .update();
        // of a resource that is not there
        var poison =
                db.sql(
                                """
                                insert into upkeep.ending
                                    (resource, provider, title, day, reason, announced_by, announced_at, week_told, day_told)
                                values (999999999, 'x', 'x', current_date - 1, 'x', 'x', now(), true, true) returning id
                                """)
                        .query(Long.class)
                        .single();
        assertThatThrownBy(look::turn)
                .isInstanceOfSatisfying(
                        ItemBroke.class,
                        one -> {
                            assertThat(one.item()).isEqualTo(poison);
                            assertThat(work.aside(look.kind(), one.item(), one.why())).isTrue();
                        });

        while (look.turn())
            ;

        assertThat(city.get(authority, RESOURCES + "/" + sound).<String>at("$.state"))
                .isEqualTo("WITHDRAWN");
        assertThatThrownBy(() -> look.work(new WorkItem(String.valueOf(poison), "", 2)))
                .isNotInstanceOf(ItemBroke.class)
                .isInstanceOf(Refusal.class);
        db.sql("delete from upkeep.ending where id = :id").param("id", poison).update();
        look.work(new WorkItem(String.valueOf(poison), "", 3));
        db.sql("delete from work.task where kind = 'endings' and key <> 'recurring'").update();
    }

    /** Legal effect is state: whoever sees the entry withdrawn sees its grants ended. */
    @Test
    void an_entry_its_announcement_and_its_grants_end_in_one_transaction() {
        var id = published();
        granted(id);
        done(201, announce(authority, id, Map.of("reason", "x")));
        var ending =
                db.sql("select id from upkeep.ending where resource = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single();
        assertThat(grants.live(id)).hasSize(1);

        transaction.executeWithoutResult(act -> {
            endings.end(java.time.LocalDate.of(2099, 1, 1), ending);

            assertThat(grants.live(id)).isEmpty();
            assertThat(open(ending)).isZero();
            act.setRollbackOnly();
        });

        assertThat(grants.live(id)).hasSize(1);
        assertThat(open(ending)).isEqualTo(1);
    }

    private long open(long ending) {
        return db.sql("select count(*) from upkeep.ending where id = :id and ended_at is null")
                .param("id", ending)
                .query(Long.class)
                .single();
    }

    @Test
    void what_is_in_use_is_not_withdrawn_at_once_by_its_department() {
        var id = published();
        var grant = granted(id);

        var refused =
                city.post(reviewer, RESOURCES + "/" + id + "/withdrawal", Map.of("reason", "x"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>at("$.type")).endsWith("catalog:in-use");
        assertThat(visitor("up.reviewer").get("/resources/" + id + "/withdrawal").body())
                .contains("/resources/" + id + "/ending")
                .doesNotContain("name=\"reason\"");
        does(authority, id, "withdrawal", Map.of("reason", "发现涉密内容"));
        assertThat(grants.effective(grant, Instant.now())).isFalse();
    }

    @Test
    void the_announcement_is_told_refuses_new_requests_and_is_seen_by_everybody() {
        var id = published();
        granted(id);

        var announced = done(201, announce(reviewer, id, Map.of("reason", "并入新系统")));

        var day = today().plusDays(30).toString();
        assertThat(announced.<String>at("$.day")).isEqualTo(day);
        assertThat(told("up.user").getFirst()).isEqualTo("upkeep.ending");
        assertThat(told("up.signer").getFirst()).isEqualTo("upkeep.ending");
        assertThat(visitor("up.user").get("/resources/" + id).body())
                .contains("将于 " + day + " 停止提供");
        assertThat(visitor("up.user").get("/resources").body())
                .contains("href=\"/resources/" + id + "/ending\"", day + " 停止提供");
        var refused =
                city.post(
                        user,
                        "/api/v1/requests",
                        Map.of(
                                "resource", id,
                                "purpose", "DATA_VERIFICATION",
                                "purposeText", "核对",
                                "basis", "第三条",
                                "until", day));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>at("$.type")).endsWith("sharing:ending-resource");
        assertThat(announce(reviewer, id, Map.of("reason", "再次")).status()).isEqualTo(409);
    }

    @Test
    void it_is_said_again_a_week_and_a_day_before_and_once_each() {
        var id = published();
        granted(id);
        done(201, announce(reviewer, id, Map.of("reason", "并入新系统")));
        var day = today().plusDays(30);

        for (var left : new int[] {8, 7, 6, 2, 1, 1}) turns(day.minusDays(left));

        assertThat(Collections.frequency(told("up.user").subList(0, 3), "upkeep.ending-soon"))
                .isEqualTo(2);
    }

    @Test
    void on_the_day_it_ends_by_itself_with_its_grants() {
        var id = published();
        var grant = granted(id);
        done(201, announce(reviewer, id, Map.of("reason", "并入新系统")));

        turns(today().plusDays(29));
        assertThat(grants.effective(grant, Instant.now())).isTrue();
        turns(today().plusDays(30));

        assertThat(city.get(user, RESOURCES + "/" + id).<String>at("$.state"))
                .isEqualTo("WITHDRAWN");
        var ended = grants.grant(grant).orElseThrow().end().orElseThrow();
        assertThat(ended.reason()).isEqualTo("提供部门公告后停止提供：并入新系统");
        assertThat(city.get(user, RESOURCES + "/" + id + "/ending").status()).isEqualTo(404);
    }

    @Test
    void it_can_be_taken_back_before_the_day() {
        var id = published();
        var grant = granted(id);
        done(201, announce(reviewer, id, Map.of("reason", "并入新系统")));
        var head = visitor("up.reviewer");
        var page = "/resources/" + id + "/ending";

        var after = head.submit(page, page + "/withdrawal", Map.of());

        assertThat(after.body()).contains("公告已收回").doesNotContain("停止提供，不再受理");
        assertThat(told("up.user").getFirst()).isEqualTo("upkeep.ending-taken-back");
        turns(today().plusDays(40));
        assertThat(grants.effective(grant, Instant.now())).isTrue();
        granted(id);
    }

    @Test
    void the_department_keeps_the_notice_period_and_only_the_authority_shortens_it() {
        var id = published();
        var soon = Map.<String, Object>of("day", today().plusDays(5).toString(), "reason", "急");

        var refused = announce(reviewer, id, soon);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.<String>at("$.errors[0].field")).isEqualTo("day");
        assertThat(announce(reviewer, id, Map.of()).<String>at("$.errors[0].field"))
                .isEqualTo("reason");
        assertThat(announce(steward, id, soon).status()).isEqualTo(403);
        assertThat(announce(user, id, soon).status()).isEqualTo(403);

        done(201, announce(authority, id, soon));
    }

    @Test
    void the_administrator_sets_the_notice_period_within_bounds_and_the_ledger_knows_both() {
        var id = published();
        var admin = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        var rule = "/api/v1/upkeep/rule";
        try {
            done(200, city.put(admin, rule, Map.of("noticeDays", 5, "checkHours", 12)));

            done(
                    201,
                    announce(
                            reviewer,
                            id,
                            Map.of("day", today().plusDays(5).toString(), "reason", "急")));
            assertThat(
                            db.sql(
                                            """
                                            select convert_from(body, 'UTF8') from ledger.entry
                                            where kind = 'UpkeepRuleChanged' order by id desc limit 1
                                            """)
                                    .query(String.class)
                                    .single())
                    .contains("\"noticeDays\":5", "\"noticeDaysBefore\":30");
            city.person("up.system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
            var page = "/admin/upkeep";
            var wrong =
                    visitor("up.system")
                            .submit(page, page, Map.of("noticeDays", "0", "checkHours", "夜里"));
            assertThat(wrong.statusCode()).isEqualTo(422);
            assertThat(wrong.body()).contains("1 到 365", "1 到 168", "夜里");
            assertThat(city.put(steward, rule, Map.of("noticeDays", 1, "checkHours", 1)).status())
                    .isEqualTo(403);
        } finally {
            done(200, city.put(admin, rule, Map.of("noticeDays", 30, "checkHours", 24)));
        }
    }

    @Test
    void the_form_keeps_what_was_typed_and_says_what_is_wrong() {
        var id = published();
        var head = visitor("up.reviewer");
        var page = "/resources/" + id + "/ending";

        var answer = head.submit(page, page, Map.of("day", "2020-01-01", "reason", "并入新系统"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("最早为", "并入新系统", "2020-01-01");
        assertThat(head.submit(page, page, Map.of("reason", "并入新系统")).body())
                .contains("已公告", "收回公告");
        assertThat(head.get("/upkeep/endings").body()).contains(title);
        assertThat(visitor("up.user").get(page).body()).doesNotContain("收回公告");
    }
}
