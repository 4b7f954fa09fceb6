package shuqiao.engine;

import java.util.Map;
import shuqiao.engine.WireFailure.Cut;
import shuqiao.engine.WireFailure.DatabaseError;

/** From what a server or a socket said to a {@link Reason}. */
final class Failures {

    private Failures() {}

    static EngineFailure of(WireFailure failure) {
        return switch (failure) {
            case DatabaseError error -> of(error);
            case Cut cut when cut.silence() > 0 ->
                    new EngineFailure(
                            Reason.LINE_STALLED,
                            Map.of(
                                    "side",
                                    cut.side().key(),
                                    "seconds",
                                    String.valueOf(cut.silence())),
                            cut);
            case Cut cut ->
                    new EngineFailure(
                            Reason.CONNECTION_CUT,
                            Map.of("side", cut.side().key(), "detail", message(cut)),
                            cut);
        };
    }

    private static EngineFailure of(DatabaseError error) {
        var side = error.side().key();
        var detail = message(error);
        var reason = reason(error.sqlState());
        var arguments =
                switch (reason) {
                    case STATEMENT_TIMEOUT, TOO_MANY_CONNECTIONS, LOCK_NOT_OBTAINED ->
                            Map.of("side", side);
                    case TARGET_READ_ONLY -> Map.of("detail", detail);
                    case DATABASE_ERROR, TRY_AGAIN ->
                            Map.of("side", side, "sqlstate", error.sqlState(), "detail", detail);
                    default -> Map.of("side", side, "detail", detail);
                };
        return new EngineFailure(reason, arguments, error);
    }

    private static Reason reason(String sqlState) {
        return switch (sqlState) {
            case "57014" -> Reason.STATEMENT_TIMEOUT;
            case "53300" -> Reason.TOO_MANY_CONNECTIONS;
            case "55P03" -> Reason.LOCK_NOT_OBTAINED;
            case "25006" -> Reason.TARGET_READ_ONLY;
            case "53100" -> Reason.DISK_FULL;
            case "42501" -> Reason.PERMISSION_DENIED;
            case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04" -> Reason.CONNECTION_CUT;
            case "40001", "40P01", "53200", "55006" -> Reason.TRY_AGAIN;
            default -> sqlState.startsWith("08") ? Reason.CONNECTION_CUT : Reason.DATABASE_ERROR;
        };
    }

    private static String message(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
