package shuqiao.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import shuqiao.engine.WireFailure.DatabaseError;

/** Reaches a server, protects the line and proves who we are. */
final class Login {

    private static final int PROTOCOL = 3 << 16;
    private static final int SSL_REQUEST = 80877103;

    /** A name may have many addresses; the time to connect is shared by those that are tried. */
    private static final int TRIED_MAX = 8;

    private final Side side;
    private final Endpoint endpoint;
    private Socket line = new Socket();

    Login(Side side, Endpoint endpoint) {
        this.side = side;
        this.endpoint = endpoint;
    }

    /**
     * A connected socket, encrypted where the endpoint asks for it. The name is resolved once; each
     * of its addresses that may be dialled is tried in turn, all together within the time to
     * connect.
     */
    Socket connect() {
        var address = endpoint.address();
        List<InetAddress> peers;
        try {
            peers = endpoint.addresses().reach(address.host(), address.port());
        } catch (UnknownHostException e) {
            throw failure(Reason.UNREACHABLE, new ConnectException("unknown host"));
        }
        if (peers.isEmpty())
            throw new EngineFailure(Reason.ADDRESS_NOT_ALLOWED, Map.of("side", side.key()));
        return connect(peers.size() > TRIED_MAX ? peers.subList(0, TRIED_MAX) : peers);
    }

    /** As {@link #connect()}, to the one server that an earlier session is with. */
    Socket connect(InetAddress peer) {
        return connect(List.of(peer));
    }

    private Socket connect(List<InetAddress> peers) {
        var patience = (int) endpoint.limits().connectTimeout().toMillis();
        IOException last = new ConnectException("unknown host");
        for (var peer : peers) {
            try {
                line = new Socket();
                reach(peer, Math.max(1, patience / peers.size()));
                line.setSoTimeout(patience);
                return endpoint.tls().mode() == Tls.Mode.DISABLE ? line : encrypted(line);
            } catch (SSLException e) {
                shut(line);
                throw failure(Reason.TLS_FAILED, e);
            } catch (IOException e) {
                shut(line);
                last = e;
            }
        }
        throw failure(Reason.UNREACHABLE, last);
    }

    private void reach(InetAddress peer, int patience) throws IOException {
        line.setTcpNoDelay(true);
        line.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (line.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            line.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 30);
            line.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 10);
            line.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
        }
        line.connect(new InetSocketAddress(peer, endpoint.address().port()), patience);
    }

    /** What is below the encryption: closing it ends every wait. */
    Socket line() {
        return line;
    }

    /** Sends the startup packet and answers the server's questions until it is content. */
    void authenticate(WireInput in, OutputStream out, boolean encrypted) throws IOException {
        out.write(
                new Packet()
                        .message(0)
                        .number(PROTOCOL)
                        .text("user")
                        .text(endpoint.user())
                        .text("database")
                        .text(endpoint.address().database())
                        .text("application_name")
                        .text(endpoint.applicationName())
                        .text("client_encoding")
                        .text("UTF8")
                        .raw(0)
                        .end()
                        .toBytes());
        var scram = new Scram(endpoint.password());
        while (true) {
            var type = in.peek();
            var body = in.body();
            if (type == 'E') throw refusal(ErrorFields.parse(side, body));
            if (type == 'v')
                continue; // the server knows a younger minor version only; ours is the oldest
            if (type != 'R') throw new IOException("not a PostgreSQL server");
            var question = java.nio.ByteBuffer.wrap(body).getInt();
            try {
                if (question == 0) return;
                out.write(answer(question, body, scram, encrypted));
            } catch (GeneralSecurityException e) {
                throw failure(Reason.PASSWORD_REFUSED, e);
            }
        }
    }

    private byte[] answer(int question, byte[] body, Scram scram, boolean encrypted)
            throws GeneralSecurityException, IOException {
        var rest = new String(body, 4, body.length - 4, StandardCharsets.UTF_8);
        return switch (question) {
            case 3 -> {
                if (!encrypted)
                    throw new IOException("the server asks for the password in the clear: use TLS");
                yield password(endpoint.password().reveal());
            }
            case 5 -> password(md5(java.util.Arrays.copyOfRange(body, 4, 8)));
            case 10 -> {
                if (!rest.contains("SCRAM-SHA-256\0"))
                    throw new IOException("no common way to log in: " + rest);
                var first = scram.first().getBytes(StandardCharsets.UTF_8);
                yield new Packet()
                        .message('p')
                        .text("SCRAM-SHA-256")
                        .number(first.length)
                        .data(first)
                        .end()
                        .toBytes();
            }
            case 11 -> {
                var last = scram.last(rest).getBytes(StandardCharsets.UTF_8);
                yield new Packet().message('p').data(last).end().toBytes();
            }
            case 12 -> {
                scram.verify(rest);
                yield new byte[0];
            }
            default -> throw new IOException("the server asks for authentication kind " + question);
        };
    }

    private static byte[] password(String word) {
        return new Packet().message('p').text(word).end().toBytes();
    }

    private String md5(byte[] salt) throws GeneralSecurityException {
        var hash = MessageDigest.getInstance("MD5");
        hash.update(endpoint.password().reveal().getBytes(StandardCharsets.UTF_8));
        hash.update(endpoint.user().getBytes(StandardCharsets.UTF_8));
        var inner = HexFormat.of().formatHex(hash.digest());
        hash.update(inner.getBytes(StandardCharsets.US_ASCII));
        hash.update(salt);
        return "md5" + HexFormat.of().formatHex(hash.digest());
    }

    private SSLSocket encrypted(Socket socket) throws IOException {
        socket.getOutputStream().write(new Packet().message(0).number(SSL_REQUEST).end().toBytes());
        if (socket.getInputStream().read() != 'S')
            throw new SSLException("the server does not offer TLS");
        return endpoint.tls().wrap(socket, endpoint.address().host(), endpoint.address().port());
    }

    EngineFailure refusal(DatabaseError error) {
        var side = this.side.key();
        return switch (error.sqlState()) {
            case "28P01", "28000" ->
                    new EngineFailure(
                            Reason.PASSWORD_REFUSED,
                            Map.of("side", side, "user", endpoint.user()),
                            error);
            case "3D000" ->
                    new EngineFailure(
                            Reason.DATABASE_GONE,
                            Map.of("side", side, "database", endpoint.address().database()),
                            error);
            case "57P01", "57P02", "57P03" -> failure(Reason.UNREACHABLE, error);
            default -> Failures.of(error);
        };
    }

    EngineFailure failure(Reason reason, Exception cause) {
        var address = endpoint.address();
        var arguments =
                reason == Reason.PASSWORD_REFUSED
                        ? Map.of("side", side.key(), "user", endpoint.user())
                        : Map.of(
                                "side", side.key(),
                                "host", address.host(),
                                "port", String.valueOf(address.port()),
                                "detail", String.valueOf(cause.getMessage()));
        return new EngineFailure(reason, arguments, cause);
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it was never usable
        }
    }
}
