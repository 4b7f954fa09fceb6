package shuqiao.sharing;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Offered;

/** Offered as a bean by a room that has something to say of grants, wherever they are shown. */
@Offered(Offered.As.PART)
public interface GrantRemarks {

    /**
     * What is to be said of one.
     *
     * @param word for a line of a list
     * @param sentences in full
     * @param path where it is looked at and answered
     * @param action word of the link
     */
    record Remark(String word, List<String> sentences, String path, String action) {}

    /** Grant to what is said of it; those of which nothing is said are left out. */
    Map<Long, Remark> of(Actor actor, Collection<Long> grants, Locale locale);
}
