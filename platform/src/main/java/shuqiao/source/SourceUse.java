package shuqiao.source;

import java.util.Optional;

/**
 * Offered as a bean by a room that works with sources, so that none is removed while it is needed.
 */
public interface SourceUse {

    /** What uses the source, in words for people; asked inside the transaction that removes it. */
    Optional<String> usedBy(long source);
}
