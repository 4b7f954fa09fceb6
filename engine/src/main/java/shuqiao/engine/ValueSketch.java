package shuqiao.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The smallest hashes of the distinct values of a column, as its own server gives them. The hash
 * has no key, for a key told to a server is told to whoever runs it: who keeps a sketch hashes it
 * once more with a key of its own first.
 *
 * @param hashes first eight bytes of SHA-256 as unsigned numbers, ascending, none twice
 * @param complete whether the column has no further values
 */
public record ValueSketch(List<Long> hashes, boolean complete) {

    /** How many a server is asked for of a column. */
    public static final int SIZE = 3_000;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");

    public ValueSketch {
        hashes = List.copyOf(hashes);
    }

    /**
     * Reads it at the database, in one statement; what comes over are hashes. Width of blanks at
     * the ends and case make no difference between values. Empty where the server answers with
     * anything else.
     */
    static Optional<ValueSketch> read(
            WireConnection session, String schema, String table, String column, int size) {
        var name = PostgresDialect.quoted(column);
        var text = "upper(btrim(" + name + "::text))";
        var rows =
                session.query(
                        """
                        select encode(h, 'hex') from (
                            select distinct substr(sha256(convert_to('shuqiao/sketch/2:' || %s, 'UTF8')), 1, 8) as h
                            from %s where %s <> '') d
                        order by h limit %d
                        """
                                .formatted(
                                        text,
                                        PostgresDialect.quoted(schema, table),
                                        text,
                                        size + 1));
        return said(rows.stream().map(row -> row.find(0)).toList(), size);
    }

    /** What a server says may be anything. */
    static Optional<ValueSketch> said(List<Optional<String>> rows, int size) {
        if (rows.size() > size + 1) return Optional.empty();
        var hashes = new ArrayList<Long>();
        for (var row : rows) {
            var said = row.filter(it -> HASH.matcher(it).matches());
            if (said.isEmpty()) return Optional.empty();
            var hash = Long.parseUnsignedLong(said.get(), 16);
            if (!hashes.isEmpty() && Long.compareUnsigned(hashes.getLast(), hash) >= 0)
                return Optional.empty();
            hashes.add(hash);
        }
        return Optional.of(
                new ValueSketch(
                        hashes.subList(0, Math.min(size, hashes.size())), hashes.size() <= size));
    }
}
