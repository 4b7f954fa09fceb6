package shuqiao.source;

import java.util.Optional;
import shuqiao.kernel.Offered;

/**
 * Offered as a bean by a room that works with sources, so that none is removed while it is needed,
 * and none moves under a delivery.
 */
@Offered(Offered.As.RULE)
public interface SourceUse {

    /** What uses the source, in words for people; asked inside the transaction that removes it. */
    Optional<String> usedBy(long source);

    /**
     * What is being delivered into the source, in words for people; asked inside the transaction
     * that gives it another address.
     */
    default Optional<String> beingFilledBy(long source) {
        return Optional.empty();
    }
}
