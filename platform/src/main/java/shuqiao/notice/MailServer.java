package shuqiao.notice;

/**
 * The server that takes our mail.
 *
 * @param username empty when the server asks for none
 * @param password empty when the server asks for none
 * @param asBefore whether it was set before there was a policy of networks and goes on until
 *     somebody decides
 */
record MailServer(
        boolean enabled,
        String host,
        int port,
        Security security,
        String username,
        String password,
        String sender,
        boolean asBefore) {

    /** How the line is protected. */
    enum Security {
        /** Not at all: only within a machine room. */
        NONE,
        /** Begins open and must be protected before anything is said. */
        STARTTLS,
        /** Protected from the first byte. */
        TLS
    }

    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + " " + security + "]";
    }
}
