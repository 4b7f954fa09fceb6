package shuqiao.sharing;

import java.util.Optional;

/**
 * Where a request comes from that was not written from nothing.
 *
 * @param grant the one it renews; empty for a copy
 * @param earlier the request it was made from
 */
public record Origin(long request, Kind kind, Optional<Long> grant, long earlier) {

    /** Why it was made. */
    public enum Kind {
        RENEWAL,
        COPY
    }
}
