package shuqiao.kernel;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Work that is done again and again, by one platform at a time, whichever comes first. It begins
 * when the platform is open. A turn that breaks is tried again after pauses that grow up to an
 * hour, and the operators see why. What has to be done on each machine is a {@link Beat}.
 */
@Offered(Offered.As.WORK)
public interface Recurring {

    /**
     * What it is called in the table of due work and on the operators' page ({@code
     * work.kind.<kind>} of the room's words): small letters and hyphens, never renamed.
     */
    String kind();

    /** From the end of one turn to the beginning of the next. */
    Duration every();

    /** One piece of work; false when there is none left for now. */
    boolean turn();

    /** Work that needs no class of its own. */
    record Simple(String kind, Duration every, BooleanSupplier piece) implements Recurring {

        @Override
        public boolean turn() {
            return piece.getAsBoolean();
        }
    }
}
