package shuqiao.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import shuqiao.kernel.TooBusy;

/** Strangers use up their own tries, never those of the person whose name they use. */
class SignInThrottleTests {

    private static final SignInThrottle.Place STRANGER = place("203.0.113.9");
    private static final SignInThrottle.Place OFFICE = place("198.51.100.4");

    private Instant now = Instant.parse("2026-11-30T01:00:00Z");
    private final SignInThrottle throttle = new SignInThrottle(() -> now);

    private static SignInThrottle.Place place(String address) {
        return new SignInThrottle.Place(address, null);
    }

    private boolean wrong(String name, SignInThrottle.Place place) {
        var attempt = throttle.begin(name, place);
        return attempt != null && !attempt.judge(() -> false);
    }

    private boolean right(String name, SignInThrottle.Place place) {
        var attempt = throttle.begin(name, place);
        return attempt != null && attempt.judge(() -> true);
    }

    @Test
    void five_wrong_ones_use_up_a_place_and_no_other() {
        for (var i = 0; i < 5; i++) assertThat(wrong("secadmin", STRANGER)).isTrue();

        assertThat(right("secadmin", STRANGER)).isFalse();
        assertThat(right("secadmin", OFFICE)).isTrue();
        assertThat(right("sysadmin", STRANGER)).isTrue();
    }

    @Test
    void that_no_try_is_left_is_known_without_taking_one() {
        for (var i = 0; i < 4; i++) wrong("secadmin", STRANGER);
        assertThat(throttle.isSpent("secadmin", STRANGER)).isFalse();
        assertThat(throttle.isSpent("secadmin", STRANGER)).as("asked again").isFalse();
        var last = throttle.begin("secadmin", STRANGER);
        assertThat(throttle.isSpent("secadmin", STRANGER))
                .as("the fifth is being judged and may be right")
                .isFalse();

        assertThat(last).isNotNull();
        last.judge(() -> false);

        assertThat(throttle.isSpent("secadmin", STRANGER)).isTrue();
        assertThat(throttle.isSpent("secadmin", OFFICE)).isFalse();
    }

    @Test
    void the_window_slides() {
        for (var i = 0; i < 5; i++) {
            wrong("secadmin", STRANGER);
            now = now.plus(Duration.ofMinutes(1));
        }
        assertThat(right("secadmin", STRANGER)).isFalse();

        now = now.plus(Duration.ofMinutes(10));

        assertThat(wrong("secadmin", STRANGER)).as("the first one is out of the window").isTrue();
        assertThat(right("secadmin", STRANGER)).isFalse();
    }

    @Test
    void one_address_has_thirty_wrong_ones_a_minute_for_all_names() {
        for (var i = 0; i < 30; i++) assertThat(wrong("name" + i, STRANGER)).isTrue();

        assertThat(right("another", STRANGER)).isFalse();
        assertThat(right("another", OFFICE)).isTrue();
        now = now.plus(SignInThrottle.ADDRESS_WINDOW);
        assertThat(right("another", STRANGER)).isTrue();
    }

    @Test
    void many_addresses_close_a_name_to_strangers_only() {
        assertThat(right("secadmin", OFFICE)).isTrue();
        for (var i = 0; i < 50; i++)
            assertThat(wrong("secadmin", place("203.0.113." + i))).isTrue();

        assertThat(right("secadmin", place("203.0.113.99"))).isFalse();
        assertThat(throttle.closedUntil("secadmin")).isEqualTo(now.plus(Duration.ofHours(1)));
        assertThat(right("secadmin", OFFICE)).as("signed in from here lately").isTrue();
        assertThat(right("secadmin", new SignInThrottle.Place("203.0.113.99", "known")))
                .as("a device of the person")
                .isTrue();
    }

    @Test
    void a_known_device_has_tries_of_its_own_where_a_stranger_used_up_the_address() {
        for (var i = 0; i < 5; i++) wrong("secadmin", OFFICE);
        var device = new SignInThrottle.Place(OFFICE.address(), "mine");

        for (var i = 0; i < 4; i++) assertThat(wrong("secadmin", device)).isTrue();
        assertThat(right("secadmin", device)).isTrue();
        for (var i = 0; i < 5; i++) wrong("secadmin", device);
        assertThat(right("secadmin", device)).as("five of a device as well").isFalse();
    }

    @Test
    void a_right_one_gives_the_tries_of_its_place_back() {
        for (var i = 0; i < 4; i++) wrong("zhang", OFFICE);
        assertThat(right("zhang", OFFICE)).isTrue();

        for (var i = 0; i < 5; i++) assertThat(wrong("zhang", OFFICE)).isTrue();
    }

    @Test
    void many_at_a_time_get_no_more_wrong_ones_than_one_after_another() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = Collections.<Callable<Boolean>>nCopies(40, () -> wrong("zhang", OFFICE));

            assertThat(callers.invokeAll(calls).stream().filter(one -> one.resultNow())).hasSize(5);
        }
    }

    @Test
    void many_right_ones_at_a_time_are_all_let_in() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = Collections.<Callable<Boolean>>nCopies(40, () -> right("zhang", OFFICE));

            assertThat(callers.invokeAll(calls)).allMatch(Future::resultNow);
        }
    }

    @Test
    void a_try_that_could_not_be_judged_counts_not() {
        for (var i = 0; i < 20; i++)
            assertThatThrownBy(() ->
                            throttle.begin("zhang", OFFICE)
                                    .judge(() -> {
                                        throw new TooBusy();
                                    }))
                    .isInstanceOf(TooBusy.class);

        assertThat(right("zhang", OFFICE)).isTrue();
    }

    @Test
    void the_addresses_of_one_subscriber_are_one_place() {
        for (var i = 1; i <= 5; i++) wrong("zhang", place("2001:db8:1:2:0:0:0:" + i));

        assertThat(right("zhang", place("2001:db8:1:2:ffff:1:2:3"))).isFalse();
        assertThat(right("zhang", place("2001:db8:1:3:0:0:0:1"))).isTrue();
    }

    @Test
    void an_unlock_gives_all_tries_of_a_name_back() {
        for (var i = 0; i < 50; i++) wrong("secadmin", place("203.0.113." + i));
        for (var i = 0; i < 5; i++) wrong("sysadmin", OFFICE);

        throttle.forget("secadmin");

        assertThat(throttle.closedUntil("secadmin")).isNull();
        assertThat(right("secadmin", place("203.0.113.1"))).isTrue();
        assertThat(right("sysadmin", OFFICE)).as("another name").isFalse();
    }

    @Test
    void what_is_kept_is_bounded_whatever_strangers_send() {
        for (var i = 0; i < SignInThrottle.KEPT_MAX + 1_000; i++)
            wrong("name" + i, place("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256));

        assertThat(throttle.kept()).isEqualTo(SignInThrottle.KEPT_MAX);
    }
}
