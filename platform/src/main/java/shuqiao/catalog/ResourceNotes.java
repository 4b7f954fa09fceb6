package shuqiao.catalog;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Offered;

/** Offered as a bean by a room that has something to say at the head of a resource's pages. */
@Offered(Offered.As.PART)
public interface ResourceNotes {

    /**
     * One sentence, with where to go from it.
     *
     * @param look info, done, warning or wrong
     * @param word of the link
     */
    record Note(String look, String text, @Nullable String path, String word) {}

    List<Note> of(Actor actor, Sight resource, Locale locale);
}
