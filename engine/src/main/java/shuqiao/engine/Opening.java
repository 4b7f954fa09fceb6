package shuqiao.engine;

import java.io.IOException;
import java.util.Map;
import shuqiao.engine.WireFailure.DatabaseError;

/** From an endpoint to a session that waits for questions, or to why there is none. */
final class Opening {

    /** The oldest release of PostgreSQL that answers all that we ask. */
    private static final int MAJOR_MIN = 12;

    private Opening() {}

    /** For a few quick questions: each answer is waited for as long as the login's. */
    static WireConnection unwatched(Side side, Endpoint endpoint) {
        var ear = endpoint.sessions().begins(side, endpoint.applicationName());
        var login = new Login(side, endpoint);
        try {
            var connection = unwatched(side, endpoint, login);
            connection.heardBy(ear);
            ear.opened(connection.peer());
            return connection;
        } catch (RuntimeException | Error e) {
            ear.failed(login.dialled(), e);
            throw e;
        }
    }

    private static WireConnection unwatched(Side side, Endpoint endpoint, Login login) {
        var most = endpoint.limits().connectTimeout();
        try (var deadline = Deadline.of(most, login::abandon)) {
            try {
                return settled(side, endpoint, login);
            } catch (EngineFailure | IOException e) {
                if (deadline.passed()) throw login.failure(Reason.UNREACHABLE, late(deadline, e));
                if (e instanceof EngineFailure failure) throw failure;
                if (e instanceof StrangeAnswer strange) throw Failures.of(side, strange);
                throw login.failure(Reason.UNREACHABLE, e);
            }
        }
    }

    private static WireConnection settled(Side side, Endpoint endpoint, Login login)
            throws IOException {
        var connection = loggedIn(side, endpoint, login);
        try {
            requireYoungEnough(connection);
            if (connection.findPooler()) Pooler.requireSession(connection, endpoint);
            connection.settle();
            endpoint.gate().ifPresent(gate -> gate.accept(Database.identity(connection)));
            return connection;
        } catch (DatabaseError e) {
            connection.drop();
            throw login.refusal(e); // a lost database is told after the password was taken
        } catch (WireFailure e) {
            connection.drop();
            throw Failures.of(e);
        } catch (IOException | RuntimeException e) {
            connection.drop();
            throw e;
        }
    }

    /**
     * Before anything is asked: what is older lacks what we ask.
     *
     * @throws EngineFailure server-too-old
     */
    private static void requireYoungEnough(WireConnection connection) {
        var major = connection.serverMajor();
        if (major == 0 || major >= MAJOR_MIN) return;
        throw new EngineFailure(
                Reason.SERVER_TOO_OLD,
                Map.of(
                        "side", connection.side().key(),
                        "version", connection.serverVersion(),
                        "least", String.valueOf(MAJOR_MIN)));
    }

    private static WireConnection loggedIn(Side side, Endpoint endpoint, Login login)
            throws IOException {
        var socket = login.connect();
        try {
            var connection = new WireConnection(side, endpoint, socket, login.line());
            connection.logIn(login);
            return connection;
        } catch (DatabaseError e) {
            WireConnection.close(socket);
            throw login.refusal(e);
        } catch (IOException | RuntimeException e) {
            WireConnection.close(socket);
            throw e;
        }
    }

    /**
     * Without settings of ours and whatever stands between: to look who answers. It ends with the
     * time that a login may take.
     */
    static WireConnection bare(Side side, Endpoint endpoint) throws IOException {
        var ear = endpoint.sessions().begins(side, SessionWatch.LOOK);
        var login = new Login(side, endpoint);
        var life = Deadline.of(endpoint.limits().connectTimeout(), login::abandon);
        try {
            var connection = loggedIn(side, endpoint, login);
            connection.endsWith(life);
            connection.heardBy(ear);
            ear.opened(connection.peer());
            return connection;
        } catch (IOException | RuntimeException e) {
            life.close();
            ear.failed(login.dialled(), e);
            throw e;
        }
    }

    private static IOException late(Deadline deadline, Exception cause) {
        return new IOException("no login within " + deadline.most().toSeconds() + " s", cause);
    }
}
