package shuqiao.upkeep;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.DataUpdates;
import shuqiao.kernel.Clock;

/**
 * Looks every few seconds whose turn it is. Each turn is taken by one platform only, however many
 * look, and is taken again when that one dies over it.
 */
@Component
class UpkeepClock implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepClock.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int PIECE = 500;

    private final LiveChecks checks;
    private final Endings endings;
    private final Reminders reminders;
    private final WatchTable watches;
    private final DataUpdates updates;
    private final Catalog catalog;
    private final InstantSource clock;
    private volatile boolean running;
    private volatile @Nullable Thread thread;
    private @Nullable LocalDate day;

    UpkeepClock(
            LiveChecks checks,
            Endings endings,
            Reminders reminders,
            WatchTable watches,
            DataUpdates updates,
            Catalog catalog,
            InstantSource clock) {
        this.checks = checks;
        this.endings = endings;
        this.reminders = reminders;
        this.watches = watches;
        this.updates = updates;
        this.catalog = catalog;
        this.clock = clock;
    }

    private void work() {
        while (running) {
            try {
                turn();
            } catch (RuntimeException failed) {
                if (!running) return;
                LOG.warn("a turn of the upkeep failed, trying again: {}", failed.toString());
            }
            try {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private void turn() {
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        if (!today.equals(day)) {
            daily();
            day = today;
        }
        while (running && endings.turn(today))
            ; // one transaction for each
        reminders.turn(today);
        while (running && checks.turn())
            ; // one look for each
    }

    /** What was published before this room was there, and what the calendar changed. */
    private void daily() {
        updates.recount();
        long last = 0;
        while (running) {
            var piece = catalog.valid(last, PIECE);
            if (piece.isEmpty()) return;
            piece.forEach(it -> watches.follow(it, clock.instant()));
            last = piece.getLast().id();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("upkeep clock").daemon().start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        var working = thread;
        if (working == null) return;
        working.interrupt();
        try {
            working.join(Duration.ofSeconds(2));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
