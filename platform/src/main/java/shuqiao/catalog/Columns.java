package shuqiao.catalog;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that facets count by, of every entry, column by column, the newest first; some 45 bytes each,
 * and beside them the texts that are searched while these are few enough. They never change: what
 * was written since makes new ones.
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
     * @param text null where texts are not kept
     */
    record Row(
            long resource,
            boolean inside,
            long changedAt,
            List<Character> values,
            char node,
            @Nullable LocalDate due,
            @Nullable Integer score,
            @Nullable Text text) {

        long key() {
            return Columns.key(resource, inside);
        }
    }

    /** What is searched of a row, folded as {@link Words} are. */
    record Text(@Nullable String code, String name, String all, String department) {

        /** Bytes that it takes in memory, about; departments are shared. */
        long size() {
            return 160 + 2L * (name.length() + all.length());
        }
    }

    /** Which rows hold what is looked for, and how well. */
    interface Matches {
        boolean holds(int row);

        int rank(int row);
    }

    /** What all rows meet alike. */
    static final Matches EVERYTHING =
            new Matches() {
                @Override
                public boolean holds(int row) {
                    return true;
                }

                @Override
                public int rank(int row) {
                    return 0;
                }
            };

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
    private final @Nullable Text[] text;

    /** Bytes that texts may take; 0 where they are not kept. */
    private final long room;

    private Columns(Map<Facet, Codes> codes, Codes classCodes, int size, long room) {
        this.codes = codes;
        this.classCodes = classCodes;
        resource = new long[size];
        inside = new boolean[size];
        changedAt = new long[size];
        for (var facet : STORED) values[facet.ordinal()] = new char[size];
        node = new char[size];
        due = new int[size];
        score = new byte[size];
        text = new Text[size];
        this.room = room;
    }

    /**
     * Without a row.
     *
     * @param room bytes that texts may take; once they take more, none is kept any longer
     */
    static Columns empty(long room) {
        var codes = new EnumMap<Facet, Codes>(Facet.class);
        for (var facet : Facet.values()) codes.put(facet, new Codes(facet.known()));
        return new Columns(codes, new Codes(List.of()), 0, room);
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
        var next = new Columns(codes, classCodes, kept + written.size(), roomFor(written));
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

    private long roomFor(List<Row> written) {
        var size = textSize();
        for (var row : written) {
            if (row.text() == null) return 0;
            size += row.text().size();
        }
        return size > room ? 0 : room;
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
        text[at] = room == 0 ? null : row.text();
    }

    private void copy(int at, Columns other, int row) {
        resource[at] = other.resource[row];
        inside[at] = other.inside[row];
        changedAt[at] = other.changedAt[row];
        for (var facet : STORED) values[facet.ordinal()][at] = other.values[facet.ordinal()][row];
        node[at] = other.node[row];
        due[at] = other.due[row];
        score[at] = other.score[row];
        text[at] = room == 0 ? null : other.text[row];
    }

    /** Bytes that texts may take; 0 where they are not kept. */
    long room() {
        return room;
    }

    private long textSize() {
        return Arrays.stream(text).mapToLong(it -> it == null ? 0 : it.size()).sum();
    }

    /** Where the words are, by the texts, which must be kept. */
    Matches matches(Words words) {
        return new Matches() {
            @Override
            public boolean holds(int row) {
                var it = text(row);
                return words.within(it.all(), it.department());
            }

            @Override
            public int rank(int row) {
                return words.rank(text(row));
            }
        };
    }

    private Text text(int row) {
        return Objects.requireNonNull(text[row], "texts are not kept");
    }

    /** Those that somebody else has ranked, by resource. */
    Matches matches(Map<Long, Integer> ranks) {
        return new Matches() {
            @Override
            public boolean holds(int row) {
                return ranks.containsKey(resource[row]);
            }

            @Override
            public int rank(int row) {
                return ranks.getOrDefault(resource[row], 0);
            }
        };
    }

    Tally tally(Map<Facet, Set<String>> chosen, @Nullable Collection<String> under) {
        return new Tally(codes, classCodes, chosen, under);
    }

    /**
     * Counts what the view shows, and gives the rows that meet all that is chosen, newest first.
     *
     * @param matches which rows to look at
     */
    int[] count(View view, Tally tally, Matches matches) {
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
            if (!matches.holds(row)) continue;
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
    int[] byRank(int[] rows, Matches matches) {
        return sorted(rows, row -> -matches.rank(row));
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
