package shuqiao.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Role;

/** A source leads elsewhere only after a second person has seen where. */
@PlatformTest
class SourceRevisionTests {

    private static final String PATH = "/api/v1/sources";
    private static final String PASSWORD = "Bridge-2026-revision";
    private static final ScratchPostgres.Database OLD = ScratchPostgres.shared().newDatabase();
    private static final ScratchPostgres.Database NEW = ScratchPostgres.shared().newDatabase();

    @Autowired City city;
    @Autowired Sources sources;
    @Autowired AddressChanges changes;
    @Autowired JdbcClient db;

    private String steward;
    private String reviewer;
    private long id;
    private static int number;

    @BeforeEach
    void a_source() {
        steward = city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
        reviewer = city.token(City.CIVIL_AFFAIRS, Role.REVIEWER);
        var answer = city.post(steward, PATH, entry(OLD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        id = answer.<Number>at("$.id").longValue();
    }

    @AfterEach
    void away() {
        db.sql("delete from source.source where id = :id").param("id", id).update();
    }

    private static Map<String, Object> entry(ScratchPostgres.Database database) {
        var entry = new HashMap<String, Object>();
        entry.put("name", "换址 " + number++);
        entry.put("jdbcUrl", database.jdbcUrl());
        entry.put("username", database.user());
        entry.put("password", database.password());
        return entry;
    }

    private String path() {
        return PATH + "/" + id;
    }

    private void asked(ScratchPostgres.Database database) {
        var answer = city.put(steward, path(), entry(database));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.<Boolean>at("$.addressChangeWaits")).isTrue();
    }

    private long waiting() {
        return city.get(reviewer, path() + "/address-change").<Number>at("$.id").longValue();
    }

    private String user() {
        return city.post(steward, path() + "/test", null).at("$.user");
    }

    @Test
    void a_new_source_needs_no_second_person() {
        assertThat(user()).isEqualTo(OLD.user());
        assertThat(city.get(reviewer, path() + "/address-change").status()).isEqualTo(404);
    }

    @Test
    void a_changed_address_is_used_only_after_a_reviewer_has_seen_it() {
        asked(NEW);
        assertThat(city.get(steward, path()).<String>at("$.jdbcUrl")).isEqualTo(OLD.jdbcUrl());
        assertThat(user()).isEqualTo(OLD.user());
        assertThat(
                        city.get(reviewer, "/api/v1/source-changes")
                                .<List<Integer>>at("$.items[*].source"))
                .contains((int) id);

        var confirmed =
                city.post(
                        reviewer,
                        path() + "/address-change/confirmation",
                        Map.of("change", waiting()));

        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
        assertThat(confirmed.<String>at("$.jdbcUrl")).isEqualTo(NEW.jdbcUrl());
        assertThat(user()).isEqualTo(NEW.user());
        assertThat(
                        db.sql("select count(*) from source.address_change where source = :id")
                                .param("id", id)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void a_refused_address_is_never_used() {
        asked(NEW);

        var refused =
                city.post(
                        city.token(City.BUREAU, Role.AUTHORITY),
                        path() + "/address-change/refusal",
                        Map.of("change", waiting()));

        assertThat(refused.status()).as(refused.body()).isEqualTo(204);
        assertThat(city.get(steward, path()).<Boolean>at("$.addressChangeWaits")).isFalse();
        assertThat(user()).isEqualTo(OLD.user());
    }

    @Test
    void nobody_confirms_what_they_asked_for_and_no_other_department_sees_it() {
        var both = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD, Role.REVIEWER);
        var wish = entry(NEW);
        sources.change(
                both,
                id,
                new Registration(
                        (String) wish.get("name"),
                        NEW.jdbcUrl(),
                        NEW.user(),
                        NEW.password(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        var change = waiting();

        assertThatThrownBy(() -> changes.confirm(both, id, change)).isInstanceOf(NotAllowed.class);
        var others = city.token(City.POLICE, Role.REVIEWER);
        assertThat(city.get(others, path() + "/address-change").status()).isEqualTo(404);
        assertThat(
                        city.post(
                                        others,
                                        path() + "/address-change/confirmation",
                                        Map.of("change", change))
                                .status())
                .isEqualTo(404);
        assertThat(
                        city.post(
                                        steward,
                                        path() + "/address-change/confirmation",
                                        Map.of("change", change))
                                .status())
                .as("a steward is no second person")
                .isEqualTo(403);
        assertThat(
                        city.post(
                                        city.token(City.BUREAU, Role.AUTHORITY),
                                        path() + "/address-change/confirmation",
                                        Map.of("change", change))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void what_was_not_seen_is_not_confirmed() {
        asked(NEW);
        var seen = waiting();
        asked(OLD.jdbcUrl().equals(NEW.jdbcUrl()) ? OLD : NEW);

        var answer =
                city.post(
                        reviewer, path() + "/address-change/confirmation", Map.of("change", seen));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:source:changed-meanwhile");
        assertThat(user()).isEqualTo(OLD.user());
    }

    @Test
    void the_database_alone_is_another_place_and_asks_for_the_password_again() {
        var entry = entry(OLD);
        entry.put("jdbcUrl", OLD.jdbcUrl().replace(OLD.name(), NEW.name()));
        entry.remove("password");

        var answer = city.put(steward, path(), entry);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.<String>at("$.errors[0].field")).isEqualTo("password");
    }

    @Test
    void a_weaker_line_waits_as_well_and_a_stronger_one_holds_at_once() {
        var entry = entry(OLD);
        entry.put("tlsMode", "REQUIRE");
        var stronger = city.put(steward, path(), entry);
        assertThat(stronger.<String>at("$.tlsMode")).isEqualTo("REQUIRE");
        assertThat(stronger.<Boolean>at("$.addressChangeWaits")).isFalse();

        entry.put("tlsMode", "DISABLE");
        var weaker = city.put(steward, path(), entry);
        assertThat(weaker.<String>at("$.tlsMode")).isEqualTo("REQUIRE");
        assertThat(weaker.<Boolean>at("$.addressChangeWaits")).isTrue();
    }

    @Test
    void the_rest_of_a_change_holds_at_once_and_the_password_is_not_sent_to_the_old_address() {
        var entry = entry(NEW);
        entry.put("maxConnections", 7);
        entry.put("password", "not-the-old-one");
        city.put(steward, path(), entry);

        assertThat(city.get(steward, path()).<Integer>at("$.maxConnections")).isEqualTo(7);
        assertThat(user()).as("the old address with its old password").isEqualTo(OLD.user());
    }

    @Test
    void a_change_from_a_stale_page_is_told_and_overwrites_nothing() {
        var seen = city.get(steward, path()).<Integer>at("$.revision");
        var first = entry(OLD);
        first.put("maxConnections", 5);
        first.put("revision", seen);
        assertThat(city.put(steward, path(), first).<Integer>at("$.revision")).isEqualTo(seen + 1);
        first.put("maxConnections", 6);

        var stale = city.put(steward, path(), first);

        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.<String>at("$.type")).isEqualTo("urn:shuqiao:source:changed-meanwhile");
        assertThat(stale.<Integer>at("$.revision")).isEqualTo(seen + 1);
        assertThat(city.get(steward, path()).<Integer>at("$.maxConnections")).isEqualTo(5);
    }

    @Test
    void of_changes_at_one_moment_each_saw_what_it_changed_or_is_refused() throws Exception {
        var actor = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        var seen = city.get(steward, path()).<Integer>at("$.revision");
        var many = new ArrayList<Callable<Boolean>>();
        for (var at = 0; at < 6; at++) {
            var connections = at + 2;
            many.add(() -> changed(actor, seen, connections));
        }
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var won = 0;
            for (Future<Boolean> one : crowd.invokeAll(many)) if (one.get()) won++;
            assertThat(won).isEqualTo(1);
        }
        assertThat(city.get(steward, path()).<Integer>at("$.revision")).isEqualTo(seen + 1);
    }

    private boolean changed(Actor actor, int seen, int connections) {
        try {
            sources.change(
                    actor,
                    id,
                    new Registration(
                            "同时 " + id,
                            OLD.jdbcUrl(),
                            OLD.user(),
                            OLD.password(),
                            null,
                            null,
                            connections,
                            null,
                            null,
                            null,
                            null,
                            null,
                            seen));
            return true;
        } catch (Conflict lost) {
            assertThat(lost.key()).isEqualTo("source:changed-meanwhile");
            return false;
        }
    }

    @Test
    void the_reviewer_finds_it_on_the_desk_and_confirms_it_on_a_page() {
        city.person("rev-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("rev-reviewer", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        var writer = new Visitor(city);
        writer.login("rev-steward", PASSWORD);
        var form = new HashMap<String, String>();
        form.put("name", "网页换址 " + id);
        form.put("jdbcUrl", NEW.jdbcUrl());
        form.put("username", NEW.user());
        form.put("password", NEW.password());
        form.put("tlsMode", "DISABLE");
        form.put("maxConnections", "4");
        form.put("revision", String.valueOf(city.get(steward, path()).<Integer>at("$.revision")));

        var waits = writer.submit("/sources/" + id + "/edit", "/sources/" + id, form);
        assertThat(waits.uri().getPath()).endsWith("/address-change");
        assertThat(waits.body())
                .contains("须由另一个人复核", "撤回", OLD.jdbcUrl(), NEW.jdbcUrl())
                .doesNotContain("复核通过，启用新地址", "??");
        assertThat(writer.get("/sources/" + id).body()).contains("新地址待复核");
        form.put("maxConnections", "5");
        var stale = writer.submit("/sources/" + id + "/edit", "/sources/" + id, form);
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("刚被别人改过");

        var second = new Visitor(city);
        second.login("rev-reviewer", PASSWORD);
        assertThat(second.get("/").body()).contains("/sources/" + id + "/address-change");
        assertThat(second.get("/sources/" + id + "/address-change?lang=en").body())
                .contains("Confirm, use the new address")
                .doesNotContain("??");
        var page = "/sources/" + id + "/address-change";
        assertThat(
                        second.submit(
                                        page,
                                        page + "/confirmation",
                                        Map.of("change", String.valueOf(waiting())))
                                .body())
                .contains("Confirmed: the new address is used now");
        assertThat(user()).isEqualTo(NEW.user());
    }
}
