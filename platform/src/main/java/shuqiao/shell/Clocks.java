package shuqiao.shell;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.WorkingDays;

/**
 * Draws statutory periods: ten ticks, one per working day. In pages {@code ${@clocks.chip(due,
 * estimated)}}, shown by {@code shell/parts :: clock}.
 */
@Component("clocks")
public class Clocks {

    private static final int TICKS = 10;
    private static final int OVERDUE_TICKS_MAX = 5;
    private static final int SOON = 3;

    /**
     * A clock as it is drawn.
     *
     * @param look class: plain, soon, today, late, stopped or answered
     * @param key message key of the words
     * @param days the number in the words
     * @param ticks class of each tick; none when there is nothing to count
     */
    public record Chip(String look, String key, int days, List<String> ticks, boolean estimated) {}

    private final WorkingDays days;

    Clocks(WorkingDays days) {
        this.days = days;
    }

    /** A running clock; null when none runs. */
    public @Nullable Chip chip(@Nullable LocalDate due, boolean estimated) {
        if (due == null) return null;
        var left = days.left(due);
        if (due.isBefore(days.today())) return late(-left, estimated);
        if (left == 0) return new Chip("today", "clock.today", 0, ticks(0), estimated);
        return new Chip(
                left <= SOON ? "soon" : "plain", "clock.left", left, ticks(left), estimated);
    }

    public Chip stopped() {
        return new Chip("stopped", "clock.stopped", 0, List.of(), false);
    }

    public Chip answered(int used) {
        return new Chip("answered", "clock.answered", used, List.of(), false);
    }

    private static Chip late(int by, boolean estimated) {
        var ticks = new ArrayList<String>();
        for (int i = 0; i < TICKS; i++) ticks.add("past");
        for (int i = 0; i < Math.min(by, OVERDUE_TICKS_MAX); i++) ticks.add("over");
        // past the last day, and no working day has gone since
        var key = by == 0 ? "clock.late-since" : "clock.late";
        return new Chip("late", key, by, ticks, estimated);
    }

    /** Passed ticks filled, today outlined, the rest pale. */
    private static List<String> ticks(int left) {
        var ticks = new ArrayList<String>();
        for (int i = 0; i < TICKS; i++) {
            var ahead = TICKS - 1 - i;
            ticks.add(ahead > left ? "past" : ahead == left ? "now" : "rest");
        }
        if (left >= TICKS) ticks.replaceAll(_ -> "rest");
        return ticks;
    }
}
