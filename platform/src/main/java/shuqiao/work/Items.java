package shuqiao.work;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Outage;
import shuqiao.kernel.WorkItem;

/** Does the items of a kind, and says what becomes of those that break. */
@Component
class Items {

    private static final Logger LOG = LoggerFactory.getLogger(Items.class);
    private static final String DIED = "the platform ended while it was at it, each time";

    private final ItemTable table;
    private final InstantSource clock;

    Items(ItemTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * Does the item that has waited longest; false when none is due.
     *
     * @param goesOn false where the platform ends: what breaks then is nobody's fault
     */
    boolean one(ItemWork kind, BooleanSupplier goesOn) {
        var taken = table.take(kind.kind(), clock.instant()).orElse(null);
        if (taken == null) return false;
        if (taken.attempt() > kind.attempts()) {
            LOG.error("{} {} is dead: {}", kind.kind(), taken.key(), DIED);
            table.died(taken, DIED, clock.instant());
            return true;
        }
        try {
            kind.work(new WorkItem(taken.key(), taken.payload(), taken.attempt()));
        } catch (RuntimeException | Error broke) {
            if (!goesOn.getAsBoolean() || Outage.isBehind(broke)) {
                table.back(taken);
                throw broke;
            }
            broke(kind, taken, broke);
            return true;
        }
        table.done(taken);
        return true;
    }

    private void broke(ItemWork kind, ItemTable.Taken it, Throwable why) {
        var dead = it.attempt() >= kind.attempts();
        LOG.error(
                "{} {} broke, attempt {}{}",
                kind.kind(),
                it.key(),
                it.attempt(),
                dead ? ", dead" : ", next in " + kind.pause(it.attempt()),
                why);
        var cause = Cause.of(why);
        if (dead) table.died(it, cause, clock.instant());
        else table.broke(it, cause, clock.instant(), kind.pause(it.attempt()));
    }

    /**
     * Puts an item aside that broke where the kind looks for work by itself.
     *
     * @return false where it stood aside already: whoever looks must leave those out
     */
    boolean aside(ItemWork kind, Object item, Throwable why) {
        var key = String.valueOf(item);
        var pause = kind.pause(1);
        var now = clock.instant();
        LOG.error("{} {} broke, attempt 1, next in {}", kind.kind(), key, pause, why);
        return table.aside(kind.kind(), key, Cause.of(why), now, now.plus(pause));
    }
}
