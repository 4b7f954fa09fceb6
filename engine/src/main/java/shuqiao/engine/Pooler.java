package shuqiao.engine;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether something stands between us and the server that gives each of our transactions
 * to another session of it. There, what one sets the next finds: our locks would be held by nobody,
 * and the department's programs would go on under our settings. Leaves nothing behind itself.
 */
final class Pooler {

    private static final String WHO = "select pg_catalog.pg_backend_pid()";
    private static final int LOOKS = 3;

    private Pooler() {}

    /** Whether the number that the login told is not that of the server's session. */
    static boolean stands(WireConnection session) {
        return who(session) != session.pid();
    }

    /**
     * Refuses a session that is not the same one from transaction to transaction: another one is
     * given to us, or ours to others while we are idle.
     *
     * @throws EngineFailure transaction-pooler
     */
    static void requireSession(WireConnection session, Endpoint endpoint) throws IOException {
        var ours = who(session);
        for (var look = 0; look < LOOKS; look++) {
            try (var other = Opening.bare(session.side(), endpoint)) {
                other.run("begin");
                var theirs = who(other);
                var again = who(session);
                other.run("rollback");
                if (theirs == ours || again != ours) throw refused(session, endpoint, null);
            } catch (WireFailure.DatabaseError e) {
                // a pooler of single statements does not even let one begin
                if (e.sqlState().equals("08P01")) throw refused(session, endpoint, e);
                throw e;
            }
        }
    }

    private static long who(WireConnection session) {
        return session.one(WHO).number(0);
    }

    private static EngineFailure refused(
            WireConnection session, Endpoint endpoint, @Nullable Exception cause) {
        return new EngineFailure(
                Reason.TRANSACTION_POOLER,
                Map.of(
                        "side", session.side().key(),
                        "host", endpoint.address().host(),
                        "port", String.valueOf(endpoint.address().port())),
                cause);
    }
}
