package shuqiao.engine;

import java.io.IOException;
import java.net.InetAddress;

/** Asks a server, over a second connection, to stop what a session does. */
final class CancelRequest {

    private static final int CODE = 80877102;

    private CancelRequest() {}

    /**
     * Never throws.
     *
     * @param peer the very server of the session, of several with one name
     */
    static void send(Side side, Endpoint endpoint, InetAddress peer, int pid, int key) {
        var login = new Login(side, endpoint);
        var most = endpoint.limits().connectTimeout();
        try (var _ = Deadline.of(most, login::abandon);
                var other = login.connect(peer)) {
            other.getOutputStream()
                    .write(
                            new Packet()
                                    .message(0)
                                    .number(CODE)
                                    .number(pid)
                                    .number(key)
                                    .end()
                                    .toBytes());
            other.shutdownOutput();
            while (other.getInputStream().read() >= 0) {
                // the server answers by closing
            }
        } catch (IOException | UnsupportedOperationException | EngineFailure _) {
            // the session is ended by abort() if this did not reach it
        }
    }
}
