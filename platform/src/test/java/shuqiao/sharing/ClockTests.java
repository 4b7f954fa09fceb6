package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Role;
import shuqiao.reminder.Reminders;

/** People are reminded of due dates, what is late is listed, what would follow is reckoned. */
class ClockTests extends SharingGround {

    private static final String PASSWORD = "Bridge-2026-clocks";

    @Autowired Reminders reminders;

    @BeforeEach
    void people_who_are_told() {
        city.person("ck-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("ck-reviewer", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        city.person("ck-asker", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("ck-authority", PASSWORD, City.BUREAU, Role.AUTHORITY);
        db.sql(
                        "update sharing.deadline set state = 'STOPPED', stopped_on = due where state = 'RUNNING'")
                .update();
    }

    /** Keys of what somebody was told of one request by the clock. */
    private List<String> reminded(String username, long request) {
        return db.sql(
                        """
                        select key from notice.notice
                        where receiver = :receiver and path = :path and key like 'reminder.%' order by id
                        """)
                .param("receiver", username)
                .param("path", "/requests/" + request)
                .query(String.class)
                .list();
    }

    private long accepted() {
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());
        return id;
    }

    private void on(String day) {
        time.set(day);
        reminders.look();
    }

    @Test
    void who_has_to_act_is_reminded_before_on_and_after_the_due_date_each_once() {
        var id = accepted();

        on("2026-10-09");
        assertThat(reminded("ck-steward", id)).isEmpty();
        on("2026-10-12");
        reminders.look();
        assertThat(reminded("ck-steward", id)).containsExactly("reminder.before");
        on("2026-10-13");
        assertThat(reminded("ck-steward", id)).hasSize(1);
        on("2026-10-14");
        on("2026-10-15");
        on("2026-10-16");
        on("2026-10-17");
        on("2026-10-19");
        reminders.look();

        assertThat(reminded("ck-steward", id))
                .containsExactly(
                        "reminder.before",
                        "reminder.before",
                        "reminder.today",
                        "reminder.late",
                        "reminder.late");
        assertThat(reminded("ck-reviewer", id)).isEmpty();
    }

    @Test
    void a_prepared_answer_is_a_matter_of_the_reviewer() {
        var id = accepted();
        step(steward, id, "preparation", Map.of("proposal", "拟同意"));

        on("2026-10-15");

        assertThat(reminded("ck-reviewer", id)).containsExactly("reminder.today");
        assertThat(reminded("ck-steward", id)).isEmpty();
    }

    @Test
    void data_that_falls_due_together_is_told_in_one_notice_and_after_it_once_a_week() {
        conditional();
        conditional();

        on("2026-10-22");
        assertThat(toldOn("2026-10-23")).containsExactly("reminder.today.many");
        assertThat(toldOn("2026-10-26")).containsExactly("reminder.late.many");
        assertThat(toldOn("2026-10-27")).isEmpty();
        assertThat(toldOn("2026-11-02")).containsExactly("reminder.late.many");
        assertThat(visitor("ck-steward").get("/notices").body()).contains("更新数据「村委会名录", "项已超期");
        assertThat(city.get(authority, "/api/v1/late").<Integer>at("$.total")).isZero();
    }

    /** What the steward is told on a day of lists of resources. */
    private List<String> toldOn(String day) {
        var seen =
                db.sql("select coalesce(max(id), 0) from notice.notice").query(Long.class).single();
        on(day);
        return db.sql(
                        """
                        select key from notice.notice
                        where receiver = 'ck-steward' and path like '/resources?%' and id > :seen order by id
                        """)
                .param("seen", seen)
                .query(String.class)
                .list();
    }

    @Test
    void the_consumer_is_reminded_to_renew_in_time_and_of_the_last_day() {
        var body = ask(conditional());
        body.put("until", "2026-12-10");
        var id = prepared(body);
        var grant =
                step(reviewer, id, "decision", Map.of("outcome", "GRANT"))
                        .<Number>at("$.grant")
                        .longValue();

        for (var day : List.of("2026-11-13", "2026-11-16", "2026-11-19", "2026-12-02")) on(day);
        assertThat(renewals(grant)).containsExactly("reminder.before", "reminder.today");
        on("2026-12-10");
        assertThat(renewals(grant))
                .containsExactly("reminder.before", "reminder.today", "reminder.today");
    }

    private List<String> renewals(long grant) {
        return db.sql(
                        """
                        select key from notice.notice
                        where receiver = 'ck-asker' and path = :path order by id
                        """)
                .param("path", "/grants/" + grant + "/renewal")
                .query(String.class)
                .list();
    }

    @Test
    void nobody_is_reminded_at_night() {
        var id = accepted();
        time.set("2026-10-15");
        db.sql("update notice.delivery set from_time = '10:00'").update();
        try {
            assertThat(reminders.look()).isZero();
        } finally {
            db.sql("update notice.delivery set from_time = '08:30'").update();
        }
        assertThat(reminded("ck-steward", id)).isEmpty();
    }

    @Test
    void two_working_days_late_the_authority_is_told_once_and_the_ledger_knows() {
        var id = accepted();
        on("2026-10-16");
        assertThat(escalations(id)).isZero();

        on("2026-10-19");
        on("2026-10-20");

        assertThat(escalations(id)).isEqualTo(1);
        assertThat(
                        db.sql(
                                        """
                                        select count(*) from ledger.entry where kind = 'DeadlineEscalated'
                                          and convert_from(body, 'UTF8') like :deadline
                                        """)
                                .param("deadline", "%sharing/" + id + "/%")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    private long escalations(long id) {
        return db.sql(
                        """
                        select count(*) from notice.notice n join sharing.request r on r.number = n.facts ->> 'number'
                        where n.receiver = 'ck-authority' and n.key = 'reminder.escalated' and r.id = :id
                        """)
                .param("id", id)
                .query(Long.class)
                .single();
    }

    @Test
    void a_paused_clock_reminds_nobody() {
        var id = accepted();
        step(authority, id, "return", Map.of("reason", "补充依据"));

        on("2026-10-15");
        on("2026-10-19");

        assertThat(reminded("ck-steward", id)).isEmpty();
        assertThat(city.get(authority, "/api/v1/late").<Integer>at("$.total")).isZero();
    }

    @Test
    void what_is_late_is_listed_and_each_number_is_as_long_as_its_list() {
        accepted();
        accepted();
        sent(ask(conditional()));
        time.set("2026-10-19");
        var chief = visitor("ck-authority");

        var page = chief.get("/late").body();

        assertThat(page).contains("2 个部门有 3 件事超期", "主管部门");
        var figures =
                Pattern.compile("href=\"(/late\\?organization=[^\"]*)\"[^>]*data-number=\"(\\d+)\"")
                        .matcher(page);
        int found = 0;
        while (figures.find()) {
            var rows =
                    chief.get(figures.group(1)).body().split("<a href=\"/requests/", -1).length - 1;
            assertThat(rows).isEqualTo(Integer.parseInt(figures.group(2)));
            found++;
        }
        assertThat(found).isEqualTo(2);
        assertThat(chief.get("/").body()).contains("3 件事超期");
        assertThat(visitor("ck-steward").get("/late").body())
                .contains("你部门有 2 件事超期")
                .doesNotContain("主管部门</td>");
        assertThat(visitor("ck-asker").get("/late").body()).contains("没有超期的事项");
        assertThat(city.get(steward, "/api/v1/late").<Integer>at("$.total")).isEqualTo(2);
        assertThat(chief.get("/late.csv").body().strip().lines()).hasSize(1 + 3);
        assertThat(visitor("ck-steward").get("/late.csv").body().strip().lines()).hasSize(1 + 2);
        assertThat(chief.get("/late.xlsx?organization=").headers().firstValue("content-type"))
                .hasValueSatisfying(it -> assertThat(it).contains("spreadsheetml"));
        assertThat(city.get(admin, "/api/v1/late").status()).isEqualTo(403);
    }

    @Test
    void the_administrator_sets_when_people_are_reminded() {
        city.person("ck-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        var system = visitor("ck-system");

        var wrong =
                system.submit(
                        "/admin/reminders",
                        "/admin/reminders",
                        Map.of("before", "3, 明天", "escalateAfter", "2"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("请写 1 到 20 的整数", "3, 明天");
        var saved =
                system.submit(
                        "/admin/reminders",
                        "/admin/reminders",
                        Map.of("before", "1，3", "escalateAfter", "2"));
        assertThat(saved.body()).contains("提醒规则已保存", "3, 1");
        assertThat(city.get(admin, "/api/v1/reminders/rule").<List<Integer>>at("$.before"))
                .containsExactly(3, 1);
        assertThat(visitor("ck-steward").get("/admin/reminders").statusCode()).isEqualTo(403);
    }

    @Test
    void an_answer_on_some_day_is_reckoned_by_the_rules_of_the_clock() {
        var id = accepted();
        var path = REQUESTS + "/" + id + "/what-if?on=";

        var friday = city.get(steward, path + "2026-10-09&again=2026-10-15");

        assertThat(friday.<String>at("$.standing")).isEqualTo("IN_TIME");
        assertThat(friday.<Integer>at("$.left")).isEqualTo(5);
        assertThat(friday.<List<String>>at("$.lines[?(@.what=='COMPLETION')].due"))
                .containsExactly("2026-10-22");
        assertThat(city.get(steward, path + "2026-10-15").<String>at("$.standing"))
                .isEqualTo("LAST_DAY");
        var late = city.get(steward, path + "2026-10-19");
        assertThat(late.<String>at("$.standing")).isEqualTo("LATE");
        assertThat(late.<Integer>at("$.left")).isEqualTo(-2);
        assertThat(city.get(steward, path + "2026-10-18").<Boolean>at("$.workingDay")).isFalse();
        faulty(city.get(steward, path + "2026-09-01"), "on", "what-if.day");
        assertThat(city.get(stranger, path + "2026-10-09").status()).isEqualTo(404);
        assertThat(read(steward, id).<String>at("$.clock.due")).isEqualTo("2026-10-15");
    }

    @Test
    void what_was_reckoned_for_completion_is_what_happens() {
        var resource = conditional();
        var id = sent(ask(resource));
        time.set("2026-09-29");
        var reckoned =
                city.get(police, REQUESTS + "/" + id + "/what-if?on=2026-09-29&again=2026-11-02")
                        .<List<String>>at("$.lines[?(@.what=='COMPLETION')].due")
                        .getFirst();

        step(authority, id, "return", Map.of("reason", "请补充依据"));
        time.set("2026-11-02");
        ok(city.put(police, REQUESTS + "/" + id, ask(resource)), 200);
        var again = step(signs, id, "sending", Map.of());

        assertThat(again.<String>at("$.clock.due")).isEqualTo(reckoned).isEqualTo("2026-11-12");
    }

    @Test
    void the_page_reckons_without_script_and_the_request_leads_there() {
        var id = accepted();
        var steward = visitor("ck-steward");

        assertThat(steward.get("/requests/" + id).body()).contains("/requests/" + id + "/what-if");
        assertThat(steward.get("/requests/" + id + "/what-if?on=2026-10-15").body())
                .contains("如果 2026-10-15 答复，正好是最后一天", "退回补正");
        var wrong = steward.get("/requests/" + id + "/what-if?on=2020-01-01");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("请选择 2026-09-24 至 2027-09-24 之间的日期", "2020-01-01");
    }

    @Test
    void a_notice_that_moves_a_due_date_is_recorded_told_and_shown_with_both_dates() {
        time.set("2026-12-22");
        var id = sent(ask(conditional()));
        ok(
                city.put(
                        admin,
                        "/api/v1/calendar/2027",
                        Map.of(
                                "off",
                                List.of(
                                        "2026-12-31",
                                        "2027-01-01",
                                        "2027-05-01",
                                        "2027-10-01",
                                        "2027-10-02",
                                        "2027-10-03"),
                                "work",
                                List.of(),
                                "source",
                                "国办发明电〔2026〕7号")),
                200);
        try {
            var moved = city.get(police, "/api/v1/deadlines/moved");
            assertThat(moved.<List<Integer>>at("$.items[*].request")).contains((int) id);
            assertThat(moved.<String>at("$.items[0].before")).isEqualTo("2027-01-06");
            assertThat(moved.<String>at("$.items[0].due")).isEqualTo("2027-01-07");
            assertThat(moved.<String>at("$.items[0].reason")).contains("国办发明电〔2026〕7号");
            assertThat(recorded(id)).contains("DeadlineMoved");
            assertThat(
                            city.get(stranger, "/api/v1/deadlines/moved")
                                    .<List<Integer>>at("$.items[*].request"))
                    .doesNotContain((int) id);
            for (var who : List.of("ck-asker", "ck-steward"))
                assertThat(visitor(who).get("/notices").body())
                        .contains("由 2027-01-06 改为 2027-01-07");
            assertThat(visitor("ck-asker").get("/deadlines/moved").body())
                    .contains("2027-01-06", "2027-01-07", "国办发明电〔2026〕7号");
        } finally {
            db.sql("delete from calendar.notice").update();
        }
    }

    @Test
    void why_a_clock_goes_on_is_kept_and_shown() {
        var resource = conditional();
        var id = sent(ask(resource));
        step(authority, id, "return", Map.of("reason", "请补充依据"));
        ok(city.put(police, REQUESTS + "/" + id, ask(resource)), 200);
        city.person("ck-signer", PASSWORD, City.POLICE, Role.REVIEWER);
        var signer = visitor("ck-signer");
        var page = "/requests/" + id;

        assertThat(signer.get(page).body()).contains(page + "/sending\"");
        signer.submit(page + "/sending", page + "/sending", Map.of("reason", "已附委托书"));

        assertThat(signer.get(page).body()).contains("继续计时", "已附委托书");
        step(authority, id, "return", Map.of("reason", "请补充期限"));
        ok(city.put(police, REQUESTS + "/" + id, ask(resource)), 200);
        step(signs, id, "sending", Map.of());
        assertThat(signer.get(page).body()).contains("使用部门补正后重新提交");
    }

    @Test
    void before_it_is_imported_a_notice_says_how_many_due_dates_it_would_move() {
        time.set("2026-12-22");
        sent(ask(conditional()));
        city.person("ck-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        var system = visitor("ck-system");
        var days = "2027-01-01 2027-05-01 2027-10-01 2027-10-02 2027-10-03";

        var moving =
                system.submit(
                        "/admin/calendar",
                        "/admin/calendar/preview",
                        Map.of("year", "2027", "source", "号", "off", "2026-12-31 " + days));
        assertThat(moving.body()).contains("在走的 1 个期限中有 1 个会改期");
        var staying =
                system.submit(
                        "/admin/calendar",
                        "/admin/calendar/preview",
                        Map.of("year", "2027", "source", "号", "off", days));
        assertThat(staying.body()).contains("在走的 1 个期限都不改期");
    }

    @Test
    void those_whose_turn_it_is_are_told_when_a_request_moves() {
        var id = accepted();
        step(steward, id, "preparation", Map.of("proposal", "拟同意"));
        step(reviewer, id, "decision", Map.of("outcome", "GRANT"));

        assertThat(told("ck-authority", id)).contains("sharing.sent");
        assertThat(told("ck-steward", id)).contains("sharing.accepted");
        assertThat(told("ck-reviewer", id)).contains("sharing.prepared");
        assertThat(told("ck-asker", id)).containsExactly("sharing.decided");
    }

    @Test
    void a_deadline_that_cannot_be_told_becomes_an_item_of_work_and_the_others_are_told() {
        var poison = accepted();
        var sound = accepted();
        db.sql("alter table reminder.told drop constraint if exists poison").update();
        db.sql(
                        "alter table reminder.told add constraint poison check (deadline not like 'sharing/%d/%%') not valid"
                                .formatted(poison))
                .update();
        try {
            on("2026-10-12");
            on("2026-10-13");
        } finally {
            db.sql("alter table reminder.told drop constraint poison").update();
        }

        assertThat(reminded("ck-steward", sound)).containsExactly("reminder.before");
        assertThat(reminded("ck-steward", poison)).isEmpty();
        assertThat(
                        db.sql(
                                        "select attempt || ' ' || cause from work.task where kind = 'reminders' and key like 'sharing/' || :id || '/%'")
                                .param("id", poison)
                                .query(String.class)
                                .single())
                .startsWith("1 DataIntegrityViolationException");
        db.sql("delete from work.task where kind = 'reminders'").update();
        reminders.look();
        assertThat(reminded("ck-steward", poison)).containsExactly("reminder.before");
    }

    private List<String> told(String username, long request) {
        return db.sql(
                        "select key from notice.notice where receiver = :receiver and path = :path order by id")
                .param("receiver", username)
                .param("path", "/requests/" + request)
                .query(String.class)
                .list();
    }

    private Visitor visitor(String username) {
        return city.visitor(username, PASSWORD);
    }
}
