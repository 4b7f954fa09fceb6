package shuqiao.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A letter of the queue, not written yet.
 *
 * @param receiver user name
 * @param fault why the last attempt failed; empty when none did
 */
record Mail(
        long id,
        String receiver,
        Wish.How kind,
        List<Long> notices,
        State state,
        int attempts,
        Instant nextAt,
        String fault,
        Instant madeAt,
        Optional<Instant> endedAt) {

    /** How far it came. */
    enum State {
        WAITING,
        SENT,
        /** Given up. */
        FAILED,
        /** Needed no more. */
        DROPPED
    }

    /** The word of ours that begins the fault; a page asks for it. */
    public String why() {
        var blank = fault.indexOf(' ');
        var word = blank < 0 ? fault : fault.substring(0, blank);
        return NotSent.Why.known(word) ? word : NotSent.Why.BROKE.name();
    }

    /** The number of the server's reply, or empty. */
    public String reply() {
        var blank = fault.indexOf(' ');
        return blank < 0 ? "" : fault.substring(blank + 1);
    }
}
