package shuqiao.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.WireFailure.DatabaseError;

/** Reaches a server, protects the line and proves who we are. */
final class Login {

    private static final int PROTOCOL = 3 << 16;
    private static final int SSL_REQUEST = 80877103;

    /** A name may have many addresses; the time to connect is shared by those that are tried. */
    private static final int TRIED_MAX = 8;

    /** SCRAM, the longest way, has four. */
    private static final int MESSAGES_MAX = 8;

    private final Side side;
    private final Endpoint endpoint;
    private volatile Socket line = new Socket();
    private volatile boolean abandoned;
    private volatile @Nullable InetAddress dialled;
    private boolean passwordGiven;

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
                if (abandoned) throw new ConnectException("no time left");
                dialled = peer;
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

    /** The address that was tried last; null when none was. */
    @Nullable InetAddress dialled() {
        return dialled;
    }

    /** What is below the encryption: closing it ends every wait. */
    Socket line() {
        return line;
    }

    /** Ends every wait, and that another address is tried. */
    void abandon() {
        abandoned = true;
        shut(line);
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
            if (type != 'E' && type != 'v' && type != 'R') {
                if (messages == 0 && in.product().isPresent()) throw another(in.product().get());
                throw new IOException("not a PostgreSQL server");
            }
            var body = in.body();
            if (type == 'E') throw refusal(ErrorFields.parse(side, body));
            if (type == 'v')
                continue; // the server knows a younger minor version only; ours is the oldest
            var answer = authentication.answer(body);
            if (answer.isEmpty()) {
                passwordGiven = false; // it was taken
                return;
            }
            passwordGiven = authentication.hasGivenPassword();
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
            case "28P01" -> failure(Reason.PASSWORD_REFUSED, error);
            case "28000" -> notLetIn(error);
            case "3D000" ->
                    new EngineFailure(
                            Reason.DATABASE_GONE,
                            Map.of("side", side, "database", endpoint.address().database()),
                            error);
            case "57P01", "57P02", "57P03" -> failure(Reason.UNREACHABLE, error);
            default -> Failures.of(error);
        };
    }

    /**
     * Refused for another reason than the password, unless it was looked at before. The routine of
     * the server that says so is told by no message, and in no language.
     */
    private EngineFailure notLetIn(DatabaseError error) {
        var forbidden = error.routine().equals("InitializeSessionUserId");
        if (passwordGiven && !forbidden) return failure(Reason.PASSWORD_REFUSED, error);
        var reason =
                switch (error.routine()) {
                    case "InitializeSessionUserId" -> Reason.LOGIN_FORBIDDEN;
                    case "ClientAuthentication" -> byAddress();
                    case "auth_failed" -> Reason.LOGIN_NOT_BY_PASSWORD;
                    default ->
                            String.valueOf(error.getMessage()).contains("pg_hba.conf")
                                    ? byAddress()
                                    : Reason.LOGIN_REFUSED;
                };
        return new EngineFailure(
                reason,
                Map.of(
                        "side", side.key(),
                        "user", endpoint.user(),
                        "database", endpoint.address().database(),
                        "detail", String.valueOf(error.getMessage())),
                error);
    }

    private Reason byAddress() {
        return endpoint.tls().mode() == Tls.Mode.DISABLE
                ? Reason.LOGIN_NEEDS_TLS
                : Reason.LOGIN_NOT_LET_IN;
    }

    private EngineFailure another(String product) {
        var address = endpoint.address();
        return new EngineFailure(
                Reason.NOT_POSTGRESQL,
                Map.of(
                        "side", side.key(),
                        "host", address.host(),
                        "port", String.valueOf(address.port()),
                        "product", product));
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
