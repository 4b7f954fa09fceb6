package shuqiao.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Role;
import shuqiao.ledger.Ledger;

/** Three administrators are three: none of them alone becomes another, or leaves none. */
@PlatformTest
class AdministratorsTests {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final String USERS = "/api/v1/users";
    private static final String CLIENTS = "/api/v1/clients";
    private static final String PENDING = "/api/v1/pending-changes/";
    private static final String OWN = "/api/v1/own-clients";

    @Autowired City city;
    @Autowired People people;
    @Autowired Programs programs;
    @Autowired Ledger ledger;
    @Autowired JdbcClient db;
    @Autowired TransactionTemplate transaction;

    private String security;
    private String system;
    private String audit;

    @BeforeEach
    void administrators_are_there() {
        security = city.token(City.BUREAU, Role.SECURITY_ADMIN);
        system = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        audit = city.token(City.BUREAU, Role.AUDIT_ADMIN);
        city.person("ad-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        city.person("ad-steward", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("ad-reviewer", PASSWORD, City.POLICE, Role.REVIEWER);
    }

    private static Map<String, Object> user(String username, Role role) {
        return Map.of(
                "username",
                username,
                "name",
                username,
                "organization",
                City.BUREAU,
                "roles",
                Set.of(role));
    }

    private static Map<String, Object> client(String id, String organization, Role... scopes) {
        return Map.of(
                "clientId", id,
                "name", id,
                "organization", organization,
                "scopes", Set.of(scopes));
    }

    private static long id(City.Answer asked) {
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        assertThat(asked.<String>at("$.state")).isEqualTo("WAITING");
        return asked.<Number>at("$.id").longValue();
    }

    @Test
    void the_reset_of_an_administrator_is_done_when_another_kind_agrees() {
        city.person("ad-forgot", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);

        var id = id(city.post(security, USERS + "/ad-forgot/password-reset", Map.of()));

        assertThat(new Visitor(city).login("ad-forgot", PASSWORD).uri().getPath()).isEqualTo("/");
        assertThat(city.post(security, PENDING + id + "/confirmation", Map.of()).status())
                .isEqualTo(403);
        var done = city.post(audit, PENDING + id + "/confirmation", Map.of());
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.<String>at("$.change.state")).isEqualTo("DONE");
        assertThat(
                        new Visitor(city)
                                .login("ad-forgot", done.at("$.oneTimePassword"))
                                .uri()
                                .getPath())
                .isEqualTo("/account/password");
        assertThat(ledger.about("username=ad-forgot", 10))
                .extracting(it -> it.kind())
                .contains("ChangeAsked", "PersonChanged", "ChangeConfirmed");
        assertThat(city.post(audit, PENDING + id + "/confirmation", Map.of()).status())
                .as("twice")
                .isEqualTo(409);
    }

    @Test
    void accounts_and_roles_of_administrators_wait_and_all_others_do_not() {
        assertThat(city.post(security, USERS, user("ad-plain", Role.STEWARD)).status())
                .isEqualTo(201);
        var added = id(city.post(security, USERS, user("ad-made", Role.AUDIT_ADMIN)));
        assertThat(people.find("ad-made")).isEmpty();
        var made = city.post(system, PENDING + added + "/confirmation", Map.of());
        assertThat(made.<String>at("$.oneTimePassword")).isNotBlank();
        assertThat(people.find("ad-made")).isPresent();

        id(city.put(security, USERS + "/ad-made", user("ad-made", Role.STEWARD)));
        assertThat(people.find("ad-made").orElseThrow().roles()).containsExactly(Role.AUDIT_ADMIN);
        id(city.put(security, USERS + "/ad-plain", user("ad-plain", Role.SYSTEM_ADMIN)));
        assertThat(people.find("ad-plain").orElseThrow().roles()).containsExactly(Role.STEWARD);
        assertThat(
                        city.put(security, USERS + "/ad-plain", user("ad-plain", Role.REVIEWER))
                                .status())
                .as("one that waits does not keep other changes up")
                .isEqualTo(200);
    }

    @Test
    void what_has_changed_since_is_refused_and_so_is_what_is_over() {
        city.person("ad-moved", PASSWORD, City.BUREAU, Role.STEWARD);
        var id = id(city.put(security, USERS + "/ad-moved", user("ad-moved", Role.AUDIT_ADMIN)));
        assertThat(
                        city.put(security, USERS + "/ad-moved", user("ad-moved", Role.SYSTEM_ADMIN))
                                .status())
                .as("one at a time")
                .isEqualTo(409);
        city.put(security, USERS + "/ad-moved", user("ad-moved", Role.REVIEWER));
        assertThat(city.post(system, PENDING + id + "/confirmation", Map.of()).body())
                .contains("changed-since");

        assertThat(city.post(security, PENDING + id + "/refusal", Map.of()).<String>at("$.state"))
                .isEqualTo("REFUSED");
        var next = id(city.put(security, USERS + "/ad-moved", user("ad-moved", Role.AUDIT_ADMIN)));
        db.sql("update identity.pending_change set expires_at = asked_at where id = :id")
                .param("id", next)
                .update();
        assertThat(city.get(audit, PENDING + next).<String>at("$.state")).isEqualTo("EXPIRED");
        assertThat(city.post(audit, PENDING + next + "/confirmation", Map.of()).status())
                .isEqualTo(409);
    }

    @Test
    void nobody_changes_the_own_account_by_a_program() {
        var id =
                id(
                        city.post(
                                security,
                                CLIENTS,
                                client("ad-mine", City.BUREAU, Role.SECURITY_ADMIN)));
        var confirmed = city.post(system, PENDING + id + "/confirmation", Map.of());
        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
        assertThat(confirmed.body()).doesNotContain("clientSecret");
        var owner = city.visitor("ad-security", PASSWORD);
        var secret =
                Visitor.secret(
                        owner.submit("/programs", "/programs/ad-mine/secret", Map.of()).body());
        var token = city.fetchToken("ad-mine", secret).<String>at("$.access_token");

        assertThat(
                        city.put(
                                        token,
                                        USERS + "/ad-security",
                                        user("ad-security", Role.AUDIT_ADMIN))
                                .body())
                .contains("own-account");
        assertThat(
                        city.put(
                                        token,
                                        CLIENTS + "/ad-mine",
                                        client("ad-mine", City.BUREAU, Role.AUDIT_ADMIN))
                                .body())
                .contains("own-program");
        assertThat(programs.find("ad-mine").orElseThrow().owner()).isEqualTo("ad-security");
    }

    @Test
    void a_secret_goes_to_the_department_and_never_to_who_asked_for_it() {
        var made =
                city.post(
                        security,
                        CLIENTS,
                        client("ad-police", City.POLICE, Role.STEWARD, Role.REVIEWER));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body()).contains("\"secretWaits\":true").doesNotContain("clientSecret");
        var path = OWN + "/ad-police/secret";

        assertThat(city.post(security, path, Map.of()).status()).isEqualTo(404);
        assertThat(
                        city.post(city.token(City.CIVIL_AFFAIRS, Role.REVIEWER), path, Map.of())
                                .status())
                .isEqualTo(404);
        assertThat(city.post(city.token(City.POLICE, Role.STEWARD), path, Map.of()).status())
                .as("a steward is not given a reviewer's signature")
                .isEqualTo(403);
        var reviewer = city.visitor("ad-reviewer", PASSWORD);
        assertThat(reviewer.get("/").body()).contains("的程序密钥", "href=\"/programs\"");
        var secret =
                Visitor.secret(
                        reviewer.submit("/programs", "/programs/ad-police/secret", Map.of())
                                .body());
        assertThat(city.fetchToken("ad-police", secret).status()).isEqualTo(200);
        assertThat(city.post(city.token(City.POLICE, Role.REVIEWER), path, Map.of()).status())
                .as("once")
                .isEqualTo(409);
        var hand = people.find("ad-reviewer").orElseThrow().actor();
        assertThat(hand.isHandOf("ad-police")).isTrue();
        assertThat(
                        programs.find("ad-police")
                                .orElseThrow()
                                .actor(Set.of(Role.STEWARD))
                                .isHandOf("ad-reviewer"))
                .isTrue();
    }

    @Test
    void more_for_a_program_of_before_whose_secret_anybody_may_have_needs_a_second() {
        db.sql(
                        """
                        insert into identity.program (client_id, name, organization, secret, roles, created_at)
                        values ('ad-before', '旧程序', :police, '{sha256}00', '{STEWARD}', now())
                        on conflict do nothing
                        """)
                .param("police", City.POLICE)
                .update();

        id(
                city.put(
                        security,
                        CLIENTS + "/ad-before",
                        client("ad-before", City.POLICE, Role.STEWARD, Role.REVIEWER)));
        assertThat(
                        city.put(
                                        security,
                                        CLIENTS + "/ad-before",
                                        Map.of(
                                                "name",
                                                "旧程序",
                                                "scopes",
                                                Set.of(Role.STEWARD),
                                                "disabled",
                                                true))
                                .status())
                .as("closing gives nothing")
                .isEqualTo(200);
    }

    @Test
    void the_last_administrator_of_a_kind_stays() {
        city.person("ad-last", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        transaction.executeWithoutResult(status -> {
            db.sql(
                            """
                            update identity.person set disabled = true
                            where 'AUDIT_ADMIN' = any (roles) and username <> 'ad-last'
                            """)
                    .update();
            for (var closed : new boolean[] {true, false})
                assertThatThrownBy(() ->
                                people.change(
                                        Actor.PLATFORM,
                                        "ad-last",
                                        new People.Entry(
                                                "ad-last",
                                                "某某",
                                                City.BUREAU,
                                                Set.of(closed ? Role.AUDIT_ADMIN : Role.STEWARD),
                                                closed)))
                        .isInstanceOf(Conflict.class)
                        .hasMessageContaining("last-of-its-kind");
            status.setRollbackOnly();
        });
    }

    @Test
    void a_name_is_one_subject_over_people_and_programs() {
        assertThat(
                        city.post(
                                        security,
                                        CLIENTS,
                                        client("ad-steward", City.POLICE, Role.STEWARD))
                                .status())
                .isEqualTo(409);
        city.post(security, CLIENTS, client("ad-a-program", City.POLICE, Role.STEWARD));
        assertThat(city.post(security, USERS, user("ad-a-program", Role.STEWARD)).status())
                .isEqualTo(409);
    }

    @Test
    void names_that_both_have_since_before_are_listed_and_go_on() {
        city.person("ad-both", PASSWORD, City.POLICE, Role.STEWARD);
        db.sql(
                        """
                        insert into identity.program (client_id, name, organization, secret, roles, created_at)
                        values ('ad-both', '同名程序', :police, '{sha256}00', '{STEWARD}', now())
                        """)
                .param("police", City.POLICE)
                .update();
        var page = city.visitor("ad-security", PASSWORD);

        assertThat(page.get("/admin/programs").body()).contains("与用户同名");
        assertThat(new Visitor(city).login("ad-both", PASSWORD).uri().getPath()).isEqualTo("/");
        db.sql("delete from identity.program where client_id = 'ad-both'").update();
    }

    @Test
    void the_page_of_what_waits_is_for_the_three_and_confirms() {
        city.person("ad-watched", PASSWORD, City.BUREAU, Role.STEWARD);
        city.person("ad-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        var asks = city.visitor("ad-security", PASSWORD);
        var path = "/admin/users/ad-watched";
        var asked =
                asks.submit(
                        path,
                        path,
                        Map.of(
                                "name", "某某",
                                "organization", City.BUREAU,
                                "roles", "AUDIT_ADMIN"));
        assertThat(asked.uri().getPath()).isEqualTo("/admin/pending");
        assertThat(asked.body()).contains("ad-watched", "等待系统管理员").doesNotContain("确认并执行</button>");

        var agrees = city.visitor("ad-system", PASSWORD);
        var list = agrees.get("/admin/pending").body();
        assertThat(list).contains("ad-watched", "确认并执行");
        db.sql("update identity.person set name = '安全员甲' where username = 'ad-security'").update();
        assertThat(agrees.get("/admin/pending").body()).contains("安全员甲");
        assertThat(agrees.get("/").body()).contains("安全员甲");
        var id =
                db.sql("select max(id) from identity.pending_change where subject = 'ad-watched'")
                        .query(Long.class)
                        .single();
        assertThat(
                        agrees.submit(
                                        "/admin/pending",
                                        "/admin/pending/" + id + "/confirmation",
                                        Map.of())
                                .body())
                .contains("已确认并执行");
        assertThat(people.find("ad-watched").orElseThrow().roles())
                .containsExactly(Role.AUDIT_ADMIN);
        var steward = city.visitor("ad-steward", PASSWORD);
        assertThat(steward.get("/admin/pending").statusCode()).isEqualTo(403);
    }
}
