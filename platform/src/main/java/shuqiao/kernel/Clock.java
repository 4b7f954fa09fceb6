package shuqiao.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one place that asks the machine what time it is. Tests put another source in its place. */
@Configuration(proxyBeanMethods = false)
public class Clock {

    /** Working days, dates on pages and in documents: all are of this zone. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /**
     * A day as people and programs write it: {@code 2027-01-01}, of the years 1 to 9999, beyond
     * which neither a database nor a calendar follows.
     *
     * @throws DateTimeParseException it is none
     */
    public static LocalDate day(String text) {
        var day = LocalDate.parse(text);
        if (isFarAway(day.getYear())) throw new DateTimeParseException("far away", text, 0);
        return day;
    }

    /** Whether a year is outside of 1 to 9999. */
    public static boolean isFarAway(int year) {
        return year < 1 || year > 9999;
    }

    @Bean
    Told clock() {
        return new Told(InstantSource.system());
    }

    /**
     * The machine's clock, which is set back while the history of the demo city is acted out, so
     * that every act, deadline and receipt carries the time it is told for. It never shows a time
     * that is yet to come. Outside of that telling it shows the present.
     */
    public static final class Told implements InstantSource {

        private final InstantSource machine;
        private volatile Duration back = Duration.ZERO;

        Told(InstantSource machine) {
            this.machine = machine;
        }

        @Override
        public Instant instant() {
            return machine.instant().minus(back);
        }

        /** Tells on from this moment; a moment yet to come is the present. */
        public void tell(Instant moment) {
            var behind = Duration.between(moment, machine.instant());
            back = behind.isNegative() ? Duration.ZERO : behind;
        }

        /** The telling is over. */
        public void toPresent() {
            back = Duration.ZERO;
        }
    }
}
