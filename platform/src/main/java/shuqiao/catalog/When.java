package shuqiao.catalog;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Clock;
import shuqiao.kernel.WorkingDays;

/** Times as people read them: 今天 02:10, 昨天 16:42, 11-20, 2025-11-20. */
@Component
class When {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd");

    private final InstantSource clock;
    private final WorkingDays days;
    private final MessageSource messages;

    When(InstantSource clock, WorkingDays days, MessageSource messages) {
        this.clock = clock;
        this.days = days;
        this.messages = messages;
    }

    public String near(Instant at, Locale locale) {
        var then = at.atZone(Clock.ZONE);
        var today = clock.instant().atZone(Clock.ZONE).toLocalDate();
        if (then.toLocalDate().equals(today))
            return word("catalog.today", then.format(TIME), locale);
        if (then.toLocalDate().equals(today.minusDays(1)))
            return word("catalog.yesterday", then.format(TIME), locale);
        return then.getYear() == today.getYear() ? then.format(DAY) : then.toLocalDate().toString();
    }

    public String full(Instant at) {
        var then = at.atZone(Clock.ZONE);
        return then.toLocalDate() + " " + then.format(TIME);
    }

    public String time(Instant at) {
        return at.atZone(Clock.ZONE).format(TIME);
    }

    public String day(Instant at) {
        return at.atZone(Clock.ZONE).toLocalDate().toString();
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Clock.ZONE);
    }

    /**
     * Working days that a last day is over, as every clock counts them; negative on the day itself
     * and before, 0 when no working day has gone since.
     */
    public int workingDaysAfter(LocalDate last) {
        return last.isBefore(today()) ? Math.max(0, -days.left(last)) : -1;
    }

    private String word(String key, String fact, Locale locale) {
        return messages.getMessage(key, new Object[] {fact}, locale);
    }
}
