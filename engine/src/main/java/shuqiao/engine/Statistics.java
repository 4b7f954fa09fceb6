package shuqiao.engine;

import java.time.Duration;

/**
 * Has the server measure a table that was delivered (ANALYZE), so that its first readers get good
 * plans. After the commit: the content is there meanwhile, and what the server cannot compute (an
 * index made of a function that finds nothing without a search path) undoes no delivery. If we die
 * first, the server's own turn of ANALYZE does it.
 */
final class Statistics {

    /**
     * A sample of 9,000 rows: the default's 30,000 cost up to a second of sorting Chinese text,
     * whatever the table's size.
     */
    private static final int TARGET = 30;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Statistics() {}

    static void renew(WireConnection session, String table) {
        try {
            session.patience(LONGEST);
            session.run(
                    "begin; set local statement_timeout = %d; set local default_statistics_target = %d"
                            .formatted(LONGEST.toMillis(), TARGET));
            session.runTheirs("analyze " + table);
            session.run("commit");
        } catch (WireFailure _) {
            // the delivery stands; the server measures in its own time
            CopyRun.rollBack(session);
        }
    }
}
