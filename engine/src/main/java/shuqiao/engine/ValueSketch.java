package shuqiao.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The smallest keyed hashes of the distinct values of a column: enough to estimate how much two
 * columns have in common, and no value can be read from it without the key.
 *
 * @param hashes first eight bytes of HMAC-SHA-256 as unsigned numbers, ascending, none twice
 * @param complete whether the column has no further values
 */
public record ValueSketch(List<Long> hashes, boolean complete) {

    /** How many are kept of a column: a standard error of at most 3.2 points of a hundred. */
    public static final int SIZE = 256;

    /** Of fewer values than this nothing is said. */
    public static final int COMPARED_MIN = 30;

    /** 95% of a normal distribution, both sides. */
    private static final double Z = 1.959964;

    public ValueSketch {
        hashes = List.copyOf(hashes);
    }

    /**
     * A share of values, estimated.
     *
     * @param compared distinct values that were looked at
     * @param shared of them, in both columns
     * @param low end of the interval that holds the truth in 95 of 100 cases
     * @param exact all values were looked at: the share is no estimate
     */
    public record Overlap(int compared, int shared, double low, double high, boolean exact) {

        /** From 0 to 1. */
        public double share() {
            return compared == 0 ? 0 : (double) shared / compared;
        }
    }

    /**
     * How many of all values of both columns stand in both (Jaccard). Of the two sketches, that
     * part is compared in which neither leaves a value out; it is a random sample of both together.
     * Empty where it is too small.
     */
    public Optional<Overlap> overlap(ValueSketch other) {
        var bound = bound(other);
        var mine = within(bound);
        var theirs = other.within(bound);
        var all = new HashSet<>(mine);
        all.addAll(theirs);
        mine.retainAll(theirs);
        return overlap(all.size(), mine.size(), complete && other.complete);
    }

    /** How many of this column's values the other one has too; empty where too few are known. */
    public Optional<Overlap> containedIn(ValueSketch other) {
        var bound = bound(other);
        var mine = within(bound);
        var all = mine.size();
        mine.retainAll(other.within(bound));
        return overlap(all, mine.size(), complete && other.complete);
    }

    private static Optional<Overlap> overlap(int compared, int shared, boolean exact) {
        if (compared < COMPARED_MIN) return Optional.empty();
        if (exact) {
            var share = (double) shared / compared;
            return Optional.of(new Overlap(compared, shared, share, share, true));
        }
        // Wilson's interval, which stays within 0 and 1
        double n = compared;
        var p = shared / n;
        var centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        var half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
        return Optional.of(
                new Overlap(
                        compared,
                        shared,
                        Math.max(0, centre - half),
                        Math.min(1, centre + half),
                        false));
    }

    /** Up to here both know all their values. */
    private long bound(ValueSketch other) {
        var mine = reach();
        var theirs = other.reach();
        return Long.compareUnsigned(mine, theirs) < 0 ? mine : theirs;
    }

    private long reach() {
        return complete || hashes.isEmpty() ? -1L : hashes.getLast();
    }

    private HashSet<Long> within(long bound) {
        var within = new HashSet<Long>();
        for (var hash : hashes) {
            if (Long.compareUnsigned(hash, bound) > 0) break;
            within.add(hash);
        }
        return within;
    }

    /**
     * Reads it at the database, in one statement; what comes over are hashes. Width of blanks at
     * the ends and case make no difference between values.
     */
    static ValueSketch read(
            WireConnection session, String schema, String table, String column, int size) {
        var name = PostgresDialect.quoted(column);
        var text = "upper(btrim(" + name + "::text))";
        var rows =
                session.query(
                        """
                        select encode(h, 'hex') from (
                            select distinct substr(sha256((select decode(current_setting('shuqiao.outer'), 'hex'))
                                || sha256((select decode(current_setting('shuqiao.inner'), 'hex'))
                                || convert_to(%s, 'UTF8'))), 1, 8) as h
                            from %s where %s <> '') d
                        order by h limit %d
                        """
                                .formatted(
                                        text,
                                        PostgresDialect.quoted(schema, table),
                                        text,
                                        size + 1));
        var hashes =
                rows.stream()
                        .limit(size)
                        .map(row -> Long.parseUnsignedLong(row.text(0), 16))
                        .toList();
        return new ValueSketch(hashes, rows.size() <= size);
    }
}
