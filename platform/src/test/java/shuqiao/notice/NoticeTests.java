package shuqiao.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.identity.People;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Notices.Notice;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

/** What people are told, who reads it, and in which language. */
@PlatformTest
class NoticeTests {

    private static final String PASSWORD = "Bridge-2026-notice";

    @Autowired City city;
    @Autowired Notices notices;
    @Autowired NoticeBoard board;
    @Autowired People people;
    @Autowired Keeping keeping;
    @Autowired JdbcClient db;

    private String department;

    @BeforeEach
    void a_department_with_two_people() {
        department = city.department("NTC000031", "云泽市体育局");
        city.person("nt-steward", PASSWORD, department, Role.STEWARD);
        city.person("nt-reviewer", PASSWORD, department, Role.REVIEWER);
        city.person("nt-other", PASSWORD, City.POLICE, Role.STEWARD);
        board.readAll(actor("nt-steward"));
        board.readAll(actor("nt-reviewer"));
    }

    private Actor actor(String username) {
        var person = people.find(username).orElseThrow();
        return new Actor(
                Actor.Kind.PERSON, username, person.name(), person.organization(), person.roles());
    }

    private Visitor visitor(String username) {
        return city.visitor(username, PASSWORD);
    }

    private Notice notice(String title) {
        return new Notice(
                "sharing.decided",
                Map.of(
                        "title",
                        title,
                        "number",
                        "SQ-2026-09999",
                        "provider",
                        Notices.organization(City.POLICE),
                        "outcome",
                        Notices.word("Outcome.GRANT")),
                "/requests");
    }

    @Test
    void everybody_of_the_department_with_the_role_is_told_and_nobody_else() {
        notices.tell(department, Set.of(Role.STEWARD), notice("田径场馆"));

        assertThat(board.unread(actor("nt-steward"))).isEqualTo(1);
        assertThat(board.unread(actor("nt-reviewer"))).isZero();
        assertThat(visitor("nt-other").get("/notices").body()).doesNotContain("田径场馆");
    }

    @Test
    void the_sentence_is_made_in_the_language_of_who_reads_it() {
        notices.tell("nt-steward", notice("游泳场馆"));
        var steward = visitor("nt-steward");

        assertThat(steward.get("/notices").body())
                .contains("市公安局答复了你部门的申请「游泳场馆」（SQ-2026-09999）：同意");
        assertThat(steward.get("/notices?lang=en").body())
                .contains("answered your department", "游泳场馆");
    }

    @Test
    void the_header_counts_what_is_unread_and_opening_a_notice_leads_to_its_place() {
        notices.tell("nt-steward", notice("球类场馆"));
        var steward = visitor("nt-steward");
        assertThat(steward.get("/").body()).contains("1 条未读");
        var id = newest("nt-steward");

        var opened = steward.get("/notices/" + id);

        assertThat(opened.uri().getPath()).isEqualTo("/requests");
        assertThat(board.unread(actor("nt-steward"))).isZero();
        assertThat(steward.get("/").body()).doesNotContain("条未读");
    }

    @Test
    void all_are_marked_at_once_and_unread_ones_stand_first() {
        notices.tell("nt-reviewer", notice("甲场馆"));
        board.readAll(actor("nt-reviewer"));
        notices.tell("nt-reviewer", notice("乙场馆"));
        notices.tell("nt-reviewer", notice("丙场馆"));
        board.read(actor("nt-reviewer"), newest("nt-reviewer"));
        var reviewer = visitor("nt-reviewer");

        var page = reviewer.get("/notices").body();
        assertThat(page.indexOf("乙场馆")).isLessThan(page.indexOf("丙场馆"));
        assertThat(reviewer.submit("/notices", "/notices/reading", Map.of()).body())
                .contains("已全部标为已读", "没有未读消息");
        assertThat(reviewer.get("/notices?unread=true").body()).contains("没有消息");
    }

    @Test
    void another_s_notice_is_unknown() {
        notices.tell("nt-steward", notice("冰雪场馆"));
        var id = newest("nt-steward");

        assertThat(visitor("nt-other").get("/notices/" + id).statusCode()).isEqualTo(404);
        assertThat(board.unread(actor("nt-steward"))).isEqualTo(1);
    }

    @Test
    void programs_have_none_and_hear_the_sentence_of_others_not_at_all() {
        var token = city.token(department, Role.STEWARD);
        notices.tell(department, Set.of(Role.STEWARD), notice("射击场馆"));

        var list = city.get(token, "/api/v1/notices?unread=true");

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.<Integer>at("$.total")).isZero();
        assertThat(city.get(null, "/api/v1/notices").status()).isEqualTo(401);
    }

    @Test
    void a_closed_account_is_told_nothing() {
        var left = city.department("NTC000032", "云泽市档案局");
        city.person("nt-gone", PASSWORD, left, Role.STEWARD);
        people.change(
                city.actor(City.BUREAU, Role.SECURITY_ADMIN),
                "nt-gone",
                new People.Entry("nt-gone", "nt-gone", left, Set.of(Role.STEWARD), true));

        notices.tell(left, Set.of(Role.STEWARD), notice("马术场馆"));
        notices.tell("nt-gone", notice("马术场馆"));

        assertThat(board.unread(actor("nt-gone"))).isZero();
    }

    private long newest(String username) {
        return board
                .list(actor(username), new NoticeBoard.Asked(true, null), new Page.Request(1, 0))
                .items()
                .stream()
                .map(Told::id)
                .toList()
                .getFirst();
    }

    @Test
    void what_is_older_than_the_administrator_set_is_forgotten_with_its_letters() {
        notices.tell(department, Set.of(Role.STEWARD), notice("旧场馆"));
        db.sql(
                        "update notice.notice set told_at = told_at - interval '40 days' where receiver = 'nt-steward'")
                .update();
        notices.tell(department, Set.of(Role.STEWARD), notice("新场馆"));
        var admin = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        var path = "/api/v1/mail/keeping";
        try {
            while (keeping.forget(100) > 0)
                ;
            assertThat(visitor("nt-steward").get("/notices").body()).contains("旧场馆", "新场馆");

            assertThat(city.put(admin, path, Map.of("days", 30)).status()).isEqualTo(200);
            while (keeping.forget(100) > 0)
                ;
            assertThat(visitor("nt-steward").get("/notices").body())
                    .contains("新场馆")
                    .doesNotContain("旧场馆");
            assertThat(city.put(admin, path, Map.of("days", 29)).status()).isEqualTo(422);
        } finally {
            city.put(admin, path, Map.of("days", 365));
        }
        assertThat(
                        city.put(city.token(department, Role.STEWARD), path, Map.of("days", 100))
                                .status())
                .isEqualTo(403);
    }
}
