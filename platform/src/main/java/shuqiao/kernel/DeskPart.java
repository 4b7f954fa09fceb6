package shuqiao.kernel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A part of the desk (工作台) that a room draws itself, offered as a bean. */
@Offered(Offered.As.PART)
public interface DeskPart {

    /** The wide column under the to-dos, or the narrow one beside them. */
    enum Place {
        MAIN,
        RAIL
    }

    Place place();

    /** Template whose fragment {@code part} draws the content, which it finds as {@code part}. */
    String template();

    /** What is drawn, or null where this is no part of the actor's desk. */
    @Nullable Object of(Actor actor, Locale locale);
}
