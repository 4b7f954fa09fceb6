package shuqiao.catalog;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Offered as a bean by a room that lets departments use resources, for the catalog to show who. */
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

    /** The most rows that were given to anybody at once; 0 where none were. */
    long rowsDelivered(long resource);
}
