package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** What was granted, and how it ends. */
@Tag("quick")
class GrantTests extends SharingGround {

    @Autowired DataSource dataSource;
    @Autowired TransactionTemplate transaction;

    @Test
    void a_grant_ends_with_its_last_day_in_china() {
        var id = granted(conditional());

        assertThat(grants.effective(id, Instant.parse("2026-09-24T01:00:00Z"))).isTrue();
        assertThat(grants.effective(id, Instant.parse("2027-09-23T15:59:59Z"))).isTrue();
        assertThat(grants.effective(id, Instant.parse("2027-09-23T16:00:00Z"))).isFalse();
        assertThat(grants.effective(id, Instant.parse("2026-09-23T15:59:59Z"))).isFalse();
        time.set("2027-09-24");
        assertThat(city.get(police, GRANTS + "/" + id).<String>at("$.standing"))
                .isEqualTo("EXPIRED");
        refused(
                city.post(police, GRANTS + "/" + id + "/revocation", Map.of("reason", "到期")),
                409,
                "sharing:grant-over");
    }

    @Test
    void either_side_or_the_authority_ends_it_with_a_reason() {
        var resource = conditional();
        for (var token : List.of(police, reviewer, authority)) {
            var id = granted(resource);
            var path = GRANTS + "/" + id + "/revocation";
            faulty(city.post(token, path, Map.of()), "reason", "required");

            var answer = ok(city.post(token, path, Map.of("reason", "用途变更")), 200);

            assertThat(answer.<String>at("$.standing")).isEqualTo("REVOKED");
            assertThat(answer.<String>at("$.end.reason")).isEqualTo("用途变更");
            assertThat(grants.effective(id, time.instant())).isFalse();
            refused(city.post(token, path, Map.of("reason", "再次")), 409, "sharing:grant-over");
        }
    }

    @Test
    void every_node_hears_of_a_revocation_when_it_commits_and_of_none_that_did_not()
            throws Exception {
        var resource = conditional();
        var kept = granted(resource);
        var ended = granted(resource);
        var actor = city.actor(City.CIVIL_AFFAIRS, Role.REVIEWER);
        try (var node = dataSource.getConnection();
                var statement = node.createStatement()) {
            statement.execute("listen " + Grants.CHANNEL);

            transaction.executeWithoutResult(undone -> {
                grants.revoke(actor, kept, "没有提交");
                undone.setRollbackOnly();
            });
            grants.revoke(actor, ended, "用途变更");

            var heard = node.unwrap(PGConnection.class).getNotifications(5_000);
            statement.execute("unlisten *");
            assertThat(heard)
                    .extracting(PGNotification::getName, PGNotification::getParameter)
                    .containsExactly(tuple(Grants.CHANNEL, String.valueOf(ended)));
        }
    }

    @Test
    void others_do_not_see_it() {
        var id = granted(conditional());

        refused(city.get(stranger, GRANTS + "/" + id), 404, "unknown:grant");
        refused(
                city.post(stranger, GRANTS + "/" + id + "/revocation", Map.of("reason", "无")),
                404,
                "unknown:grant");
        assertThat(city.get(steward, GRANTS + "?limit=1").<Integer>at("$.items[0].id"))
                .isEqualTo((int) id);
    }

    @Test
    void deliveries_are_counted_once_for_each_run() {
        var id = granted(conditional());
        grants.receive(id, "run-a", 100, MORNING);
        grants.receive(id, "run-a", 100, MORNING);
        grants.receive(id, "run-b", 20, MORNING);

        var answer = ok(city.get(police, GRANTS + "/" + id), 200);
        assertThat(answer.<Integer>at("$.delivered.runs")).isEqualTo(2);
        assertThat(answer.<Integer>at("$.delivered.rows")).isEqualTo(120);
    }

    @Test
    void withdrawing_the_resource_ends_its_grants() {
        var resource = conditional();
        var id = granted(resource);
        ok(
                city.post(
                        authority,
                        "/api/v1/resources/" + resource + "/withdrawal",
                        Map.of("reason", "机构调整")),
                200);

        assertThat(grants.effective(id, time.instant())).isFalse();
        assertThat(grants.grant(id).orElseThrow().end().orElseThrow().reason()).contains("撤销发布");
    }

    @Test
    void a_grant_is_never_changed() {
        var id = granted(conditional());

        for (var act :
                List.of(
                        "update sharing.\"grant\" set until_day = until_day + 1 where id = ",
                        "delete from sharing.\"grant\" where id = "))
            assertThatThrownBy(() -> db.sql(act + id).update())
                    .hasMessageContaining("never changed");
        assertThat(grants.grant(id).orElseThrow().scope().digest())
                .isEqualTo(grants.grant(id).orElseThrow().digest());
    }

    @Test
    void a_source_that_a_grant_stands_on_is_not_removed() {
        var id = granted(conditional());

        assertThat(grants.using(grants.grant(id).orElseThrow().source())).isPresent();
    }

    @Test
    void profiles_get_new_versions_and_are_never_edited() {
        var entry =
                Map.of(
                        "code", "YUNZE",
                        "name", "市级口径",
                        "verified", true,
                        "clockStart", "SENT",
                        "scopeRule", "APPLY_ALWAYS",
                        "bases", List.of("LAW"),
                        "limits",
                                Map.of(
                                        "ANSWER_CONDITIONAL",
                                        Map.of("workingDays", 7, "article", "市政府令")));
        ok(city.post(admin, "/api/v1/legal-profiles", entry), 201);
        var answer = ok(city.post(admin, "/api/v1/legal-profiles", entry), 201);
        assertThat(answer.<Integer>at("$.version")).isEqualTo(2);
        assertThat(answer.<Boolean>at("$.inForce")).isFalse();
        assertThat(city.post(police, "/api/v1/legal-profiles", entry).status()).isEqualTo(403);
        refused(
                city.put(admin, "/api/v1/legal-profile", Map.of("code", "NONE")),
                404,
                "unknown:legal-profile");
        faulty(
                city.post(admin, "/api/v1/legal-profiles", Map.of("code", "x'; --")),
                "code",
                "sharing.profile-code");
        assertThat(city.get(admin, "/api/v1/legal-profiles").<List<String>>at("$.items[*].code"))
                .contains("SEED_2017", "REG_2025");
        db.sql(
                        "insert into sharing.profile_choice (profile, chosen_by, chosen_at) values (1, 'test', now())")
                .update();
        profiles.adopt("REG_2025");
        assertThat(profiles.inForce(Actor.PLATFORM).code()).isEqualTo("SEED_2017");
    }
}
