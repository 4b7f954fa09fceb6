package shuqiao.outbound;

import java.util.List;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Offered;

/**
 * Offered as a bean by a room that keeps addresses and dials them, so that the system administrator
 * sees which of them lie outside of what is allowed, and decides.
 */
@Offered(Offered.As.RULE)
public interface KeptAddresses {

    /**
     * An address that is dialled.
     *
     * @param kind word of the room for what has it; its name stands under {@code kept.<kind>}
     * @param holder credit code, or {@link Networks#PLATFORM}
     * @param asBefore whether it was there before there was a policy, and goes on until somebody
     *     decides
     */
    record Kept(
            String kind,
            long id,
            String holder,
            String name,
            String host,
            int port,
            boolean asBefore) {}

    /** At most 1,000. */
    List<Kept> kept();

    /** It was decided: from now on the policy holds for it as for any other. */
    void settle(Actor by, String kind, long id);
}
