package shuqiao.engine;

import java.util.List;
import java.util.Map;

/**
 * Before the commit: the table holds what was sent. Rows are counted always, by the server's
 * building of the key or by a reading of their own; where something stands on the table that may
 * have changed or kept some, the rows themselves are compared, by an order-free digest. No code of
 * a department runs meanwhile.
 */
final class FinalCheck {

    private static final String THEIRS =
            "set local datestyle to default; set local intervalstyle to default; set local timezone to default; set local extra_float_digits to default; set local bytea_output to default";

    private FinalCheck() {}

    static long count(WireConnection target, String from) {
        return target.one("select count(*) from " + from).number(0);
    }

    /** A table on which nothing stands. */
    static void count(WireConnection target, String name, long sent) {
        var stored = count(target, name);
        if (stored != sent) throw mismatch(sent, stored);
    }

    /**
     * A table that stays.
     *
     * @param rows that it is to hold
     * @param staged expressions over the staging table {@code s}
     * @param stored the columns that hold them, of the table {@code t}
     * @param known restricts the table to the rows that were sent; empty for all
     */
    static void require(
            WireConnection target,
            Standing standing,
            Staging staging,
            long rows,
            List<String> staged,
            List<String> stored,
            String known) {
        var found = count(target, standing.name());
        if (found != rows) {
            if (!standing.bends()) throw mismatch(rows, found);
            throw standing.bent(String.valueOf(rows), String.valueOf(found));
        }
        if (!standing.bends()) return;
        target.run(TextForm.SETTINGS);
        var sent = TableDigest.compute(target, select(staged, staging.quoted() + " s", ""));
        var there =
                TableDigest.compute(
                        target,
                        select(
                                stored,
                                standing.name() + " t",
                                known.isEmpty()
                                        ? ""
                                        : "exists (select from %s s where %s)"
                                                .formatted(staging.quoted(), known)));
        target.run(THEIRS);
        if (!sent.equals(there))
            throw standing.bent(
                    sent.rows() + " " + sent.value(), there.rows() + " " + there.value());
    }

    private static String select(List<String> expressions, String from, String where) {
        var text = "select " + String.join(", ", expressions) + " from " + from;
        return where.isEmpty() ? text : text + " where " + where;
    }

    private static EngineFailure mismatch(long sent, long stored) {
        return new EngineFailure(
                Reason.ROW_COUNT_MISMATCH,
                Map.of(
                        "sent", String.valueOf(sent),
                        "source", String.valueOf(sent),
                        "target", String.valueOf(stored)));
    }
}
