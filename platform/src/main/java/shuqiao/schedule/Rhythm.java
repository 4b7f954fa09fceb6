package shuqiao.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;
import shuqiao.kernel.Clock;
import shuqiao.kernel.WorkingDays;

/** When a schedule has its turn; all times are of Asia/Shanghai. */
public sealed interface Rhythm {

    /** The first turn after an instant; empty when there is none by the clock. */
    Optional<Instant> next(Instant after, WorkingDays days);

    /** Its word in the API and the table. */
    String word();

    /** So many turns from an instant on. */
    default List<Instant> turns(Instant after, int count, WorkingDays days) {
        var turns = new ArrayList<Instant>();
        var at = Optional.of(after);
        while (turns.size() < count) {
            at = next(at.orElseThrow(), days);
            if (at.isEmpty()) break;
            turns.add(at.get());
        }
        return turns;
    }

    /**
     * Five fields as in crontab(5): minute, hour, day of month, month, day of week.
     *
     * @param expression as it was written
     */
    record Cron(String expression) implements Rhythm {

        static final int LENGTH_MAX = 100;

        public Cron {
            parse(expression);
        }

        @Override
        public Optional<Instant> next(Instant after, WorkingDays days) {
            return Optional.ofNullable(parse(expression).next(after.atZone(Clock.ZONE)))
                    .map(java.time.ZonedDateTime::toInstant);
        }

        @Override
        public String word() {
            return "CRON";
        }

        /** Throws IllegalArgumentException for what is no expression of five fields. */
        private static CronExpression parse(String expression) {
            if (expression.strip().split("\\s+").length != 5)
                throw new IllegalArgumentException("not five fields");
            try {
                return CronExpression.parse("0 " + expression.strip());
            } catch (DateTimeException odd) {
                throw new IllegalArgumentException(odd);
            }
        }
    }

    /** Every working day, made-up Saturdays and Sundays included, at a time of the day. */
    record OnWorkingDays(LocalTime at) implements Rhythm {

        /** No holiday of China is as long; a calendar with such a hole ends the search. */
        private static final int HOLIDAY_MAX = 60;

        @Override
        public Optional<Instant> next(Instant after, WorkingDays days) {
            var from = after.atZone(Clock.ZONE);
            var date =
                    from.toLocalTime().isBefore(at)
                            ? from.toLocalDate()
                            : from.toLocalDate().plusDays(1);
            for (var looked = 0; looked < HOLIDAY_MAX; looked++, date = date.plusDays(1))
                if (days.isWorkingDay(date))
                    return Optional.of(date.atTime(at).atZone(Clock.ZONE).toInstant());
            return Optional.empty();
        }

        @Override
        public String word() {
            return "WORKING_DAYS";
        }
    }

    /** Whenever the provider says that the data is new. */
    record AfterUpdate() implements Rhythm {

        @Override
        public Optional<Instant> next(Instant after, WorkingDays days) {
            return Optional.empty();
        }

        @Override
        public String word() {
            return "AFTER_UPDATE";
        }
    }
}
