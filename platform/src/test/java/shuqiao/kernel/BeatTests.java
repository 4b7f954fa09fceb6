package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A clock outlives whatever breaks in it. */
class BeatTests {

    private static final Duration QUICK = Duration.ofMillis(5);

    private static <T extends Beat> T begun(T beat) {
        beat.start();
        beat.on(new Opening("", Opening.City.NONE));
        return beat;
    }

    @Test
    void an_error_ends_no_clock() {
        var turns = new AtomicInteger();
        var clock =
                begun(
                        new Beat("memory", QUICK) {
                            @Override
                            protected boolean turn() {
                                if (turns.incrementAndGet() == 1)
                                    throw new OutOfMemoryError("test");
                                return false;
                            }
                        });

        await().until(() -> turns.get() == 1);
        assertThat(clock.isAlive()).isTrue();
        assertThat(clock.failing()).as("once is not again and again").isZero();
        clock.stop();
    }

    @Test
    void what_breaks_waits_twice_as_long_each_time_an_hour_at_most() {
        assertThat(List.of(1, 2, 3, 9, 10, 99).stream().map(Setbacks::pause))
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(2560),
                        Duration.ofHours(1),
                        Duration.ofHours(1));
    }

    @Test
    void health_tells_what_fails_again_and_again() {
        var setbacks = new Setbacks("test");
        var clock =
                new Ticking() {
                    boolean alive = true;

                    @Override
                    public String clockName() {
                        return "test";
                    }

                    @Override
                    public boolean isAlive() {
                        return alive;
                    }

                    @Override
                    public long failing() {
                        return setbacks.failing();
                    }
                };
        var health = new ClockHealth(List.of(clock));
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");

        for (var i = 0; i < 3; i++) setbacks.broke("item", new IllegalStateException("test"));
        assertThat(health.health().getStatus().getCode()).isEqualTo("FAILING");
        setbacks.went("item");
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");

        clock.alive = false;
        assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
    }
}
