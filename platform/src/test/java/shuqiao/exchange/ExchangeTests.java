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
import shuqiao.City;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.ReceiptVerifier;
import shuqiao.kernel.Role;

/** Deliveries: what arrives, what is refused, who waits for whom, and what stops them. */
@Tag("slow")
class ExchangeTests extends ExchangeGround {

    @Autowired shuqiao.engine.embedded.Home home;
    @Autowired Dispatcher dispatcher;

    @Test
    @Tag("quick")
    void granted_rows_arrive_with_a_receipt_that_anybody_can_verify() throws Exception {
        var table = table(1_000);
        var run = run(grant(table, Map.of()), source(consumer, CONSUMER, Map.of()), "village");

        delivered(run);

        assertThat(count("village")).isEqualTo("1000");
        var receipt = city.get(consumer, "/api/v1/runs/" + run + "/receipt");
        assertThat(receipt.<Integer>at("$.rowsRead")).isEqualTo(1000);
        assertThat(receipt.<Integer>at("$.rowsWritten")).isEqualTo(1000);
        assertThat(receipt.<String>at("$.provider")).isEqualTo(City.CIVIL_AFFAIRS);
        assertThat(receipt.<String>at("$.run")).isEqualTo(run);
        var keys = PublicKeys.parse(Files.readString(home.keys().resolve("public.json")));
        assertThat(ReceiptVerifier.verify(receipt.body(), keys).isValid()).isTrue();
        var changed = receipt.body().replace("\"rowsWritten\":1000", "\"rowsWritten\":1001");
        assertThat(changed).isNotEqualTo(receipt.body());
        assertThat(ReceiptVerifier.verify(changed, keys).isValid()).isFalse();
    }

    @Test
    void the_receipt_is_whole_within_one_second_after_the_run() throws Exception {
        var run = run(grant(table(10), Map.of()), source(consumer, CONSUMER, Map.of()), "quick");
        delivered(run);

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() ->
                        assertThat(
                                        city.get(consumer, "/api/v1/runs/" + run + "/receipt")
                                                .<String>at("$.log.checkpoint"))
                                .isNotEmpty());
    }

    @Test
    void only_granted_columns_and_rows_arrive_masked() throws Exception {
        var resource = resource(source(steward, PROVIDER, Map.of()), table(100));
        var grant =
                request(
                        resource,
                        Map.of(
                                "fields", List.of("id", "name"),
                                "filter", List.of(Map.of("field", "id", "op", "le", "value", 10)),
                                "masks", Map.of("name", "name")));

        var run = run(grant, source(consumer, CONSUMER, Map.of()), "masked");
        delivered(run);

        assertThat(see(run).<String>at("$.reading")).isEqualTo("ONE_SMALL");
        assertThat(count("masked")).isEqualTo("10");
        assertThat(CONSUMER.one("select string_agg(distinct left(name, 2), ',') from masked"))
                .isEqualTo("户*");
        assertThat(
                        CONSUMER.one(
                                "select string_agg(column_name, ',' order by ordinal_position) from"
                                        + " information_schema.columns where table_name = 'masked'"))
                .isEqualTo("id,name");
    }

    @Test
    void a_dispatcher_that_was_stopped_and_started_again_takes_runs() throws Exception {
        dispatcher.stop();
        dispatcher.start();

        delivered(
                run(grant(table(3), Map.of()), source(consumer, CONSUMER, Map.of()), "restarted"));
    }

    @Test
    void a_second_run_replaces_the_content_of_the_first() throws Exception {
        var table = table(50);
        var grant = grant(table, Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        delivered(run(grant, target, "twice"));
        PROVIDER.run("delete from " + table + " where id > 20");

        delivered(run(grant, target, "twice"));

        assertThat(count("twice")).isEqualTo("20");
    }

    @Test
    void runs_into_one_table_take_their_turns() throws Exception {
        var slow = grant(table(40_000), Map.of("maxMegabytesPerSecond", 1.0));
        var target = source(consumer, CONSUMER, Map.of());
        var first = run(slow, target, "turns");
        var second = run(slow, target, "turns");
        awaitState(first, "RUNNING");

        assertThat(state(second)).isEqualTo("QUEUED");
        delivered(first);
        delivered(second);
        assertThat(see(second).<String>at("$.startedAt"))
                .isGreaterThanOrEqualTo(see(first).<String>at("$.finishedAt").substring(0, 19));
    }

    @Test
    void a_revoked_grant_stops_a_running_copy_within_a_second_and_leaves_nothing()
            throws Exception {
        var grant = grant(table(300_000), Map.of("maxMegabytesPerSecond", 0.5));
        var run = run(grant, source(consumer, CONSUMER, Map.of()), "revoked");
        await().until(() -> state(run).equals("RUNNING") && see(run).<Integer>at("$.rows") > 0);

        var revoked =
                city.post(
                        city.token(City.CIVIL_AFFAIRS, Role.REVIEWER),
                        "/api/v1/grants/" + grant + "/revocation",
                        Map.of("reason", "超范围使用"));
        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(3)).until(() -> state(run).equals("CANCELLED"));
        assertThat(exists("revoked")).isFalse();
        assertThat(city.get(consumer, "/api/v1/runs/" + run + "/receipt").status()).isEqualTo(409);
        var again = ask(grant, source(consumer, CONSUMER, Map.of()), "revoked");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.<String>at("$.type")).isEqualTo("urn:shuqiao:exchange:grant-revoked");
        assertThat(again.<String>at("$.detail")).contains("超范围使用");
    }

    /** Another platform on this database writes the end; nothing is said inside this one. */
    @Test
    void a_grant_that_another_node_revoked_stops_the_copy_that_runs_here() throws Exception {
        var grant = grant(table(300_000), Map.of("maxMegabytesPerSecond", 0.5));
        var run = run(grant, source(consumer, CONSUMER, Map.of()), "revoked_elsewhere");
        await().until(() -> state(run).equals("RUNNING") && see(run).<Integer>at("$.rows") > 0);

        db.sql(
                        """
                        insert into sharing.grant_end ("grant", by_name, reason, at)
                        values (:grant, '别处', '在另一个节点撤销', now())
                        """)
                .param("grant", grant)
                .update();

        await().atMost(Duration.ofSeconds(3)).until(() -> state(run).equals("CANCELLED"));
        assertThat(exists("revoked_elsewhere")).isFalse();
        assertThat(see(run).<String>at("$.reason")).contains("授权已结束");
    }

    @Test
    void a_run_can_be_cancelled_by_either_side_while_it_copies() throws Exception {
        var run =
                run(
                        grant(table(300_000), Map.of("maxMegabytesPerSecond", 0.5)),
                        source(consumer, CONSUMER, Map.of()),
                        "cancelled");
        await().until(() -> state(run).equals("RUNNING"));

        var answer =
                city.post(
                        steward,
                        "/api/v1/runs/" + run + "/cancellation",
                        Map.of("reason", "数据有误，暂停"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);

        var seen = awaitState(run, "CANCELLED");
        assertThat(seen.<String>at("$.reason")).isEqualTo("数据有误，暂停");
        assertThat(exists("cancelled")).isFalse();
    }

    @Test
    void a_run_left_by_a_dead_worker_is_taken_up_again() throws Exception {
        var table = table(100);
        var run = run(grant(table, Map.of()), source(consumer, CONSUMER, Map.of()), "taken_up");
        delivered(run);
        // as a worker would have left it that was killed in its first attempt
        db.sql(
                        """
                        update exchange.run set state = 'RUNNING', owner = 'dead', lease_until = now() - interval '1 s',
                            receipt = null, entry = null, attempt = 1 where id = :id
                        """)
                .param("id", run)
                .update();

        delivered(run);

        assertThat(see(run).<Integer>at("$.attempt")).isEqualTo(2);
        assertThat(count("taken_up")).isEqualTo("100");
    }

    @Test
    void a_run_taken_up_after_a_newer_delivery_never_replaces_it() throws Exception {
        var table = table(30);
        var grant = grant(table, Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        var older = run(grant, target, "newer");
        delivered(older);
        var newer = run(grant, target, "newer");
        delivered(newer);
        db.sql(
                        """
                        update exchange.run set state = 'RUNNING', owner = 'dead', lease_until = now() - interval '1 s',
                            receipt = null, entry = null where id = :id
                        """)
                .param("id", older)
                .update();

        awaitState(older, "SUPERSEDED");

        assertThat(state(newer)).isEqualTo("DELIVERED");
    }

    @Test
    void the_same_idempotency_key_asks_for_one_run() throws Exception {
        var grant = grant(table(5), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        var body = Map.of("grant", grant, "target", target, "schema", "public", "table", "once");
        var key = Map.of("Idempotency-Key", "key-" + NEXT.incrementAndGet());

        var first = city.call("POST", consumer, "/api/v1/runs", body, key);
        var second = city.call("POST", consumer, "/api/v1/runs", body, key);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.<String>at("$.id")).isEqualTo(first.<String>at("$.id"));
        delivered(first.at("$.id"));
        assertThat(city.get(consumer, "/api/v1/runs?grant=" + grant).<Integer>at("$.total"))
                .isEqualTo(1);
    }

    @Test
    void others_do_not_learn_that_a_run_is_there() throws Exception {
        var run = run(grant(table(5), Map.of()), source(consumer, CONSUMER, Map.of()), "hidden");
        delivered(run);
        var stranger = city.token(City.BUREAU, Role.STEWARD);

        assertThat(city.get(stranger, "/api/v1/runs/" + run).status()).isEqualTo(404);
        assertThat(city.get(stranger, "/api/v1/runs/" + run + "/receipt").status()).isEqualTo(404);
        assertThat(city.get(steward, "/api/v1/runs/" + run).status()).isEqualTo(200);
        assertThat(
                        city.get(city.token(City.BUREAU, Role.AUTHORITY), "/api/v1/runs/" + run)
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_connection_that_a_run_needs_is_not_removed() throws Exception {
        var target = source(consumer, CONSUMER, Map.of());
        var run = run(grant(table(300_000), Map.of("maxMegabytesPerSecond", 0.5)), target, "kept");

        assertThat(
                        city.call("DELETE", consumer, "/api/v1/sources/" + target, null, Map.of())
                                .status())
                .isEqualTo(409);

        city.post(consumer, "/api/v1/runs/" + run + "/cancellation", Map.of("reason", "测试"));
        awaitState(run, "CANCELLED");
    }

    @Test
    void no_more_runs_than_the_connection_allows_work_at_once() throws Exception {
        var grant = grant(table(30_000), Map.of("maxConnections", 1, "maxMegabytesPerSecond", 1.0));
        var target = source(consumer, CONSUMER, Map.of());
        var first = run(grant, target, "one_a");
        var second = run(grant, target, "one_b");

        var together = new java.util.concurrent.atomic.AtomicBoolean();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    var a = see(first);
                    var b = see(second);
                    if (copying(a) && copying(b)) together.set(true);
                    return a.at("$.state").equals("DELIVERED")
                            && b.at("$.state").equals("DELIVERED");
                });
        assertThat(together).isFalse();
    }

    private static boolean copying(City.Answer run) {
        return run.at("$.state").equals("RUNNING") && run.at("$.phase").equals("COPYING");
    }
}
