package shuqiao.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A pooler before a server, as pgbouncer is one: clients are let in without a password and told a
 * number of its own; sessions with the server are given out for a transaction or for a session.
 */
final class Poolers implements AutoCloseable {

    enum Mode {
        TRANSACTION,
        SESSION
    }

    private final ServerSocket door;
    private final Endpoint behind;
    private final Mode mode;
    private final Deque<Server> idle = new ArrayDeque<>();
    private final List<Socket> sockets = new ArrayList<>();

    /** A session with the server, logged in by our own client. */
    private record Server(Socket socket, DataInputStream in, DataOutputStream out) {}

    private record Message(int type, byte[] body) {}

    Poolers(Endpoint behind, Mode mode) throws IOException {
        this.behind = behind;
        this.mode = mode;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::open);
    }

    Endpoint endpoint() {
        return Endpoint.of(
                "jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(door.getLocalPort(), behind.address().database()),
                behind.user(),
                behind.password().reveal());
    }

    /** How many sessions with the server wait for the next client. */
    int idle() {
        synchronized (idle) {
            return idle.size();
        }
    }

    /** Asks over a pooled session, as a program of the department would. */
    String ask(String sql) throws IOException {
        var server = take();
        try {
            send(server.out, 'Q', text(sql));
            var answer = "";
            while (true) {
                var message = read(server.in);
                if (message.type == 'D')
                    answer =
                            new String(
                                    message.body,
                                    6,
                                    message.body.length - 6,
                                    StandardCharsets.UTF_8);
                if (message.type == 'Z') return answer;
            }
        } finally {
            give(server);
        }
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                synchronized (sockets) {
                    sockets.add(client);
                }
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        Server server = null;
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            var out = new DataOutputStream(client.getOutputStream());
            in.readFully(new byte[in.readInt() - 4]);
            send(out, 'R', new byte[4]);
            send(out, 'S', text("server_version\0" + "18.0"));
            send(out, 'K', new byte[] {0, 0, 0x7f, 0x7f, 0, 0, 0, 1});
            send(out, 'Z', new byte[] {'I'});
            while (true) {
                var asked = read(in);
                if (asked.type == 'X') break;
                if (server == null) server = take();
                send(server.out, asked.type, asked.body);
                if ("QScf".indexOf(asked.type) < 0) continue;
                if (answer(server, out) && mode == Mode.TRANSACTION) {
                    give(server);
                    server = null;
                }
            }
        } catch (IOException gone) {
            // so is what it was about
        }
        if (server == null) return;
        try {
            if (mode == Mode.SESSION) {
                send(server.out, 'Q', text("discard all"));
                answer(server, new DataOutputStream(java.io.OutputStream.nullOutputStream()));
            }
            give(server);
        } catch (IOException gone) {
            // it is not given out again
        }
    }

    /** Passes what the server says on; whether no transaction is open afterwards. */
    private static boolean answer(Server server, DataOutputStream out) throws IOException {
        while (true) {
            var message = read(server.in);
            send(out, message.type, message.body);
            if (message.type == 'G') return false; // now the client sends
            if (message.type == 'Z') return message.body[0] == 'I';
        }
    }

    private Server take() throws IOException {
        synchronized (idle) {
            if (!idle.isEmpty()) return idle.pop();
        }
        var login = new Login(Side.SOURCE, behind);
        var socket = login.connect();
        socket.setSoTimeout(30_000);
        synchronized (sockets) {
            sockets.add(socket);
        }
        var input = new WireInput(socket.getInputStream(), new LineWatch(null, behind));
        login.authenticate(input, socket.getOutputStream(), false);
        while (input.peek() != 'Z') input.body();
        input.body();
        return new Server(
                socket,
                new DataInputStream(socket.getInputStream()),
                new DataOutputStream(socket.getOutputStream()));
    }

    private void give(Server server) {
        synchronized (idle) {
            idle.push(server);
        }
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(DataOutputStream out, int type, byte[] body) throws IOException {
        var bytes = java.nio.ByteBuffer.allocate(5 + body.length);
        bytes.put((byte) type).putInt(4 + body.length).put(body);
        out.write(bytes.array());
        out.flush();
    }

    private static Message read(DataInputStream in) throws IOException {
        var type = in.read();
        if (type < 0) throw new EOFException();
        var body = new byte[in.readInt() - 4];
        in.readFully(body);
        return new Message(type, body);
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (sockets) {
            for (var socket : sockets) socket.close();
        }
    }
}
