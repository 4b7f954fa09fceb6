package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.ReceiptVerifier;
import shuqiao.kernel.Role;

/**
 * The platform died after the target had committed and before the receipt was written: the target
 * is asked first, whatever ended meanwhile. What a dead worker leaves is written into its row; kill
 * -9 itself is in {@link LastWordKillTests}.
 */
@Tag("slow")
@Tag("kill")
class FoundAgainTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-found";

    @Autowired shuqiao.engine.embedded.Home home;
    @Autowired TransactionTemplate transaction;

    private long grant;
    private long target;
    private String table;

    private String deliveredInto(String name) throws Exception {
        table = name;
        grant = grant(table(40), Map.of());
        target = source(consumer, CONSUMER, Map.of());
        var run = run(grant, target, name);
        delivered(run);
        return run;
    }

    /** As a worker leaves it that was killed between the two commits. */
    private void killedBeforeTheReceipt(String run, String... more) {
        transaction.executeWithoutResult(_ -> {
            db.sql(
                            """
                            update exchange.run set state = 'RUNNING', owner = 'dead', lease_until = now() - interval '1 s',
                                receipt = null, entry = null, finished_at = null where id = :id
                            """)
                    .param("id", run)
                    .update();
            db.sql("delete from sharing.grant_delivery where run = :id").param("id", run).update();
            assertThat(
                            db.sql(
                                            "update exchange.intent set fate = 'OPEN', settled_at = null where run = :id")
                                    .param("id", run)
                                    .update())
                    .isEqualTo(1);
            for (var sql : more) db.sql(sql).param("id", run).update();
        });
    }

    private List<String> notes(City.Answer receipt) {
        return receipt.at("$.notes");
    }

    private long entries(String kind, String run) {
        return db.sql(
                        "select count(*) from ledger.entry where kind = :kind and convert_from(body, 'UTF8') like '%' || :run || '%'")
                .param("kind", kind)
                .param("run", run)
                .query(Long.class)
                .single();
    }

    private static String written(String name) throws Exception {
        return CONSUMER.one("select min(xmin::text) from " + name);
    }

    @Test
    void the_receipt_is_written_without_a_second_copy() throws Exception {
        var run = deliveredInto("found_plain");
        var digest =
                city.get(consumer, "/api/v1/runs/" + run + "/receipt")
                        .<String>at("$.content.digest");
        var written = written("found_plain");

        killedBeforeTheReceipt(run);
        delivered(run);

        assertThat(written("found_plain")).as("the same rows").isEqualTo(written);
        var receipt = city.get(consumer, "/api/v1/runs/" + run + "/receipt");
        assertThat(receipt.<String>at("$.content.digest")).isEqualTo(digest);
        assertThat(receipt.<Integer>at("$.rowsWritten")).isEqualTo(40);
        var keys = PublicKeys.parse(Files.readString(home.keys().resolve("public.json")));
        assertThat(ReceiptVerifier.verify(receipt.body(), keys).isValid()).isTrue();
        assertThat(city.get(consumer, "/api/v1/grants/" + grant).<Integer>at("$.delivered.runs"))
                .isEqualTo(1);
    }

    @Test
    void with_the_grant_ended_meanwhile_there_is_a_receipt_an_entry_and_a_word_to_all()
            throws Exception {
        city.person("found-police", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("found-civil", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("found-bureau", PASSWORD, City.BUREAU, Role.AUTHORITY);
        var run = deliveredInto("found_ended");
        var ended =
                city.post(
                        city.token(City.CIVIL_AFFAIRS, Role.REVIEWER),
                        "/api/v1/grants/" + grant + "/revocation",
                        Map.of("reason", "测试"));
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);

        killedBeforeTheReceipt(run);
        delivered(run);

        assertThat(city.get(consumer, "/api/v1/runs/" + run + "/receipt").status()).isEqualTo(200);
        assertThat(entries("RunFoundWithoutRight", run)).isEqualTo(1);
        var told =
                db.sql(
                                "select distinct receiver from notice.notice where key = 'exchange.found-without-right'")
                        .query(String.class)
                        .list();
        assertThat(told).contains("found-police", "found-civil", "found-bureau");
    }

    @Test
    void with_a_newer_delivery_meanwhile_the_older_one_still_gets_its_receipt() throws Exception {
        var older = deliveredInto("found_older");
        var newer = run(grant, target, "found_older");
        delivered(newer);
        var written = written("found_older");

        killedBeforeTheReceipt(older);
        delivered(older);

        assertThat(written("found_older")).as("the newer content stays").isEqualTo(written);
        assertThat(city.get(consumer, "/api/v1/runs/" + older + "/receipt").status())
                .isEqualTo(200);
    }

    @Test
    void a_wish_to_cancel_that_came_meanwhile_came_too_late() throws Exception {
        var run = deliveredInto("found_cancelled");

        killedBeforeTheReceipt(
                run,
                """
                update exchange.run set state = 'QUEUED', owner = null, lease_until = null,
                    not_before = now() + interval '2 s' where id = :id
                """);
        var answer =
                city.post(
                        consumer,
                        "/api/v1/runs/" + run + "/cancellation",
                        Map.of("reason", "不需要了"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.<String>at("$.state")).isEqualTo("QUEUED");

        delivered(run);
    }

    @Test
    void an_attempt_that_the_target_rolled_back_is_done_again() throws Exception {
        var run = deliveredInto("found_nothing");
        String aborted;
        try (var session = CONSUMER.connect()) {
            session.setAutoCommit(false);
            try (var rows = session.createStatement().executeQuery("select txid_current()")) {
                rows.next();
                aborted = rows.getString(1);
            }
            session.rollback();
        }

        killedBeforeTheReceipt(
                run, "update exchange.intent set transaction = '" + aborted + "' where run = :id");
        delivered(run);

        assertThat(see(run).<Integer>at("$.attempt")).isEqualTo(2);
        assertThat(fates(run)).containsExactly("ROLLED_BACK", "COMMITTED");
    }

    @Test
    void a_target_that_cannot_tell_any_more_leaves_an_entry_and_the_run_goes_on() throws Exception {
        var run = deliveredInto("found_unknown");

        killedBeforeTheReceipt(
                run, "update exchange.intent set server = '1' || server where run = :id");
        delivered(run);

        assertThat(entries("RunFateUnknown", run)).isEqualTo(1);
        assertThat(fates(run)).containsExactly("UNKNOWN", "COMMITTED");
    }

    @Test
    void a_target_that_does_not_answer_is_waited_for_and_nothing_is_over_before_it_does()
            throws Exception {
        var run = deliveredInto("found_later");
        var line = new shuqiao.Line(CONSUMER.host(), CONSUMER.port());
        var port = line.port();
        line.close();

        killedBeforeTheReceipt(
                run,
                "update source.source set port = "
                        + port
                        + " where id = (select target from exchange.run where id = :id)");
        await().atMost(Duration.ofSeconds(20)).until(() -> see(run).body().contains("ANSWER"));
        var gone = city.call("DELETE", consumer, "/api/v1/sources/" + target, null, Map.of());
        assertThat(gone.status()).as("the target is still needed").isEqualTo(409);
        city.post(
                city.token(City.CIVIL_AFFAIRS, Role.REVIEWER),
                "/api/v1/grants/" + grant + "/revocation",
                Map.of("reason", "测试"));
        assertThat(state(run)).isIn("QUEUED", "RUNNING");

        db.sql("update source.source set port = :port where id = :id")
                .param("port", CONSUMER.port())
                .param("id", target)
                .update();
        delivered(run);
        assertThat(entries("RunFoundWithoutRight", run)).isEqualTo(1);
    }

    private List<String> fates(String run) {
        return db.sql("select fate from exchange.intent where run = :run order by attempt")
                .param("run", run)
                .query(String.class)
                .list();
    }
}
