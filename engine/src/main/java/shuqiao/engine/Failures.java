package shuqiao.engine;

import java.util.HashMap;
import java.util.Locale;
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
                    case TARGET_READ_ONLY, SOURCE_WRITES -> Map.of("detail", detail);
                    case ROW_SECURITY -> Map.of("side", side, "table", named(detail));
                    case SESSION_LIMIT -> Map.of("side", side, "limit", limit(error.sqlState()));
                    case NULL_REFUSED, ROW_REFUSED -> about(error);
                    case STANDBY_CONFLICT -> Map.of("side", side);
                    case PERMISSION_DENIED, DISK_FULL, CONNECTION_CUT ->
                            Map.of("side", side, "detail", detail);
                    default -> Map.of("side", side, "sqlstate", error.sqlState(), "detail", detail);
                };
        return new EngineFailure(reason, arguments, error);
    }

    private static Map<String, String> about(DatabaseError error) {
        var about = new HashMap<String, String>();
        about.put("side", error.side().key());
        about.put("sqlstate", error.sqlState());
        about.put("detail", message(error));
        about.put("table", error.label());
        about.put("field", error.column());
        about.put("constraint", error.constraint());
        about.values().removeIf(String::isEmpty);
        return about;
    }

    private static Reason reason(DatabaseError error) {
        if (error.isAboutRowSecurity()) return Reason.ROW_SECURITY;
        if (error.isAboutTemporaryFiles()) return Reason.SESSION_LIMIT;
        if (isStandbyConflict(error)) return Reason.STANDBY_CONFLICT;
        if (error.sqlState().startsWith("08") && !error.isFatal() && isOfAnother(error.sqlState()))
            return Reason.FOREIGN_SERVER_AWAY;
        if (error.sqlState().equals("25006") && error.side() == Side.SOURCE)
            return Reason.SOURCE_WRITES;
        if (!error.sqlState().equals("57014")) return reason(error.sqlState());
        return switch (error.limit()) {
            case NONE -> Reason.STATEMENT_STOPPED;
            case ROLE -> Reason.SESSION_LIMIT;
            case OURS -> Reason.STATEMENT_TIMEOUT;
        };
    }

    /** Our own line is sound where a statement alone fails; 08P01 is a pooler's. */
    private static boolean isOfAnother(String sqlState) {
        return !sqlState.equals("08P01");
    }

    /**
     * A standby may not keep what its primary has removed; the routine's name is of its release.
     */
    private static boolean isStandbyConflict(DatabaseError error) {
        return (error.sqlState().equals("40001") || error.sqlState().equals("40P01"))
                && (error.routine().contains("Interrupt")
                        || error.routine().toLowerCase(Locale.ROOT).contains("recovery"));
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
            case "23502" -> Reason.NULL_REFUSED;
            case "40002" -> Reason.ROW_REFUSED;
            case "26000", "3F000", "42703", "42704", "42883", "42P01", "42P02" ->
                    Reason.NAME_NOT_FOUND;
            case "42701", "42710", "42723", "42P06", "42P07" -> Reason.DATABASE_ERROR;
            case "XX001", "XX002" -> Reason.SERVER_DAMAGED;
            default -> ofClass(sqlState.substring(0, 2));
        };
    }

    /** By the class of a SQLSTATE, as PostgreSQL's appendix A has them. */
    private static Reason ofClass(String sqlClass) {
        return switch (sqlClass) {
            case "08" -> Reason.CONNECTION_CUT;
            case "22" -> Reason.VALUE_REFUSED;
            case "23", "27", "44" -> Reason.ROW_REFUSED;
            case "09", "10", "20", "21", "24", "2F", "34", "38", "39", "42", "P0" ->
                    Reason.CODE_FAILED;
            case "0A" -> Reason.NOT_SUPPORTED;
            case "53" -> Reason.SERVER_FULL;
            case "54" -> Reason.SERVER_LIMIT;
            case "55" -> Reason.OBJECT_NOT_READY;
            case "58", "F0" -> Reason.SERVER_DAMAGED;
            case "HV" -> Reason.FOREIGN_SERVER_AWAY;
            default -> Reason.DATABASE_ERROR;
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
