package shuqiao.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import shuqiao.engine.WireFailure.DatabaseError;

/** Reaches a server, protects the line and proves who we are. */
final class Login {

    private static final int PROTOCOL = 3 << 16;
    private static final int SSL_REQUEST = 80877103;

    /** SCRAM, the longest way, has four. */
    private static final int MESSAGES_MAX = 8;

    private final Side side;
    private final Endpoint endpoint;
    private final Socket line = new Socket();

    Login(Side side, Endpoint endpoint) {
        this.side = side;
        this.endpoint = endpoint;
    }

    /** A connected socket, encrypted where the endpoint asks for it. */
    Socket connect() {
        var address = endpoint.address();
        var timeout = (int) endpoint.limits().connectTimeout().toMillis();
        var socket = line;
        try {
            socket.setTcpNoDelay(true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 30);
                socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 10);
                socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
            }
            var peer = new InetSocketAddress(address.host(), address.port());
            if (peer.isUnresolved()) throw new ConnectException("unknown host");
            socket.connect(peer, timeout);
            socket.setSoTimeout(timeout);
            return endpoint.tls().mode() == Tls.Mode.DISABLE ? socket : encrypted(socket);
        } catch (SSLException e) {
            shut(socket);
            throw failure(Reason.TLS_FAILED, e);
        } catch (IOException e) {
            shut(socket);
            throw failure(Reason.UNREACHABLE, e);
        }
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
        var authentication = new Authentication(side, endpoint, encrypted);
        for (var messages = 0; messages < MESSAGES_MAX; messages++) {
            var type = in.peek();
            if (type != 'E' && type != 'v' && type != 'R')
                throw new IOException("not a PostgreSQL server");
            var body = in.body();
            if (type == 'E') throw refusal(ErrorFields.parse(side, body));
            if (type == 'v')
                continue; // the server knows a younger minor version only; ours is the oldest
            var answer = authentication.answer(body);
            if (answer.isEmpty()) return;
            out.write(answer.get());
        }
        throw StrangeAnswer.of("more than " + MESSAGES_MAX + " login questions");
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
