package shuqiao.kernel;

import java.util.List;

/**
 * A short list that a room shows on the front page of somebody who is logged in, offered as a bean.
 */
public interface Panel {

    /**
     * One line of the list.
     *
     * @param title what it is
     * @param note one more fact, already in the reader's language
     * @param path where it opens
     */
    record Line(String title, String note, String path) {}

    /** Message key of the heading. */
    String titleKey();

    /** Where the whole list opens; it has as many rows as {@link #total} says. */
    String path();

    long total(Actor actor);

    /** The newest, at most 6; empty where the panel is not for this actor. */
    List<Line> lines(Actor actor, java.util.Locale locale);
}
