package shuqiao.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.engine.embedded.Home;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.WorkingDays;

/**
 * The past of the whole city, told in the order of time: the clock is set to the moment of each
 * act, and the act goes through the doors. What is done stands in a file, so that a first start
 * that was killed goes on where it was.
 */
@Component
class Chronicle {

    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

    /** Something somebody did. */
    interface Act {
        void perform() throws Exception;
    }

    private record Entry(Instant at, String key, Act act) {}

    private final Path file;
    private final Clock.Told clock;
    private final InstantSource present;
    private final WorkingDays days;

    Chronicle(Home home, Clock.Told clock, InstantSource present, WorkingDays days) {
        this.file = home.keys().resolve("demo-story");
        this.clock = clock;
        this.present = present;
        this.days = days;
    }

    /** A telling of the past; the day of the first start stays the same over all tries. */
    Telling begin() throws IOException {
        clock.toPresent();
        if (!Files.exists(file))
            Files.writeString(file, present.instant() + "\n", StandardOpenOption.CREATE_NEW);
        var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return new Telling(
                Instant.parse(lines.getFirst()), new HashSet<>(lines.subList(1, lines.size())));
    }

    /** The present again, also after a failure: nobody may be left in the past. */
    void end() {
        clock.toPresent();
    }

    /** All is there and written down: nothing is ever told again. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    final class Telling {

        private final Instant now;
        private final Set<String> done;
        private final boolean again;
        private final List<Entry> entries = new ArrayList<>();

        private Telling(Instant now, Set<String> done) {
            this.now = now;
            this.done = done;
            this.again = !done.isEmpty();
        }

        LocalDate today() {
            return LocalDate.ofInstant(now, Clock.ZONE);
        }

        /** The time of day of the first start. */
        LocalTime time() {
            return LocalTime.ofInstant(now, Clock.ZONE);
        }

        /** The working day that is so many working days before the first start. */
        LocalDate workday(int ago) {
            var day = today();
            for (int left = ago; left > 0; ) {
                day = day.minusDays(1);
                if (days.isWorkingDay(day)) left--;
            }
            return day;
        }

        /** So many days before the first start, or the working day before that. */
        LocalDate day(int ago) {
            var day = today().minusDays(ago);
            while (!days.isWorkingDay(day)) day = day.minusDays(1);
            return day;
        }

        void on(LocalDate day, LocalTime time, String key, Act act) {
            var at = day.atTime(time).atZone(Clock.ZONE).toInstant();
            entries.add(new Entry(at.isAfter(now) ? now : at, key, act));
        }

        /** Acts all that was noted, the earliest first. */
        void perform() throws Exception {
            entries.sort(Comparator.comparing(Entry::at));
            var first = again;
            for (var entry : entries) {
                if (done.contains(entry.key())) continue;
                var shown = clock.instant();
                // never back behind what was told already; what takes long moves the rest
                if (first || entry.at().isAfter(shown) || entry == entries.getFirst())
                    clock.tell(entry.at());
                perform(entry, first);
                first = false;
            }
        }

        /** The first act after a kill may have been done just before it. */
        private void perform(Entry entry, boolean perhapsDone) throws Exception {
            try {
                entry.act().perform();
            } catch (Refusal refused) {
                if (!perhapsDone) throw refused;
                LOG.info("{} was done before: {}", entry.key(), refused.key());
            }
            Files.writeString(file, entry.key() + "\n", StandardOpenOption.APPEND);
        }
    }
}
