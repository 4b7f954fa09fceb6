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
        private final ErrorFields.About about;
        private StatementLimit limit = StatementLimit.NONE;

        DatabaseError(Side side, String sqlState, String message, ErrorFields.About about) {
            super(side, message);
            this.sqlState = sqlState;
            this.about = about;
        }

        String sqlState() {
            return sqlState;
        }

        /** The table it is about, without its schema; empty where it is about none. */
        String table() {
            return about.table();
        }

        /** The column it is about; empty where it is about none. */
        String column() {
            return about.column();
        }

        /** Table with its schema, for people; empty where it is about none. */
        String label() {
            return about.schema().isEmpty() || about.table().isEmpty()
                    ? about.table()
                    : about.schema() + "." + about.table();
        }

        /** The function of the server that said so: a word that no language changes. */
        String routine() {
            return about.routine();
        }

        /** Whether the session ended with it. */
        boolean isFatal() {
            return about.fatal();
        }

        /** The constraint it is about; empty where it is about none. */
        String constraint() {
            return about.constraint();
        }

        /**
         * @param statements what bounded the statements of the session
         */
        DatabaseError under(StatementLimit statements) {
            limit = statements;
            return this;
        }

        /** What bounded the statement that it is about. */
        StatementLimit limit() {
            return limit;
        }

        /** Whether there was no room for its sorting within what the DBA allows the role. */
        boolean isAboutTemporaryFiles() {
            return sqlState.equals("53400")
                    && String.valueOf(getMessage()).contains("temp_file_limit");
        }

        /** Whether the server refuses to answer because row security would hide rows. */
        boolean isAboutRowSecurity() {
            return sqlState.equals("42501") && routine().equals("check_enable_rls");
        }
    }

    /** It said what no PostgreSQL server says, or more than we read; the line is cut then. */
    static final class Strange extends WireFailure {
        private static final long serialVersionUID = 1L;
        private final StrangeAnswer answer;

        Strange(Side side, StrangeAnswer answer) {
            super(side, String.valueOf(answer.getMessage()));
            initCause(answer);
            this.answer = answer;
        }

        StrangeAnswer answer() {
            return answer;
        }
    }

    /** It did not end a question in the time that we give it. */
    static final class Slow extends WireFailure {
        private static final long serialVersionUID = 1L;
        private final long seconds;

        Slow(Side side, IOException cause, long seconds) {
            super(side, "no whole answer within " + seconds + " s");
            initCause(cause);
            this.seconds = seconds;
        }

        long seconds() {
            return seconds;
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
