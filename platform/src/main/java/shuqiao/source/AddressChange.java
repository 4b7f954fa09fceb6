package shuqiao.source;

import java.time.Instant;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.Tls;
import shuqiao.kernel.Actor;

/**
 * A new address of a source that waits for a second person. Until then the present one is used.
 *
 * @param source as it is at present, name and department included
 * @param askedBy user name or client id of the steward
 */
public record AddressChange(
        long id,
        Source source,
        DatabaseAddress address,
        String username,
        Tls tls,
        String askedBy,
        String askedByName,
        Instant askedAt) {

    /** Whether the actor is the one who asked, or signs for that person. */
    boolean isOf(Actor actor) {
        return actor.subject().equals(askedBy) || actor.isHandOf(askedBy);
    }

    /** The source with this address. */
    Source applied() {
        return source.at(address, username, tls);
    }

    /** Whether it leads to another place, or by a line that is protected less or otherwise. */
    static boolean isNeeded(Source before, Source after) {
        return !before.canonicalAddress().equals(after.canonicalAddress())
                || after.tls().mode().compareTo(before.tls().mode()) < 0
                || !after.tls().caPem().equals(before.tls().caPem());
    }
}
