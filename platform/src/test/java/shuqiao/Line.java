package shuqiao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A line to a server that breaks or stalls, once, after so many bytes of one direction. */
public final class Line implements AutoCloseable {

    public enum Way {
        TO_SERVER,
        TO_CLIENT
    }

    public enum How {
        /** Closed in order, as a server does that is stopped. */
        CUT,
        /** Reset, as a firewall does. */
        RESET,
        /** Held up, then it goes on. */
        STALL,
        /** Held up, then closed. */
        STALL_AND_CUT
    }

    /**
     * @param bytes how many still pass, of all connections together, since it was laid
     * @param pause of a stall
     */
    public record Fault(Way way, How how, long bytes, Duration pause) {}

    private final ServerSocket door;
    private final String host;
    private final int port;
    private final AtomicReference<Fault> laid = new AtomicReference<>();
    private final AtomicLong toServer = new AtomicLong();
    private final AtomicLong toClient = new AtomicLong();

    public Line(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("line").start(this::accept);
    }

    /** The port that stands for the server's. */
    public int port() {
        return door.getLocalPort();
    }

    /** From now on. */
    public void lay(Fault fault) {
        measure();
        laid.set(fault);
    }

    /** Counts from zero, in peace. */
    public void measure() {
        laid.set(null);
        toServer.set(0);
        toClient.set(0);
    }

    /** Bytes that came since. */
    public long passed(Way way) {
        return counter(way).get();
    }

    /** Takes back what was not met; false when it was. */
    public boolean takeBack() {
        return laid.getAndSet(null) != null;
    }

    private AtomicLong counter(Way way) {
        return way == Way.TO_SERVER ? toServer : toClient;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            var server = new Socket(host, port);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pass(client, server, Way.TO_SERVER));
            pass(server, client, Way.TO_CLIENT);
        } catch (IOException away) {
            close(client);
        }
    }

    private void pass(Socket from, Socket to, Way way) {
        var bytes = new byte[16 << 10];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (var count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                var before = counter(way).getAndAdd(count);
                var fault = laid.get();
                if (fault == null
                        || fault.way() != way
                        || before + count <= fault.bytes()
                        || !laid.compareAndSet(fault, null)) {
                    out.write(bytes, 0, count);
                    continue;
                }
                var still = (int) Math.max(0, fault.bytes() - before);
                out.write(bytes, 0, still);
                if (fault.how() == How.RESET) {
                    from.setSoLinger(true, 0);
                    to.setSoLinger(true, 0);
                }
                if (fault.how() == How.STALL || fault.how() == How.STALL_AND_CUT)
                    TimeUnit.NANOSECONDS.sleep(fault.pause().toNanos());
                if (fault.how() != How.STALL) return;
                out.write(bytes, still, count - still);
            }
        } catch (IOException broken) {
            // the other side has gone
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // closed is closed
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException gone) {
            // closed is closed
        }
    }
}
