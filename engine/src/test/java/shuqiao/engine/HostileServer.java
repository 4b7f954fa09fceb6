package shuqiao.engine;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks PostgreSQL's protocol by hand, so that it can say at each place what it
 * likes. Each connection is served by the same talk.
 */
final class HostileServer implements AutoCloseable {

    /** What a connection is told. */
    interface Talk {
        void with(Line line) throws IOException;
    }

    private static final int SSL_REQUEST = 80877103;
    private static final int CANCEL_REQUEST = 80877102;

    private final ServerSocket socket;
    private final Queue<Socket> lines = new ConcurrentLinkedQueue<>();

    /** Types of the messages that came, after the startup. */
    final Queue<Character> heard = new ConcurrentLinkedQueue<>();

    /** Statements that came. */
    final Queue<String> statements = new ConcurrentLinkedQueue<>();

    HostileServer(Talk talk) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("hostile").start(() -> accept(talk));
    }

    private void accept(Talk talk) {
        while (!socket.isClosed()) {
            try {
                var line = socket.accept();
                line.setTcpNoDelay(true);
                lines.add(line);
                Thread.ofPlatform().daemon().name("hostile line").start(() -> serve(line, talk));
            } catch (IOException over) {
                return;
            }
        }
    }

    private void serve(Socket socket, Talk talk) {
        try (socket) {
            var line = new Line(socket);
            if (line.startup()) talk.with(line);
        } catch (IOException | UncheckedIOException over) {
            // they hung up on us, as they should
        }
    }

    /** In the clear; one second to log in. */
    Endpoint endpoint() {
        var plain =
                Endpoint.of(
                        "jdbc:postgresql://127.0.0.1:%d/x".formatted(socket.getLocalPort()),
                        "reader",
                        "secret");
        var limits = plain.limits();
        return plain.withLimits(
                new Limits(
                        limits.maxConnections(),
                        limits.megabytesPerSecond(),
                        limits.statementTimeout(),
                        limits.lockTimeout(),
                        java.time.Duration.ofSeconds(1)));
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (var line : lines) line.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets anybody in, then answers each statement with rows. */
    static Talk answering(Function<String, List<List<@Nullable String>>> answers) {
        return line -> {
            line.letIn("18.6");
            line.settle();
            line.answer(answers);
        };
    }

    /** One connection, seen from the server. */
    final class Line {
        private final DataInputStream in;
        private final OutputStream out;
        byte[] body = new byte[0];

        private Line(Socket socket) throws IOException {
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        private boolean startup() throws IOException {
            while (true) {
                var rest = new byte[in.readInt() - 4];
                in.readFully(rest);
                var code = java.nio.ByteBuffer.wrap(rest).getInt();
                if (code == CANCEL_REQUEST) return false;
                if (code != SSL_REQUEST) return true;
                out.write('N');
            }
        }

        /** Type of the next message, whose body is kept. */
        char hear() throws IOException {
            var type = (char) in.readUnsignedByte();
            body = new byte[in.readInt() - 4];
            in.readFully(body);
            heard.add(type);
            return type;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        void say(int type, byte[] body) throws IOException {
            out.write(new Packet().message(type).data(body).end().toBytes());
        }

        void say(int type, String body) throws IOException {
            say(type, body.getBytes(StandardCharsets.UTF_8));
        }

        /** A message that claims a length. */
        void claim(int type, int length) throws IOException {
            out.write(new Packet().raw(type).number(length + 4).toBytes());
        }

        void ask(int kind, byte[] rest) throws IOException {
            out.write(new Packet().message('R').number(kind).data(rest).end().toBytes());
        }

        void ask(int kind, String rest) throws IOException {
            ask(kind, rest.getBytes(StandardCharsets.UTF_8));
        }

        void error(String state, String message) throws IOException {
            say('E', "SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0");
        }

        void letIn(String version) throws IOException {
            ask(0, "");
            say('S', "server_version\0" + version + "\0");
            out.write(new Packet().message('K').number(4711).number(42).end().toBytes());
            ready();
        }

        /** What every session asks and sets first: which process it has, its limits. */
        void settle() throws IOException {
            question();
            row(List.of("4711"));
            say('C', "SELECT 1\0");
            ready();
            hear();
            say('C', "SET\0");
            ready();
            question();
            row(Arrays.asList("0", "0", null, null));
            say('C', "SELECT 1\0");
            ready();
        }

        /** Up to the end of the next question. */
        void question() throws IOException {
            while (hear() != 'S') {
                // parse, bind, execute
            }
        }

        void ready() throws IOException {
            say('Z', "I");
        }

        void row(List<@Nullable String> values) throws IOException {
            var packet = new Packet().message('D').small(values.size());
            for (var value : values) {
                if (value == null) {
                    packet.number(-1);
                    continue;
                }
                var bytes = value.getBytes(StandardCharsets.UTF_8);
                packet.number(bytes.length).data(bytes);
            }
            out.write(packet.end().toBytes());
        }

        /** Says done to simple statements, rows to the others, an empty copy to a COPY. */
        void answer(Function<String, List<List<@Nullable String>>> answers) throws IOException {
            while (true) {
                var type = hear();
                if (type == 'X') return;
                if (type == 'Q') simple(text().replace("\0", ""));
                if (type == 'P') {
                    var sql = text().split("\0", 3)[1];
                    statements.add(sql);
                    for (var row : answers.apply(sql)) row(row);
                    say('C', "SELECT 1\0");
                }
                if (type == 'S') ready();
            }
        }

        private void simple(String sql) throws IOException {
            statements.add(sql);
            if (sql.startsWith("copy ")) {
                say('H', new byte[] {1, 0, 0});
                var signature = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
                say('d', new Packet().data(signature).number(0).number(0).toBytes());
                say('d', new byte[] {-1, -1});
                say('c', "");
                say('C', "COPY 0\0");
            } else {
                say('C', "SET\0");
            }
            ready();
        }

        /** Everything that comes, until they hang up. */
        void listen() throws IOException {
            try {
                while (true) hear();
            } catch (EOFException over) {
                // they did
            }
        }
    }
}
