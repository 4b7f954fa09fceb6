package shuqiao.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import shuqiao.kernel.Ticking;
import shuqiao.work.WorkSums.Sums;

/** Work as health and measurements look at it. */
@Configuration(proxyBeanMethods = false)
class WorkWatch {

    private static final Logger LOG = LoggerFactory.getLogger(WorkWatch.class);

    /** Due since longer, and begun by nobody. */
    static final Duration LATE = Duration.ofMinutes(5);

    /** Under way since longer. */
    static final Duration HUNG = Duration.ofHours(1);

    private static final Duration KEPT = Duration.ofSeconds(5);

    private final WorkSums table;
    private final InstantSource clock;
    private final Instant begun;
    private Sums last = new Sums(0, 0, 0, 0, 0);
    private Instant lastAt = Instant.EPOCH;

    WorkWatch(WorkSums table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
        this.begun = clock.instant();
    }

    Sums sums() {
        var now = clock.instant();
        var late = now.minus(LATE);
        // what became due while no platform ran is no fault of this one
        return table.sums(now, late.isBefore(begun) ? Instant.EPOCH : late, now.minus(HUNG));
    }

    /**
     * Of a few seconds ago, so that a scrape or a look at health asks once; the last known where
     * the database is away, which is told by others.
     */
    private synchronized Sums recent() {
        var now = clock.instant();
        if (lastAt.plus(KEPT).isAfter(now)) return last;
        lastAt = now;
        try {
            last = sums();
        } catch (DataAccessException away) {
            LOG.debug("work was not counted: {}", away.toString());
        }
        return last;
    }

    @Bean
    Ticking failingWork() {
        return watched("failing work", Sums::failing);
    }

    @Bean
    Ticking deadWork() {
        return watched("dead work", Sums::dead);
    }

    @Bean
    Ticking overdueWork() {
        return watched("overdue work", Sums::overdue);
    }

    private Ticking watched(String name, ToLongFunction<Sums> sum) {
        return new Ticking() {
            @Override
            public String clockName() {
                return name;
            }

            @Override
            public boolean isAlive() {
                return true;
            }

            @Override
            public long failing() {
                return sum.applyAsLong(recent());
            }
        };
    }

    @Bean
    MeterBinder workMeters() {
        return meters -> {
            gauge(meters, "shuqiao.work.waiting", "items that wait", Sums::waiting);
            gauge(meters, "shuqiao.work.dead", "items that are not tried any more", Sums::dead);
            gauge(meters, "shuqiao.work.failing", "kinds that fail in a row", Sums::failing);
            gauge(meters, "shuqiao.work.overdue", "late or under way too long", Sums::overdue);
            gauge(meters, "shuqiao.work.oldest.due", "since when, in seconds", Sums::oldest);
        };
    }

    private void gauge(MeterRegistry meters, String name, String what, ToDoubleFunction<Sums> sum) {
        Gauge.builder(name, this, it -> sum.applyAsDouble(it.recent()))
                .description(what)
                .register(meters);
    }
}
