package shuqiao.catalog;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.standard.WorkingDayCalendar;

/**
 * How far the data of a published resource keeps what its cycle promises.
 *
 * @param asOf the day up to which the provider said it is complete, else of the first publication
 * @param due last day on which newer data is in time
 * @param today the day on which this is said, Asia/Shanghai
 */
public record Freshness(UpdateCycle cycle, LocalDate asOf, LocalDate due, LocalDate today) {

    /** Empty where nothing is promised by a day: no cycle, as it comes, or read live. */
    public static Optional<Freshness> of(
            @Nullable UpdateCycle cycle,
            LocalDate asOf,
            LocalDate today,
            WorkingDayCalendar calendar) {
        return due(cycle, asOf, calendar).map(due -> new Freshness(cycle(cycle), asOf, due, today));
    }

    /**
     * A daily cycle means working days; the longer ones are counted by the calendar, and what is
     * complete to the end of a month is due at the end of one.
     */
    static Optional<LocalDate> due(
            @Nullable UpdateCycle cycle, LocalDate asOf, WorkingDayCalendar calendar) {
        return switch (cycle) {
            case null -> Optional.empty();
            case REALTIME, IRREGULAR -> Optional.empty();
            case DAILY -> Optional.of(calendar.due(asOf, 1).date());
            case WEEKLY -> Optional.of(asOf.plusWeeks(1));
            case MONTHLY -> Optional.of(after(asOf, 1));
            case QUARTERLY -> Optional.of(after(asOf, 3));
            case HALF_YEARLY -> Optional.of(after(asOf, 6));
            case YEARLY -> Optional.of(after(asOf, 12));
        };
    }

    public boolean overdue() {
        return today.isAfter(due);
    }

    /** Days after the due date, 0 while it is not over. */
    public long overdueDays() {
        return Math.max(0, ChronoUnit.DAYS.between(due, today));
    }

    private static LocalDate after(LocalDate day, int months) {
        var later = day.plusMonths(months);
        return day.equals(day.with(TemporalAdjusters.lastDayOfMonth()))
                ? later.with(TemporalAdjusters.lastDayOfMonth())
                : later;
    }

    private static UpdateCycle cycle(@Nullable UpdateCycle cycle) {
        return java.util.Objects.requireNonNull(cycle);
    }
}
