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
    private static final String WEEKEND = "weekend";

    /**
     * A clock as it is drawn.
     *
     * @param look class: plain, soon, today, late, stopped or answered
     * @param key message key of the words
     * @param days the number in the words
     * @param ticks class of each tick; none when there is nothing to count
     */
    public record Chip(String look, String key, int days, List<String> ticks, boolean estimated) {}

    /** A ruler of more days than these could not be read. */
    private static final int RULER_MAX = 20;

    /**
     * One working day of a ruler.
     *
     * @param look classes: past, now, rest, due, over
     * @param gap name of the holiday before it, {@code weekend} for a plain one, or empty
     * @param madeUp a Saturday or Sunday that is worked (调休上班)
     */
    public record Day(LocalDate date, String look, String gap, boolean madeUp) {}

    /** A statutory period day by day; the day of receipt is not counted. */
    public record Ruler(LocalDate received, LocalDate due, List<Day> days) {}

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

    /** The working-day ruler (工作日尺) of one clock; null when nothing runs or it is too long. */
    public @Nullable Ruler ruler(@Nullable LocalDate received, @Nullable LocalDate due) {
        if (received == null || due == null || !due.isAfter(received)) return null;
        var calendar = days.current();
        var today = days.today();
        var last = due.isBefore(today) ? today : due;
        if (calendar.workingDaysBetween(received, last) > RULER_MAX) return null;
        var ruler = new ArrayList<Day>();
        var gap = "";
        for (var date = received.plusDays(1); !date.isAfter(last); date = date.plusDays(1)) {
            if (!calendar.isWorkingDay(date)) {
                if (gap.isEmpty() || gap.equals(WEEKEND))
                    gap = calendar.nameOf(date).orElse(WEEKEND);
                continue;
            }
            ruler.add(
                    new Day(
                            date,
                            look(date, due, today),
                            gap,
                            calendar.workedFor(date).isPresent()));
            gap = "";
        }
        return new Ruler(received, due, List.copyOf(ruler));
    }

    private static String look(LocalDate date, LocalDate due, LocalDate today) {
        var look =
                date.isAfter(due)
                        ? "over"
                        : date.isBefore(today) ? "past" : date.isAfter(today) ? "rest" : "";
        if (date.equals(due)) look = look.equals("rest") ? "due" : (look + " due").trim();
        return date.equals(today) ? (look + " now").trim() : look;
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
