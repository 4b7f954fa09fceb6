package shuqiao.kernel;

import java.util.Optional;

/** A card above a page that leads a newcomer on, offered by a room as a bean. */
@Offered(Offered.As.PART)
public interface Guide {

    /**
     * One stop. Words stand under {@code <key>} (its name) and {@code <key>.why} (what is to be
     * seen there).
     *
     * @param stop from 1
     * @param path where it is
     * @param here whether the reader is there
     */
    record Card(int stop, int stops, String key, String path, boolean here) {

        public boolean last() {
            return stop == stops;
        }
    }

    /** The card for this reader on this page; empty where nobody is to be led. */
    Optional<Card> card(Actor actor, String path);

    /** Whether this reader may begin once more. */
    boolean offered(Actor actor);
}
