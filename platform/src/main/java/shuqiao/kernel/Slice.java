package shuqiao.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a page from a list that is whole in memory and comes from elsewhere: another database, a
 * tree.
 */
public final class Slice {

    private Slice() {}

    /** The cursor is how many items were given before. */
    public static <T> Page<T> of(List<T> all, @Nullable Integer limit, @Nullable String after) {
        var request = Page.Request.of(limit, after == null ? "0" : after);
        if (request.after() < 0) throw Invalid.field("after", "cursor");
        var from = (int) Math.min(request.after(), all.size());
        var to = Math.min(from + request.limit(), all.size());
        return new Page<>(
                all.subList(from, to), all.size(), to < all.size() ? String.valueOf(to) : null);
    }
}
