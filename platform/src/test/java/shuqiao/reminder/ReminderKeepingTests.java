package shuqiao.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.PlatformTest;

/** What was told long ago is forgotten, so that the list of it does not grow for ever. */
@PlatformTest
class ReminderKeepingTests {

    @Autowired JdbcClient db;
    @Autowired Reminders reminders;

    @Test
    void what_was_told_over_a_year_ago_is_forgotten_but_that_it_was_escalated() {
        told("old", 400, 400, "LATE_x");
        told("old", 400, 400, "ESCALATED");
        told("told anew", 400, 10, "LATE_x");
        told("due later", 100, 400, "BEFORE_3");

        while (reminders.forget(100) > 0)
            ;

        assertThat(
                        db.sql(
                                        """
                                        select deadline || ' ' || stage from reminder.told
                                        where deadline like 'keeping %' order by 1
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly(
                        "keeping due later BEFORE_3",
                        "keeping old ESCALATED",
                        "keeping told anew LATE_x");
    }

    private void told(String deadline, int dueDaysAgo, int toldDaysAgo, String stage) {
        db.sql(
                        """
                        insert into reminder.told (deadline, due, stage, told_at)
                        values (:deadline, current_date - :due, :stage, now() - make_interval(days => :told))
                        """)
                .param("deadline", "keeping " + deadline)
                .param("due", dueDaysAgo)
                .param("stage", stage)
                .param("told", toldDaysAgo)
                .update();
    }
}
