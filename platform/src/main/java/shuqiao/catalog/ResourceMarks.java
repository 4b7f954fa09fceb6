package shuqiao.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Offered;

/** Offered as a bean by a room above that marks resources, in a search and on their pages. */
@Offered(Offered.As.PART)
public interface ResourceMarks {

    /**
     * One mark.
     *
     * @param word in the reader's language
     * @param look of a state: waiting, failed, draft, running or empty for good
     * @param path where it is explained
     */
    record ResourceMark(String word, String look, String path) {}

    /** Those that have none may be left out. */
    Map<Long, List<ResourceMark>> of(Actor actor, Collection<Long> resources, Locale locale);
}
