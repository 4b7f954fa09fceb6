package shuqiao.catalog;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that facets count by, of every entry, column by column, the newest first; some 45 bytes each.
 * They never change: what was written since makes new ones.
 */
final class Columns {

    /** Facets whose value stands in a column of its own; the others follow from it and the day. */
    static final List<Facet> STORED =
            List.of(
                    Facet.STATE,
                    Facet.SHARING,
                    Facet.PROVIDER,
                    Facet.METHOD,
                    Facet.FORMAT,
                    Facet.CYCLE);

    private static final int NEVER = Integer.MIN_VALUE;
    private static final byte UNJUDGED = -1;

    /** What is shown: an actor sees one row of each resource, or none. */
    record View(@Nullable String me, boolean authority, boolean mine, LocalDate today) {}

    /**
     * A row as it is in the database.
     *
     * @param changedAt microseconds
     * @param values as in {@link #STORED}
     * @param due last day on which newer data is in time
     */
    record Row(
            long resource,
            boolean inside,
            long changedAt,
            List<Character> values,
            char node,
            @Nullable LocalDate due,
            @Nullable Integer score) {

        long key() {
            return Columns.key(resource, inside);
        }
    }

    private static final Comparator<Row> NEWEST =
            Comparator.comparingLong(Row::changedAt)
                    .thenComparingLong(Row::resource)
                    .reversed()
                    .thenComparing(Row::inside);

    private final Map<Facet, Codes> codes;
    private final Codes classCodes;
    private final long[] resource;
    private final boolean[] inside;
    private final long[] changedAt;
    private final char[][] values = new char[Facet.values().length][0];
    private final char[] node;
    private final int[] due;
    private final byte[] score;

    private Columns(Map<Facet, Codes> codes, Codes classCodes, int size) {
        this.codes = codes;
        this.classCodes = classCodes;
        resource = new long[size];
        inside = new boolean[size];
        changedAt = new long[size];
        for (var facet : STORED) values[facet.ordinal()] = new char[size];
        node = new char[size];
        due = new int[size];
        score = new byte[size];
    }

    /** Without a row. */
    static Columns empty() {
        var codes = new EnumMap<Facet, Codes>(Facet.class);
        for (var facet : Facet.values()) codes.put(facet, new Codes(facet.known()));
        return new Columns(codes, new Codes(List.of()), 0);
    }

    static long key(long resource, boolean inside) {
        return resource << 1 | (inside ? 1 : 0);
    }

    Codes codes(Facet facet) {
        var those = codes.get(facet);
        if (those == null) throw new IllegalArgumentException(facet.name());
        return those;
    }

    Codes classCodes() {
        return classCodes;
    }

    int size() {
        return resource.length;
    }

    /** These without the rows that are gone, and with those that were written. */
    Columns with(Set<Long> gone, List<Row> written) {
        var left = new HashSet<>(gone);
        written.forEach(row -> left.add(row.key()));
        var kept = 0;
        for (int row = 0; row < size(); row++)
            if (!left.contains(key(resource[row], inside[row]))) kept++;
        var next = new Columns(codes, classCodes, kept + written.size());
        var fresh = written.stream().sorted(NEWEST).iterator();
        @Nullable Row one = fresh.hasNext() ? fresh.next() : null;
        var at = 0;
        for (int row = 0; row < size(); row++) {
            if (left.contains(key(resource[row], inside[row]))) continue;
            while (one != null && isNewer(one, row)) {
                next.put(at++, one);
                one = fresh.hasNext() ? fresh.next() : null;
            }
            next.copy(at++, this, row);
        }
        while (one != null) {
            next.put(at++, one);
            one = fresh.hasNext() ? fresh.next() : null;
        }
        return next;
    }

    private boolean isNewer(Row one, int row) {
        return one.changedAt() != changedAt[row]
                ? one.changedAt() > changedAt[row]
                : one.resource() > resource[row];
    }

    private void put(int at, Row row) {
        resource[at] = row.resource();
        inside[at] = row.inside();
        changedAt[at] = row.changedAt();
        for (int i = 0; i < STORED.size(); i++)
            values[STORED.get(i).ordinal()][at] = row.values().get(i);
        node[at] = row.node();
        due[at] = row.due() == null ? NEVER : (int) row.due().toEpochDay();
        score[at] = row.score() == null ? UNJUDGED : row.score().byteValue();
    }

    private void copy(int at, Columns other, int row) {
        resource[at] = other.resource[row];
        inside[at] = other.inside[row];
        changedAt[at] = other.changedAt[row];
        for (var facet : STORED) values[facet.ordinal()][at] = other.values[facet.ordinal()][row];
        node[at] = other.node[row];
        due[at] = other.due[row];
        score[at] = other.score[row];
    }

    Tally tally(Map<Facet, Set<String>> chosen, @Nullable Collection<String> under) {
        return new Tally(codes, classCodes, chosen, under);
    }

    /**
     * Counts what the view shows, and gives the rows that meet all that is chosen, newest first.
     *
     * @param hits resources to look at; null for all
     */
    int[] count(View view, Tally tally, @Nullable Set<Long> hits) {
        var me = view.me() == null ? 0 : codes(Facet.PROVIDER).find(view.me());
        var providers = values[Facet.PROVIDER.ordinal()];
        var stages = values[Facet.STATE.ordinal()];
        var waits =
                codes(Facet.STATE)
                        .find(List.of(Stage.DEPARTMENT_APPROVED.name(), Stage.APPROVED.name()));
        var derived = new Derived(view.today());
        var one = new int[Facet.values().length];
        var found = new int[size()];
        var number = 0;
        for (int row = 0; row < found.length; row++) {
            var own = me > 0 && providers[row] == me;
            var within = own || (view.authority() && waits.get(stages[row]));
            if (view.mine() ? !(own && inside[row]) : inside[row] != within) continue;
            if (hits != null && !hits.contains(resource[row])) continue;
            for (int i = 0; i < one.length; i++)
                one[i] = values[i].length == 0 ? 0 : values[i][row];
            derived.add(one, row);
            if (tally.add(one, node[row])) found[number++] = row;
        }
        return Arrays.copyOf(found, number);
    }

    /**
     * What does not stand in a column: what others may know of a stage, what depends on the day.
     */
    private final class Derived {
        private final int published = codes(Facet.STATE).find(Stage.PUBLISHED.name());
        private final int current = codes(Facet.TIMELINESS).find(Timeliness.CURRENT.name());
        private final int overdue = codes(Facet.TIMELINESS).find(Timeliness.OVERDUE.name());
        private final int[] bands = new int[101];
        private final long today;

        Derived(LocalDate today) {
            this.today = today.toEpochDay();
            for (int value = 0; value < bands.length; value++)
                bands[value] = codes(Facet.QUALITY).find(Band.of(value).name());
        }

        void add(int[] one, int row) {
            if (!inside[row]) one[Facet.STATE.ordinal()] = published;
            one[Facet.TIMELINESS.ordinal()] =
                    due[row] == NEVER ? 0 : due[row] < today ? overdue : current;
            one[Facet.QUALITY.ordinal()] = score[row] == UNJUDGED ? 0 : bands[score[row]];
        }
    }

    long[] resources(int[] rows) {
        return Arrays.stream(rows).mapToLong(row -> resource[row]).toArray();
    }

    /** The best judged first; what nobody judged comes last. */
    int[] byScore(int[] rows) {
        return sorted(rows, row -> -score[row]);
    }

    /** The highest rank first. */
    int[] byRank(int[] rows, Map<Long, Integer> ranks) {
        return sorted(rows, row -> -ranks.getOrDefault(resource[row], 0));
    }

    /** Rows of one weight stay in their order, which is that of time. */
    private static int[] sorted(int[] rows, IntUnaryOperator weight) {
        return Arrays.stream(rows)
                .mapToLong(row -> ((long) weight.applyAsInt(row) << 32) | row)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
    }
}
