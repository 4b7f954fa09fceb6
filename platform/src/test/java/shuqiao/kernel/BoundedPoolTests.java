package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Work that computes runs on a few threads of its own, and nobody waits without end. */
class BoundedPoolTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void work_runs_on_a_platform_thread_and_its_outcome_comes_back() {
        try (var pool = new BoundedPool("counting", 2, 1)) {
            assertThat(pool.call(LONG, () -> Thread.currentThread().isVirtual())).isFalse();
            assertThat(pool.call(LONG, () -> Thread.currentThread().getName()))
                    .startsWith("counting-");
        }
    }

    @Test
    void what_the_work_throws_comes_back_as_it_is() {
        try (var pool = new BoundedPool("refusing", 1, 1)) {
            var refusal = new Conflict("kernel:some");
            assertThatThrownBy(() ->
                            pool.call(
                                    LONG,
                                    () -> {
                                        throw refusal;
                                    }))
                    .isSameAs(refusal);
        }
    }

    @Test
    void beyond_threads_and_queue_a_caller_is_told_at_once_to_come_back() throws Exception {
        try (var pool = new BoundedPool("full", 1, 1);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var hold = new CountDownLatch(1);
            var begun = new CountDownLatch(1);
            var taken = new ArrayList<CompletableFuture<String>>();
            taken.add(
                    CompletableFuture.supplyAsync(
                            () ->
                                    pool.call(
                                            LONG,
                                            () -> {
                                                begun.countDown();
                                                hold.await();
                                                return "first";
                                            }),
                            callers));
            begun.await();
            // the one place in the queue goes to one of two, the other is refused
            for (var i = 0; i < 2; i++)
                taken.add(
                        CompletableFuture.supplyAsync(
                                () -> pool.call(LONG, () -> "next"), callers));
            var refused = CompletableFuture.anyOf(taken.get(1), taken.get(2));

            assertThatThrownBy(refused::join).hasCauseInstanceOf(TooBusy.class);
            hold.countDown();

            assertThat(taken.getFirst().join()).isEqualTo("first");
            assertThat(
                            taken.subList(1, 3).stream()
                                    .map(one -> one.exceptionally(_ -> "refused").join()))
                    .containsExactlyInAnyOrder("next", "refused");
        }
    }

    @Test
    void work_that_has_not_begun_in_time_never_begins() throws Exception {
        try (var pool = new BoundedPool("patient", 1, 4);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var hold = new CountDownLatch(1);
            var begun = new CountDownLatch(1);
            var holding =
                    CompletableFuture.runAsync(
                            () ->
                                    pool.call(
                                            LONG,
                                            () -> {
                                                begun.countDown();
                                                hold.await();
                                                return true;
                                            }),
                            callers);
            begun.await();
            var never = new CountDownLatch(1);

            assertThatThrownBy(() ->
                            pool.call(
                                    Duration.ofMillis(20),
                                    () -> {
                                        never.countDown();
                                        return true;
                                    }))
                    .isInstanceOf(TooBusy.class);

            hold.countDown();
            holding.join();
            assertThat(pool.call(LONG, () -> "the last of the queue")).isNotEmpty();
            assertThat(never.getCount()).isEqualTo(1);
        }
    }

    @Test
    void work_that_goes_on_too_long_is_interrupted_and_its_caller_goes_on() {
        try (var pool = new BoundedPool("endless", 1, 1)) {
            var interrupted = new CompletableFuture<Boolean>();

            assertThatThrownBy(() ->
                            pool.call(
                                    Duration.ofMillis(200),
                                    () -> {
                                        try {
                                            new CountDownLatch(1).await();
                                        } catch (InterruptedException told) {
                                            interrupted.complete(true);
                                        }
                                        return true;
                                    }))
                    .isInstanceOf(BoundedPool.TookTooLong.class);

            assertThat(interrupted.join()).isTrue();
            assertThat(pool.call(LONG, () -> "free again")).isEqualTo("free again");
        }
    }
}
