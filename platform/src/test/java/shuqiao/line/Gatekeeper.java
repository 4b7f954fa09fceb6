package shuqiao.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes every connection in and says nothing, until it lets them through to a server. */
final class Gatekeeper implements AutoCloseable {

    private final ServerSocket door;
    private final int server;
    private final AtomicInteger came = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean silent = true;

    Gatekeeper(int server) {
        this.server = server;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    int came() {
        return came.get();
    }

    void letThrough() {
        silent = false;
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                came.incrementAndGet();
                open.add(client);
                if (!silent) through(client);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void through(Socket client) throws IOException {
        var other = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(other);
        Thread.ofVirtual().start(() -> pass(client, other));
        Thread.ofVirtual().start(() -> pass(other, client));
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // one side has gone
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (var one : open) one.close();
    }
}
