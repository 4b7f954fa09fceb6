package shuqiao.kernel;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Work that comes in items, done one after the other when they are due. An item that breaks is
 * tried again after pauses, and dead after a number of attempts; meanwhile the others go on. So is
 * one of which {@link #turn} tells by {@link ItemBroke} that it broke. A platform may die over an
 * item, and the next begins it again: done twice must be as good as done once.
 */
@Offered(Offered.As.WORK)
public interface ItemWork extends Recurring {

    /**
     * Ten seconds, then twice as long each time, an hour at most: three and a half hours in all.
     */
    int ATTEMPTS = 12;

    /** Does the item; nothing where it needs no doing any more. */
    void work(WorkItem item);

    /** An operator forgets a dead item: what would bring it back is put right. */
    default void forgotten(String key) {}

    /** After so many the item is dead. */
    default int attempts() {
        return ATTEMPTS;
    }

    /** From an attempt that broke, counted from 1, to the next. */
    default Duration pause(int attempt) {
        return Setbacks.pause(attempt);
    }

    /** Beside the items; most have nothing. */
    @Override
    default boolean turn() {
        return false;
    }

    /** Work that needs no class of its own. */
    record Simple(String kind, Duration every, BooleanSupplier piece, Consumer<WorkItem> item)
            implements ItemWork {

        @Override
        public boolean turn() {
            return piece.getAsBoolean();
        }

        @Override
        public void work(WorkItem one) {
            item.accept(one);
        }
    }
}
