package shuqiao.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Clock;

/**
 * A day or a month by which a list of runs is narrowed to those under way in it.
 *
 * @param word as an address has it: 2026-11-22 or 2026-11
 * @param first its first day
 * @param next the day after its last
 */
record Period(String word, LocalDate first, LocalDate next) {

    private static final int MONTH = "2026-11".length();

    static Period day(LocalDate day) {
        return new Period(day.toString(), day, day.plusDays(1));
    }

    static Period month(YearMonth month) {
        return new Period(month.toString(), month.atDay(1), month.plusMonths(1).atDay(1));
    }

    /** Empty for what makes no sense: a link that was shortened still opens. */
    static Optional<Period> of(@Nullable String word, LocalDate today) {
        if (word == null) return Optional.empty();
        if (word.equals("today")) return Optional.of(day(today));
        try {
            return Optional.of(
                            word.length() == MONTH
                                    ? month(YearMonth.parse(word))
                                    : day(Clock.day(word)))
                    .filter(it -> it.first().getYear() >= 2000 && it.first().getYear() < 2200);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    public boolean day() {
        return word.length() != MONTH;
    }

    Instant start() {
        return first.atStartOfDay(Clock.ZONE).toInstant();
    }

    Instant end() {
        return next.atStartOfDay(Clock.ZONE).toInstant();
    }
}
