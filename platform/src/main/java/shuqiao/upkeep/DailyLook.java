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
import shuqiao.kernel.Clock;
import shuqiao.kernel.Recurring;

/** Once a day: what was published before this room was there, and what the calendar changed. */
@Component
class DailyLook implements Recurring {

    private static final int PIECE = 500;

    private final WatchTable watches;
    private final DataUpdates updates;
    private final Catalog catalog;
    private final InstantSource clock;

    /** What this platform has done; another one does it again, which is as good. */
    private volatile @Nullable LocalDate day;

    private long last;

    DailyLook(WatchTable watches, DataUpdates updates, Catalog catalog, InstantSource clock) {
        this.watches = watches;
        this.updates = updates;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "upkeep-daily";
    }

    /** The day is seen to change within a minute. */
    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean turn() {
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        if (today.equals(day)) return false;
        if (last == 0) updates.recount();
        var piece = catalog.valid(last, PIECE);
        if (piece.isEmpty()) {
            last = 0;
            day = today;
            return false;
        }
        var followed = watches.versions(piece.stream().map(PublishedResource::id).toList());
        for (var it : piece)
            if (!Objects.equals(followed.get(it.id()), it.version()))
                watches.follow(it, clock.instant());
        last = piece.getLast().id();
        return true;
    }
}
