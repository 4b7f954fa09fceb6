package shuqiao.kernel;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a room for the desk of somebody, offered as a bean. Each opens the list it counts, and
 * that list is as long as the number says.
 */
@Offered(Offered.As.LINES)
public interface Figures {

    /**
     * One number.
     *
     * @param word what is counted, in the reader's language
     * @param path of the list
     * @param look the colour of its meaning: good, part, wait (not yet settled, so neither good nor
     *     bad), bad, rest, or next for the next of the row
     */
    record Figure(String word, long number, String path, String look) {}

    /** How the numbers of a group are drawn beside their table. */
    enum Shape {
        /** They add up to the total: one bar in pieces. */
        PARTS,
        /** They are compared: a bar each, the longest first. */
        BARS
    }

    /** What to do while there is nothing to count; without a path it is only said. */
    record First(String word, @Nullable String path, String action) {}

    /**
     * Numbers that belong together, with their total.
     *
     * @param finding what they tell, as one sentence
     * @param beside numbers that are no part of the total
     * @param first shown in place of all while the total is 0
     */
    record Group(
            String title,
            String finding,
            long total,
            String path,
            Shape shape,
            List<Figure> figures,
            List<Figure> beside,
            First first) {

        public Group {
            if (shape == Shape.PARTS && figures.stream().mapToLong(Figure::number).sum() != total)
                throw new IllegalArgumentException("parts of %s are not %d".formatted(path, total));
        }
    }

    /** Empty where the room has nothing to tell this actor. */
    List<Group> of(Actor actor, Locale locale);
}
