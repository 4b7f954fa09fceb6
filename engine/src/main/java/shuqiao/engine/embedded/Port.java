package shuqiao.engine.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The server's port: chosen once per home and kept in a file, changed only when somebody else has
 * taken it.
 */
record Port(int number, boolean changed) {

    static Port of(Path file, OptionalInt preferred) {
        var kept = read(file);
        if (kept.isPresent() && free(kept.getAsInt())) return new Port(kept.getAsInt(), false);
        if (kept.isEmpty() && preferred.isPresent() && free(preferred.getAsInt()))
            return write(file, preferred.getAsInt(), false);
        return write(file, any(), kept.isPresent());
    }

    /** A new one, after the kept one turned out to be taken. */
    static Port another(Path file) {
        return write(file, any(), true);
    }

    static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int any() {
        try (var socket =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new NotStarted("No free port on 127.0.0.1.", e);
        }
    }

    private static OptionalInt read(Path file) {
        try {
            var number = Integer.parseInt(Files.readString(file).strip());
            return number > 0 && number < 65536 ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (IOException | NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    private static Port write(Path file, int number, boolean changed) {
        try {
            Files.writeString(file, number + "\n");
            return new Port(number, changed);
        } catch (IOException e) {
            throw new HomeNotWritable(file, e);
        }
    }
}
