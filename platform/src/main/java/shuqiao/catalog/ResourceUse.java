package shuqiao.catalog;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import shuqiao.kernel.Offered;

/** Offered as a bean by a room that lets departments use resources, for the catalog to show who. */
@Offered(Offered.As.LINES)
public interface ResourceUse {

    /**
     * A department that may use the resource now.
     *
     * @param organization credit code
     * @param way how it gets the data, in the reader's language
     * @param items how many items it was given
     * @param until last day
     */
    record User(String organization, String way, int items, LocalDate until) {}

    /** Resource to how many departments use it; those that nobody uses may be left out. */
    Map<Long, Integer> users(Collection<Long> resources);

    /** How many departments may use the resource now or from a later day on. */
    int holders(long resource);

    List<User> users(long resource, Locale locale);

    /**
     * What one department holds.
     *
     * @param columns it was given
     * @param path where it is read
     */
    record Held(Set<String> columns, LocalDate from, LocalDate until, String path) {}

    /** What a department may use now or from a later day on, of each resource it has any of. */
    Map<Long, List<Held>> held(String organization, Collection<Long> resources);

    /** The most rows that were given to anybody at once; 0 where none were. */
    long rowsDelivered(long resource);
}
