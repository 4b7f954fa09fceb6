package shuqiao.kernel;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deadlines of a room that run, offered as a bean: people are reminded of them. */
@Offered(Offered.As.RULE)
public interface DueWork {

    /** What follows when nobody acted by the due date. */
    enum After {
        /** A duty: said on each working day, listed as late, told to the authority. */
        EACH_DAY,
        /** Care that others do not wait for by law: said on the first day and once a week. */
        EACH_WEEK,
        /** A right ran out: nothing is said any more. */
        NOTHING
    }

    /**
     * One deadline and whose hand it waits for.
     *
     * @param id of the deadline, the same as long as it runs: room, thing, which clock
     * @param what message key of what is to be done
     * @param title the thing, as its people call it
     * @param number its document number, or empty
     * @param organization credit code of who has to act; null for the authority
     * @param roles who of them
     * @param path where it is done
     * @param together path of a list that shows several of the kind; where it is not null, what the
     *     same people are to be told at one time is told in one sentence
     */
    record Due(
            String id,
            String what,
            String title,
            String number,
            @Nullable String organization,
            Set<Role> roles,
            String path,
            LocalDate due,
            boolean estimated,
            After after,
            @Nullable String together) {

        /** Whether being late is a failure that is listed and told to the authority. */
        public boolean duty() {
            return after == After.EACH_DAY;
        }
    }

    /**
     * Those due on this day or before, the earliest first; at most 5,000 where there are duties.
     */
    List<Due> dueBy(LocalDate last);

    /**
     * Of those, the duties: of one organization, or of all and the authority where it is null.
     * Asked by pages, so a room of many asks its table for those of the one alone.
     */
    default List<Due> duties(LocalDate last, @Nullable String organization) {
        if (!hasDuties()) return List.of();
        return duties(dueBy(last), organization);
    }

    /** Those of them that are duties, of one organization or of all where it is null. */
    static List<Due> duties(List<Due> all, @Nullable String organization) {
        return all.stream()
                .filter(Due::duty)
                .filter(it -> organization == null || organization.equals(it.organization()))
                .toList();
    }

    /** Whether duties are among them; where there are none, it is looked at less often. */
    default boolean hasDuties() {
        return true;
    }
}
