package shuqiao.kit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Role;

/**
 * The page of one thing, at its number below the list: its facts, what can be done with it and why
 * other things cannot, and what was done. Programs are told the same.
 *
 * @param by who may see it; empty for everybody signed in
 * @param title what kind of thing it is; its name stands behind it
 * @param facts told one below the other, as columns of a list are side by side
 */
public record Detail(
        List<Role> by, Words title, List<Listing.Column> facts, @Nullable Operation rest) {

    public Detail {
        by = by == null ? List.of() : List.copyOf(by);
        facts = List.copyOf(facts);
    }

    /** Under the title of this key. */
    public static Detail of(String key, Role... by) {
        return new Detail(List.of(by), Words.of(key), List.of(), null);
    }

    public Detail with(Listing.Column... all) {
        return new Detail(by, title, List.of(all), rest);
    }

    public Detail rest(String id, String summary) {
        var also = new Operation(Operation.Method.GET, null, id, summary);
        return new Detail(by, title, facts, also);
    }
}
