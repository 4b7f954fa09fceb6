package shuqiao.kernel;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells a failure that comes from the platform's own database being away, for seconds while it is
 * started again, from a bug. Nobody is to blame then, and the same call may go well a moment later.
 */
public final class Outage {

    private static final int DEPTH_MAX = 20;

    private Outage() {}

    /** Whether somewhere below this failure a connection could not be had or was cut. */
    public static boolean isBehind(Throwable failure) {
        var depth = 0;
        for (Throwable one = failure; one != null && depth < DEPTH_MAX; one = one.getCause()) {
            if (one instanceof SQLTransientConnectionException
                    || one instanceof SQLException sql && isCut(sql.getSQLState())) return true;
            // a rollback over a cut connection fails too, and hides what it was for
            if (one instanceof TransactionSystemException rollback
                    && rollback.getApplicationException() instanceof Exception first
                    && isBehind(first)) return true;
            depth++;
        }
        return false;
    }

    /** Connection exceptions; ended by the administrator, crashed, starting up; none left. */
    private static boolean isCut(@org.jspecify.annotations.Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.equals("57P01")
                        || state.equals("57P02")
                        || state.equals("57P03")
                        || state.equals("53300"));
    }
}
