package shuqiao.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import shuqiao.PlatformTest;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Opening;
import shuqiao.kernel.WorkItem;

/** Due work, by workers of their own beside those of the platform. */
@PlatformTest
class WorkTests {

    private static final String KIND = "test-work";

    @Autowired private Work work;
    @Autowired private RoundTable rounds;
    @Autowired private ItemTable itemTable;
    @Autowired private Items items;
    @Autowired private MeterRegistry meters;
    @Autowired private WorkWatch watch;
    @Autowired private WorkSums sums;
    @Autowired private JdbcClient db;
    @Autowired private DataSource dataSource;
    @Autowired private InstantSource clock;

    /** Counts its turns and items; breaks where it is told to. */
    private static final class Counted implements ItemWork {
        final AtomicInteger turns = new AtomicInteger();
        final AtomicBoolean breaks = new AtomicBoolean();
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        final List<String> done = Collections.synchronizedList(new ArrayList<>());
        final Set<String> poison = ConcurrentHashMap.newKeySet();
        final Set<String> found = ConcurrentHashMap.newKeySet();
        final List<String> forgotten = new ArrayList<>();

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(1);
        }

        @Override
        public int attempts() {
            return 3;
        }

        @Override
        public Duration pause(int attempt) {
            return Duration.ZERO;
        }

        @Override
        public boolean turn() {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                turns.incrementAndGet();
                if (breaks.get()) throw new IllegalStateException("no such\ncolumn \u202Etxt.exe");
                for (var key : found)
                    if (found.remove(key))
                        throw new ItemBroke(key, new IllegalStateException("found broken"));
                return false;
            } finally {
                atOnce.decrementAndGet();
            }
        }

        @Override
        public void work(WorkItem item) {
            if (poison.contains(item.key()))
                throw new IllegalStateException("poison", new ArithmeticException("/ by zero"));
            done.add(item.key() + item.payload());
        }

        @Override
        public void forgotten(String key) {
            forgotten.add(key);
        }
    }

    private final Counted counted = new Counted();

    @BeforeEach
    @AfterEach
    void forget() {
        db.sql("delete from work.task where kind = :kind").param("kind", KIND).update();
    }

    private Workers workers() {
        var workers = new Workers(List.of(counted), rounds, items, meters, clock, dataSource);
        workers.start();
        workers.on(new Opening("", Opening.City.NONE));
        return workers;
    }

    private Round round() {
        return rounds.list(List.of(KIND)).getFirst();
    }

    private boolean one() {
        return items.one(counted, () -> true);
    }

    private Item item(String key) {
        var id =
                db.sql("select id from work.task where kind = :kind and key = :key")
                        .param("kind", KIND)
                        .param("key", key)
                        .query(Long.class)
                        .single();
        return itemTable.find(id).orElseThrow();
    }

    private void put(String key) {
        assertThat(work.put(KIND, key, "", clock.instant())).isTrue();
    }

    @Test
    void it_is_done_again_and_again_by_one_at_a_time() {
        var one = workers();
        var other = workers();
        try {
            await().until(() -> counted.turns.get() > 3);

            assertThat(counted.mostAtOnce).hasValue(1);
            assertThat(round().attempt()).isZero();
        } finally {
            one.stop();
            other.stop();
        }
        var then = counted.turns.get();
        assertThat(round().running()).as("what is stopped is free for another").isFalse();
        assertThat(counted.turns).hasValue(then);
    }

    @Test
    void what_breaks_is_put_back_with_its_cause_and_done_at_once_when_asked_for() {
        counted.breaks.set(true);
        var workers = workers();
        try {
            await().until(() -> round().attempt() == 1 && !round().running());

            assertThat(round().cause())
                    .isEqualTo("IllegalStateException: no such column \u202Etxt.exe");
            assertThat(round().due()).isAfter(clock.instant().plusSeconds(5));
            counted.breaks.set(false);

            assertThat(rounds.now(KIND, clock.instant())).isTrue();

            await().until(() -> round().attempt() == 0 && round().doneAt() != null);
            assertThat(round().cause()).isEmpty();
        } finally {
            workers.stop();
        }
    }

    @Test
    void each_item_is_done_once_by_one_of_two_platforms_in_the_order_of_its_due_time() {
        var keys = new ArrayList<String>();
        for (var i = 0; i < 40; i++) {
            keys.add("k" + i);
            assertThat(work.put(KIND, "k" + i, "", Instant.EPOCH.plusSeconds(i))).isTrue();
        }
        assertThat(work.put(KIND, "k7", "", Instant.EPOCH)).as("stands already").isFalse();
        assertThat(work.put(KIND, "later", "", clock.instant().plusSeconds(900))).isTrue();

        var one = workers();
        var other = workers();
        try {
            await().until(() -> counted.done.size() >= keys.size());
        } finally {
            one.stop();
            other.stop();
        }

        assertThat(counted.done).isEqualTo(keys);
        assertThat(work.keys(KIND)).containsExactly("later");
        assertThat(work.ids(KIND)).as("what is no number is none of its ids").isEmpty();
        work.put(KIND, "4711", "", clock.instant().plus(Duration.ofHours(1)));
        assertThat(work.ids(KIND)).containsExactly(4711L);
    }

    @Test
    void a_poison_item_is_dead_with_its_cause_after_its_attempts_and_the_others_go_on() {
        counted.poison.add("bad");
        put("bad");
        put("good");
        var before = watch.sums();

        while (one())
            ;

        assertThat(counted.done).containsExactly("good");
        assertThat(item("bad").state()).isEqualTo(Item.State.DEAD);
        assertThat(item("bad").attempt()).isEqualTo(3);
        assertThat(item("bad").cause())
                .isEqualTo("IllegalStateException: poison ← ArithmeticException: / by zero");
        assertThat(watch.sums().dead()).isEqualTo(before.dead() + 1);
        assertThat(watch.sums().waiting()).isEqualTo(before.waiting() - 2);
    }

    @Test
    void health_sees_what_is_dead_and_outlives_a_database_that_is_away() {
        counted.poison.add("bad");
        put("bad");
        while (one())
            ;

        assertThat(new WorkWatch(sums, clock).deadWork().failing()).isPositive();
        var nowhere =
                JdbcClient.create(
                        new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none", "", ""));
        assertThat(new WorkWatch(new WorkSums(nowhere), clock).deadWork().failing()).isZero();
    }

    @Test
    void an_item_found_broken_is_put_aside_and_tried_again() {
        counted.found.add("7");
        var workers = workers();
        try {
            await().until(() -> counted.done.contains("7"));
        } finally {
            workers.stop();
        }

        assertThat(round().attempt()).as("the kind itself did not fail").isZero();
        assertThat(work.keys(KIND)).isEmpty();
    }

    @Test
    void an_item_that_a_dead_platform_left_is_taken_again_and_dies_with_the_fourth() {
        put("left");
        for (var i = 0; i < 3; i++) assertThat(itemTable.take(KIND, clock.instant())).isPresent();
        assertThat(item("left").state()).isEqualTo(Item.State.RUNNING);

        assertThat(one()).isTrue();

        assertThat(counted.done).isEmpty();
        assertThat(item("left").state()).isEqualTo(Item.State.DEAD);
        assertThat(item("left").cause()).contains("ended while it was at it");
    }

    @Test
    void an_attempt_does_not_count_where_the_platform_ends() {
        counted.poison.add("stopped");
        put("stopped");

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> items.one(counted, () -> false))
                .isInstanceOf(IllegalStateException.class);

        assertThat(item("stopped").attempt()).isZero();
        assertThat(item("stopped").state()).isEqualTo(Item.State.WAITING);
    }

    @Test
    void whoever_was_held_for_dead_does_not_touch_what_another_took_over() {
        put("slow");
        var first = itemTable.take(KIND, clock.instant()).orElseThrow();
        assertThat(itemTable.take(KIND, clock.instant())).isPresent();

        itemTable.done(first);
        itemTable.died(first, "late", clock.instant());

        assertThat(item("slow").state()).isEqualTo(Item.State.RUNNING);
        assertThat(item("slow").attempt()).isEqualTo(2);
    }

    @Test
    void what_nobody_begins_and_what_never_ends_is_overdue() {
        var before = watch.sums().overdue();
        var long_ago = clock.instant().minus(Duration.ofDays(1));
        db.sql("insert into work.task (kind, key, due, picked) values (:kind, 'hung', :due, true)")
                .param("kind", KIND)
                .param("due", long_ago.atOffset(java.time.ZoneOffset.UTC))
                .update();

        assertThat(watch.sums().overdue()).isEqualTo(before + 1);
    }

    @Test
    void measurements_tell_what_waits_what_is_dead_and_how_long_each_kind_takes() {
        for (var name : List.of("waiting", "dead", "failing", "overdue", "oldest.due"))
            assertThat(meters.get("shuqiao.work." + name).gauge().value())
                    .as(name)
                    .isGreaterThanOrEqualTo(0);
        var workers = workers();
        try {
            await().until(() -> counted.turns.get() > 1);
        } finally {
            workers.stop();
        }
        assertThat(meters.get("shuqiao.work.round").tag("kind", KIND).timer().count()).isPositive();
    }
}
