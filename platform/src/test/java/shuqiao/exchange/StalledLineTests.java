package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shuqiao.Line;
import shuqiao.Line.How;
import shuqiao.Line.Way;

/**
 * A line that takes everything and gives nothing any more is cut in bounded time, and the run is
 * tried again; a database that takes its time is waited for. In tests a line may be silent for 3 s.
 */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Tag("kill")
class StalledLineTests extends ExchangeGround {

    private static final int ROWS = 20_000;
    private static final Duration FOR_GOOD = Duration.ofMinutes(10);

    /** Where a line stops: after that part of the bytes of one direction. */
    private record Where(String name, boolean atSource, Way way, double part) {}

    private static final List<Where> PLACES =
            List.of(
                    new Where("rows", true, Way.TO_CLIENT, 0.5),
                    new Where("question", true, Way.TO_SERVER, 0.9),
                    new Where("stored", false, Way.TO_SERVER, 0.5),
                    new Where("answer", false, Way.TO_CLIENT, 0.9));

    @Test
    void a_line_that_stalls_for_good_is_cut_and_the_run_delivers_in_its_next_attempt()
            throws Exception {
        var work = new ArrayList<Callable<Void>>();
        for (var place : PLACES)
            work.add(() -> {
                stalls(table(ROWS), place);
                return null;
            });
        work.add(() -> {
            longSort();
            return null;
        });
        try (var at = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var end : at.invokeAll(work)) end.get();
        }
    }

    private void stalls(String table, Where place) throws Exception {
        try (var line = line(place)) {
            var provider = place.atSource() ? Lane.over(line, PROVIDER) : PROVIDER;
            var consumers = place.atSource() ? CONSUMER : Lane.over(line, CONSUMER);
            var grant = request(resource(source(steward, provider, Map.of()), table), Map.of());
            var target = source(consumer, consumers, Map.of());
            var name = "stalled_" + place.name();
            delivered(run(grant, target, name));
            line.measure();
            delivered(run(grant, target, name)); // into a table that is there, as later ones
            var bytes = (long) (line.passed(place.way()) * place.part());
            line.lay(new Line.Fault(place.way(), How.STALL, bytes, FOR_GOOD));

            var run = run(grant, target, name);

            var why = awaitFailure(run);
            assertThat(why)
                    .as(place.name())
                    .contains(place.atSource() ? "到来源" : "到目标", "3 秒没有数据通过");
            assertThat(line.takeBack()).as("taken back: it was not met").isFalse();
            delivered(run);
            assertThat(see(run).<Integer>at("$.attempt")).isEqualTo(2);
            assertThat(count(name)).isEqualTo("" + ROWS);
        }
    }

    private String awaitFailure(String run) {
        var why = "select coalesce(max(failure_zh), '') from exchange.run where id = :id";
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !db.sql(why).param("id", run).query(String.class).single().isEmpty());
        return db.sql(why).param("id", run).query(String.class).single();
    }

    private static Line line(Where place) {
        var to = place.atSource() ? PROVIDER : CONSUMER;
        return new Line(to.host(), to.port());
    }

    /** Nothing comes for longer than a line may be silent, and that is right. */
    private void longSort() throws Exception {
        var table = table(10);
        PROVIDER.run(
                "create table %1$s_pause as select 0 as seconds".formatted(table),
                "create function %1$s_slow() returns bigint language sql volatile as 'select 1::bigint from pg_sleep((select seconds from public.%1$s_pause))'"
                        .formatted(table),
                "create view %1$s_view as select s as id from %1$s_slow() s".formatted(table));
        var grant =
                request(resource(source(steward, PROVIDER, Map.of()), table + "_view"), Map.of());
        PROVIDER.run("update %s_pause set seconds = 8".formatted(table));
        var run = run(grant, source(consumer, CONSUMER, Map.of()), "long_sort");
        delivered(run);
        assertThat(see(run).<Integer>at("$.attempt")).isEqualTo(1);
    }
}
