package shuqiao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A way to a server that can be shut: who comes then waits, and whoever shut it is told. */
final class Gate implements AutoCloseable {

    /** One time that the gate is shut. */
    final class Shut {
        private final CountDownLatch come = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        /** False when nobody came in this time. */
        boolean someoneWaits() throws InterruptedException {
            return come.await(20, TimeUnit.SECONDS);
        }

        void open() {
            shut = null;
            open.countDown();
        }
    }

    private final ServerSocket door;
    private final String host;
    private final int port;
    private final Set<Socket> passing = ConcurrentHashMap.newKeySet();
    private volatile Shut shut;

    Gate(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("gate").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on; sessions that somebody kept for the next question are cut. */
    Shut shut() {
        var made = new Shut();
        shut = made;
        passing.forEach(Gate::cut);
        return made;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                Thread.ofVirtual().start(() -> pass(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket client) {
        var waits = shut;
        try (client) {
            if (waits != null) {
                waits.come.countDown();
                waits.open.await();
            }
            try (var server = new Socket(host, port)) {
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                passing.add(client);
                var back = Thread.ofVirtual().start(() -> copy(server, client));
                copy(client, server);
                back.join();
            }
        } catch (IOException gone) {
            // one side has gone
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            passing.remove(client);
        }
    }

    private static void cut(Socket client) {
        try {
            client.close();
        } catch (IOException gone) {
            // cut is cut
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // the other side has gone
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
