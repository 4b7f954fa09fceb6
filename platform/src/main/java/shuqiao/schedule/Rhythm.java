package shuqiao.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
     * Five fields as in crontab(5): minute, hour, day of month, month, day of week. Where both days
     * are restricted, either of them is enough. {@code L} is the last day of the month. What was
     * ordered with other words of Quartz before they were refused goes on.
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
            var from = after.atZone(Clock.ZONE);
            return parse(expression).stream()
                    .map(it -> it.next(from))
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .map(ZonedDateTime::toInstant);
        }

        @Override
        public String word() {
            return "CRON";
        }

        /** Throws IllegalArgumentException for what is no expression of five fields. */
        private static List<CronExpression> parse(String expression) {
            var fields = CronFields.split(expression);
            if (fields.size() != 5) throw new IllegalArgumentException("not five fields");
            if (!CronFields.isRestricted(fields.get(2)) || !CronFields.isRestricted(fields.get(4)))
                return List.of(parse(fields, fields.get(2), fields.get(4)));
            // our library wants both of them, crontab(5) one
            return List.of(parse(fields, fields.get(2), "*"), parse(fields, "*", fields.get(4)));
        }

        private static CronExpression parse(List<String> fields, String day, String weekday) {
            try {
                return CronExpression.parse(
                        "0 %s %s %s %s %s"
                                .formatted(
                                        fields.get(0), fields.get(1), day, fields.get(3), weekday));
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
