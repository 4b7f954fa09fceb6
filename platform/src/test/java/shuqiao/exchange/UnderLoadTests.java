package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who computes, and who sleeps, holds nobody else's deliveries up. */
@Tag("slow")
class UnderLoadTests extends ExchangeGround {

    @Autowired Shares shares;

    @Test
    void a_revocation_goes_through_while_every_carrier_of_virtual_threads_computes()
            throws Exception {
        var grant = grant(table(300_000), Map.of("maxMegabytesPerSecond", 0.5));
        var run = run(grant, source(consumer, CONSUMER, Map.of()), "under_load");
        await().until(() -> see(run).<Integer>at("$.rows") > 0);

        var over = new AtomicBoolean();
        var late = new AtomicBoolean();
        var carriers = Runtime.getRuntime().availableProcessors();
        var spinning = new ArrayList<Thread>();
        for (var i = 0; i < 4 * carriers; i++)
            spinning.add(
                    Thread.startVirtualThread(() -> {
                        while (!over.get()) Thread.onSpinWait();
                    }));
        try {
            Thread.startVirtualThread(() -> late.set(true));
            db.sql(
                            """
                            insert into sharing.grant_end ("grant", by_name, reason, at)
                            values (:grant, '测试', '计算繁忙时撤销', now())
                            """)
                    .param("grant", grant)
                    .update();

            await().atMost(Duration.ofSeconds(8))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> "CANCELLED".equals(stored(run)));
            assertThat(late).as("a virtual thread had its turn meanwhile").isFalse();
        } finally {
            over.set(true);
            for (var thread : spinning) thread.join();
        }
        assertThat(exists("under_load")).isFalse();
        assertThat(see(run).<Integer>at("$.attempt")).as("the lease was kept").isEqualTo(1);
    }

    @Test
    void views_that_sleep_hold_up_no_delivery_from_elsewhere() throws Exception {
        var asleep = "v" + NEXT.incrementAndGet();
        PROVIDER.run(
                "create function %1$s_f() returns int language sql as 'select 1 from pg_sleep(600)'"
                        .formatted(asleep),
                "create view %1$s as select g as id, %1$s_f() as note from generate_series(1, 3) g"
                        .formatted(asleep));
        var sleeping = grant(asleep, Map.of("maxConnections", 64));
        var target = source(consumer, CONSUMER, Map.of("maxConnections", 64));
        var runs = new ArrayList<String>();
        for (var i = 0; i < shares.ofSource() + 3; i++)
            runs.add(run(sleeping, target, asleep + "_" + i));
        await().until(() ->
                runs.stream().filter(it -> "RUNNING".equals(stored(it))).count()
                        >= shares.ofSource());

        delivered(run(grant(table(10), Map.of()), target, asleep + "_other"));

        assertThat(runs.stream().filter(it -> "RUNNING".equals(stored(it))))
                .hasSize(shares.ofSource());
        var ended =
                city.post(
                        city.token(shuqiao.City.CIVIL_AFFAIRS, shuqiao.kernel.Role.REVIEWER),
                        "/api/v1/grants/" + sleeping + "/revocation",
                        Map.of("reason", "测试"));
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> runs.stream().allMatch(it -> "CANCELLED".equals(stored(it))));
    }

    @Test
    void outside_the_hours_of_a_database_a_run_is_taken_down_and_nothing_is_dialled()
            throws Exception {
        var grant = grant(table(10), Map.of());
        var line = new shuqiao.Line(CONSUMER.host(), CONSUMER.port());
        var target = source(consumer, Lane.over(line, CONSUMER), Map.of());
        var passed = line.passed(shuqiao.Line.Way.TO_SERVER);
        db.sql(
                        "update source.source set allowed_from = :from, allowed_until = :until where id = :id")
                .param("from", java.time.LocalTime.now(shuqiao.kernel.Clock.ZONE).plusHours(2))
                .param("until", java.time.LocalTime.now(shuqiao.kernel.Clock.ZONE).plusHours(3))
                .param("id", target)
                .update();

        var run = run(grant, target, "not_now");

        await().until(() -> see(run).body().contains("HOURS"));
        assertThat(line.passed(shuqiao.Line.Way.TO_SERVER)).isEqualTo(passed);
        db.sql("update source.source set allowed_from = null, allowed_until = null where id = :id")
                .param("id", target)
                .update();
        db.sql("update exchange.run set not_before = now() where id = :id")
                .param("id", run)
                .update();
        delivered(run);
        line.close();
    }

    private String stored(String run) {
        return db.sql("select state from exchange.run where id = :id")
                .param("id", run)
                .query(String.class)
                .single();
    }
}
