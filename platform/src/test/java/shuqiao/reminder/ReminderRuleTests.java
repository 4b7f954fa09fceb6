package shuqiao.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which reminder holds when so many working days are left. */
class ReminderRuleTests {

    private final ReminderRule rule = new ReminderRule(List.of(1, 3, 3), 2);

    @Test
    void the_last_time_that_has_come_holds() {
        assertThat(rule.before()).containsExactly(3, 1);
        assertThat(rule.stage(4)).isZero();
        assertThat(rule.stage(3)).isEqualTo(3);
        assertThat(rule.stage(2)).isEqualTo(3);
        assertThat(rule.stage(1)).isEqualTo(1);
    }

    @Test
    void without_times_nobody_is_reminded_before() {
        assertThat(new ReminderRule(List.of(), 2).stage(1)).isZero();
    }
}
