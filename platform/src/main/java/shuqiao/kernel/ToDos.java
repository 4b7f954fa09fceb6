package shuqiao.kernel;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for one person, offered by a room as a bean and gathered by the front hall. */
@Offered(Offered.As.LINES)
public interface ToDos {

    /**
     * @param kind message key of the kind of work
     * @param title the thing, as its people call it
     * @param note department, purpose, number
     * @param path where it is done
     * @param due last day, or null when no clock runs
     * @param estimated whether the due date rests on a year without a published calendar
     */
    record ToDo(
            String kind,
            String title,
            String note,
            String path,
            @Nullable LocalDate due,
            boolean estimated) {}

    /** Of those without a clock, what is wrong (0) stands before what may be done (1). */
    default int order() {
        return 0;
    }

    /** At most 100, the most urgent first. */
    List<ToDo> of(Actor actor);
}
