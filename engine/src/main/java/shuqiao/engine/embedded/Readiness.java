package shuqiao.engine.embedded;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Knocks at the server as a client does, until it asks for a password instead of saying that it is
 * starting up.
 */
final class Readiness {

    private static final int PROTOCOL_3 = 196608;

    private Readiness() {}

    /** Waits while the process lives; false when it ended or the time is over. */
    static boolean await(ProcessHandle process, int port, Duration patience)
            throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (asksForPassword(port)) return true;
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return false;
    }

    private static boolean asksForPassword(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            socket.setSoTimeout(5000);
            var body = new ByteArrayOutputStream();
            for (var word : new String[] {"user", Cluster.SUPERUSER, "database", "postgres", ""}) {
                body.write(word.getBytes(StandardCharsets.US_ASCII));
                body.write(0);
            }
            var out = new DataOutputStream(socket.getOutputStream());
            var packet = new ByteArrayOutputStream();
            var startup = new DataOutputStream(packet);
            startup.writeInt(8 + body.size());
            startup.writeInt(PROTOCOL_3);
            startup.write(body.toByteArray());
            out.write(packet.toByteArray());
            out.flush();
            return socket.getInputStream().read() == 'R';
        } catch (IOException _) {
            return false;
        }
    }
}
