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
        REFUSED
    }

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
        return why == Why.RECEIVER && reply >= 500;
    }
}
