package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.kernel.Role;

/** Nobody judges in their own cause: the data authority is a party like any other. */
class OwnCauseTests extends SharingGround {

    private String writer;
    private String sender;

    @BeforeEach
    void the_bureau_asks() {
        writer = city.token(City.BUREAU, Role.STEWARD);
        sender = city.token(City.BUREAU, Role.REVIEWER);
    }

    private long sentByTheBureau() {
        var id =
                ok(city.post(writer, REQUESTS, ask(conditional())), 201)
                        .<Number>at("$.id")
                        .longValue();
        step(sender, id, "sending", Map.of());
        return id;
    }

    private long refusedToTheBureau() {
        law(
                "OWN" + NEXT.incrementAndGet(),
                Map.of(
                        "ARBITRATION", limit(10, null, "某办法第九条"),
                        "EXTENSION", limit(5, 1, "某办法第十条")));
        var id = sentByTheBureau();
        step(reviewer, id, "acceptance", Map.of());
        step(steward, id, "preparation", Map.of("proposal", "拟不同意"));
        step(
                reviewer,
                id,
                "decision",
                Map.of(
                        "outcome",
                        "REFUSE",
                        "basisKind",
                        "LAW",
                        "basis",
                        "《某法》第一条",
                        "reason",
                        "不宜提供"));
        return id;
    }

    @Test
    void the_authority_does_not_accept_what_its_own_department_asks_for() {
        var id = sentByTheBureau();

        refused(tries(authority, id, "acceptance", Map.of()), 403, "not-allowed:sharing-own-cause");
        refused(
                tries(authority, id, "return", Map.of("reason", "补正")),
                403,
                "not-allowed:sharing-own-cause");
        assertThat(read(authority, id).<String>at("$.state")).isEqualTo("SENT");
    }

    @Test
    void the_reviewer_of_the_provider_accepts_in_its_place_and_has_it_on_the_list() {
        var id = sentByTheBureau();

        assertThat(city.get(reviewer, REQUESTS + "?part=MINE&limit=200").body() + mine(reviewer))
                .contains("" + id);
        var accepted = step(reviewer, id, "acceptance", Map.of());

        assertThat(accepted.<String>at("$.state")).isEqualTo("ACCEPTED");
        refused(tries(police, id, "acceptance", Map.of()), 404, "unknown:request");
    }

    private List<Long> mine(String token) {
        return db.sql("select id from sharing.request where state = 'SENT' and consumer = :bureau")
                .param("bureau", City.BUREAU)
                .query(Long.class)
                .list();
    }

    @Test
    void of_others_the_provider_accepts_nothing() {
        var id = sent(ask(conditional()));

        assertThat(tries(reviewer, id, "acceptance", Map.of()).status()).isEqualTo(403);
        step(authority, id, "acceptance", Map.of());
    }

    @Test
    void what_only_the_authority_could_settle_is_not_asked_of_it_in_its_own_cause() {
        var id = refusedToTheBureau();

        refused(
                tries(sender, id, "arbitration", Map.of("reason", "履职必需")),
                409,
                "sharing:authority-is-party");
    }

    /** Asked for under the release of yesterday. */
    @Test
    void an_award_in_ones_own_cause_is_refused_and_the_dispute_can_still_be_dropped() {
        var id = refusedToTheBureau();
        db.sql("update sharing.request set state = 'ARBITRATING' where id = :id")
                .param("id", id)
                .update();

        refused(
                tries(
                        authority,
                        id,
                        "arbitration/award",
                        Map.of("outcome", "PROVIDE", "reason", "应当共享", "basis", "《条例》第九条")),
                403,
                "not-allowed:sharing-own-cause");
        step(sender, id, "dispute/withdrawal", Map.of());
    }

    @Test
    void more_time_is_not_asked_for_where_the_authority_is_a_party() {
        law("OWN" + NEXT.incrementAndGet(), Map.of("EXTENSION", limit(5, 1, "某办法第十条")));
        var id = sentByTheBureau();
        step(reviewer, id, "acceptance", Map.of());

        refused(
                tries(reviewer, id, "extension", Map.of("days", 3, "reason", "数据量大")),
                409,
                "sharing:authority-is-party");
    }
}
