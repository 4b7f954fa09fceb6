package shuqiao.kernel;

import java.util.function.Consumer;

/**
 * Something that follows an act and is not part of its legal effect: a notice, a word in a search,
 * a score. It is put down in the act's transaction, told right after the commit in a transaction of
 * its own, and told again by whichever platform lives if that one dies or the telling breaks. So it
 * may find the world further on, and vetoes nothing.
 *
 * @param id room and matter, such as {@code sharing.request-sent}; never renamed, since tellings
 *     wait under it
 * @param of the event that causes it, or the message given to {@link Afterwards}: a record that
 *     JSON can keep
 */
public record Telling<T>(String id, Class<T> of, Consumer<T> tell) {

    private static final String ID = "[a-z]+\\.[a-z-]{1,60}";

    public Telling {
        if (!id.matches(ID)) throw new IllegalArgumentException("not an id of a telling: " + id);
    }
}
