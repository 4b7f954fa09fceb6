package shuqiao.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import shuqiao.engine.WireFailure.Cut;
import shuqiao.engine.WireFailure.DatabaseError;
import shuqiao.engine.WireFailure.Slow;
import shuqiao.engine.WireFailure.Strange;

/** From what a server or a socket said to a {@link Reason}. */
final class Failures {

    private static final Pattern QUOTED = Pattern.compile("[\"«“](.+?)[\"»”]");

    private Failures() {}

    static EngineFailure of(WireFailure failure) {
        return switch (failure) {
            case DatabaseError error -> of(error);
            case Strange strange -> of(strange.side(), strange.answer());
            case Slow slow ->
                    new EngineFailure(
                            Reason.ANSWER_TOO_SLOW,
                            Map.of(
                                    "side",
                                    slow.side().key(),
                                    "seconds",
                                    String.valueOf(slow.seconds())),
                            slow);
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

    static EngineFailure of(Side side, StrangeAnswer answer) {
        var arguments = new HashMap<>(answer.arguments());
        arguments.put("side", side.key());
        return new EngineFailure(answer.reason(), arguments, answer);
    }

    private static EngineFailure of(DatabaseError error) {
        var side = error.side().key();
        var detail = message(error);
        var reason = reason(error);
        var arguments =
                switch (reason) {
                    case STATEMENT_TIMEOUT,
                            STATEMENT_STOPPED,
                            TOO_MANY_CONNECTIONS,
                            LOCK_NOT_OBTAINED ->
                            Map.of("side", side);
                    case TARGET_READ_ONLY -> Map.of("detail", detail);
                    case ROW_SECURITY -> Map.of("side", side, "table", named(detail));
                    case SESSION_LIMIT -> Map.of("side", side, "limit", limit(error.sqlState()));
                    case DATABASE_ERROR, TRY_AGAIN ->
                            Map.of("side", side, "sqlstate", error.sqlState(), "detail", detail);
                    default -> Map.of("side", side, "detail", detail);
                };
        return new EngineFailure(reason, arguments, error);
    }

    private static Reason reason(DatabaseError error) {
        if (error.isAboutRowSecurity()) return Reason.ROW_SECURITY;
        if (error.isAboutTemporaryFiles()) return Reason.SESSION_LIMIT;
        if (!error.sqlState().equals("57014")) return reason(error.sqlState());
        return switch (error.limit()) {
            case NONE -> Reason.STATEMENT_STOPPED;
            case ROLE -> Reason.SESSION_LIMIT;
            case OURS -> Reason.STATEMENT_TIMEOUT;
        };
    }

    private static Reason reason(String sqlState) {
        return switch (sqlState) {
            case "53300" -> Reason.TOO_MANY_CONNECTIONS;
            case "55P03" -> Reason.LOCK_NOT_OBTAINED;
            case "25006" -> Reason.TARGET_READ_ONLY;
            case "53100" -> Reason.DISK_FULL;
            case "42501" -> Reason.PERMISSION_DENIED;
            case "57P01", "57P02", "57P03" -> Reason.CONNECTION_CUT;
            case "25P03", "25P04", "57P05" -> Reason.SESSION_LIMIT;
            case "40001", "40P01", "53200", "55006" -> Reason.TRY_AGAIN;
            default -> sqlState.startsWith("08") ? Reason.CONNECTION_CUT : Reason.DATABASE_ERROR;
        };
    }

    /** The setting by which the department's administrator bounds a session. */
    private static String limit(String sqlState) {
        return switch (sqlState) {
            case "57014" -> "statement_timeout";
            case "53400" -> "temp_file_limit";
            case "25P04" -> "transaction_timeout";
            case "25P03" -> "idle_in_transaction_session_timeout";
            default -> "idle_session_timeout";
        };
    }

    /** What a message puts in quotes, in whatever language it is. */
    private static String named(String message) {
        var quoted = QUOTED.matcher(message);
        return quoted.find() ? quoted.group(1) : message;
    }

    private static String message(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
