package shuqiao.notice;

/**
 * The server did not take a letter. Says why in a word of ours and the number of the server's
 * reply; its text may name people, so it is not kept.
 */
final class NotSent extends Exception {

    private final Why why;
    private final int reply;

    /** What went wrong, as far as it can be told apart. */
    enum Why {
        NOT_ALLOWED,
        UNKNOWN_HOST,
        NO_CONNECTION,
        TIMEOUT,
        NO_STARTTLS,
        TLS,
        LOGIN,
        SENDER,
        RECEIVER,
        /** It does not take the name by which we greet it. */
        NAME,
        REFUSED,
        /** The line broke off before the server said that it has the letter. */
        BROKEN_OFF,
        /** We could not write it ourselves. */
        BROKE;

        static boolean known(String word) {
            for (var it : values()) if (it.name().equals(word)) return true;
            return false;
        }
    }

    /** Mailbox full, which passes: RFC 5321 lets servers say it among what does not. */
    private static final int FULL = 552;

    NotSent(Why why, int reply) {
        super(reply > 0 ? why + " " + reply : why.name());
        this.why = why;
        this.reply = reply;
    }

    Why why() {
        return why;
    }

    /** Number of the server's reply, 0 when there was none. */
    int reply() {
        return reply;
    }

    /** Whether a later attempt cannot end otherwise: the address is no good. */
    boolean forGood() {
        return why == Why.RECEIVER && reply >= 500 && reply != FULL;
    }
}
