package shuqiao.kernel;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a list: at most {@link #LIMIT_MAX} items, how many there are in all, and the cursor of
 * the next piece.
 */
public record Page<T>(List<T> items, long total, @Nullable String next) {

    public static final int LIMIT_DEFAULT = 20;
    public static final int LIMIT_MAX = 200;

    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<T, R> each) {
        return new Page<>(items.stream().map(each).toList(), total, next);
    }

    /** Which piece: how many at most, and after which item. */
    public record Request(int limit, long after) {

        /** Refuses a limit outside 1 to 200 and a cursor that this platform did not give. */
        public static Request of(@Nullable Integer limit, @Nullable String after) {
            var size = limit == null ? LIMIT_DEFAULT : limit;
            if (size < 1 || size > LIMIT_MAX)
                throw Invalid.field("limit", "range", java.util.Map.of("min", 1, "max", LIMIT_MAX));
            return new Request(size, after == null ? Long.MAX_VALUE : cursor(after));
        }

        /** Those that are given are never negative, and written in digits alone. */
        private static long cursor(String after) {
            try {
                var cursor = Long.parseLong(after);
                if (cursor >= 0) return cursor;
            } catch (NumberFormatException _) {
                // told below
            }
            throw Invalid.field("after", "cursor");
        }

        /**
         * Cuts a list that was read with one item more than the limit; all are counted only where
         * this piece does not hold them.
         */
        public <T> Page<T> page(List<T> rows, LongSupplier total, Function<T, Long> id) {
            var holdsAll = after == Long.MAX_VALUE && rows.size() <= limit;
            return page(rows, holdsAll ? rows.size() : total.getAsLong(), id);
        }

        /** Cuts a list that was read with one item more than the limit. */
        public <T> Page<T> page(List<T> rows, long total, Function<T, Long> id) {
            if (rows.size() <= limit) return new Page<>(rows, total, null);
            var cut = rows.subList(0, limit);
            return new Page<>(cut, total, String.valueOf(id.apply(cut.getLast())));
        }
    }
}
