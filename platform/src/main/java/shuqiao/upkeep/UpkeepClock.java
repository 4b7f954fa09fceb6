package shuqiao.upkeep;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.DataUpdates;
import shuqiao.catalog.PublishedResource;
import shuqiao.kernel.Beat;
import shuqiao.kernel.Clock;

/**
 * Looks every few seconds whose turn it is. Each turn is taken by one platform only, however many
 * look, and is taken again when that one dies over it.
 */
@Component
class UpkeepClock extends Beat {

    private static final int PIECE = 500;

    private final LiveChecks checks;
    private final Endings endings;
    private final WatchTable watches;
    private final DataUpdates updates;
    private final Catalog catalog;
    private final InstantSource clock;
    private @Nullable LocalDate day;

    UpkeepClock(
            LiveChecks checks,
            Endings endings,
            WatchTable watches,
            DataUpdates updates,
            Catalog catalog,
            InstantSource clock) {
        super("upkeep clock", Duration.ofSeconds(5));
        this.checks = checks;
        this.endings = endings;
        this.watches = watches;
        this.updates = updates;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Endings, checks and the daily look are nothing to each other: none waits for another's fault.
     */
    @Override
    protected boolean turn() {
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        if (!today.equals(day))
            apart(
                    "daily",
                    () -> {
                        daily();
                        day = today;
                        return false;
                    });
        if (apart("endings", () -> endings.turn(today, setbacks().waiting(Long.class))))
            return true;
        return apart("checks", checks::turn);
    }

    /** What was published before this room was there, and what the calendar changed. */
    private void daily() {
        updates.recount();
        long last = 0;
        while (isRunning()) {
            var piece = catalog.valid(last, PIECE);
            if (piece.isEmpty()) return;
            var followed = watches.versions(piece.stream().map(PublishedResource::id).toList());
            for (var it : piece)
                if (!Objects.equals(followed.get(it.id()), it.version()))
                    watches.follow(it, clock.instant());
            last = piece.getLast().id();
        }
    }
}
