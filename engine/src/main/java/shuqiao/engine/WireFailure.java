package shuqiao.engine;

import java.io.IOException;

/**
 * What the wire client throws inside the engine; {@link Failures} turns it into an {@link
 * EngineFailure}.
 */
abstract sealed class WireFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Side side;

    private WireFailure(Side side, String message) {
        super(message);
        this.side = side;
    }

    Side side() {
        return side;
    }

    /** The server said no. Only the primary message is kept: the detail may quote a row. */
    static final class DatabaseError extends WireFailure {
        private static final long serialVersionUID = 1L;
        private final String sqlState;

        DatabaseError(Side side, String sqlState, String message) {
            super(side, message);
            this.sqlState = sqlState;
        }

        String sqlState() {
            return sqlState;
        }
    }

    /** The line was cut, or the peer does not speak the protocol. */
    static final class Cut extends WireFailure {
        private static final long serialVersionUID = 1L;

        /** Seconds of silence after which we cut it; 0 when others did. */
        private final long silence;

        Cut(Side side, IOException cause, long silence) {
            super(side, String.valueOf(cause.getMessage()));
            initCause(cause);
            this.silence = silence;
        }

        long silence() {
            return silence;
        }
    }
}
