package shuqiao.kit;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import shuqiao.kernel.WorkingDays;

/** By when a thing has to leave its state, where the declaration says so. */
@Component
class ClockKit {

    private final WorkingDays days;

    ClockKit(WorkingDays days) {
        this.days = days;
    }

    /**
     * With {@code due}, {@code estimated} and {@code workingDaysLeft}, where a move from its state
     * has a clock and the keeper says {@code since} when the thing is in it. Of several clocks the
     * first that runs out.
     */
    Keeper.Item timed(Register register, Keeper.Item item) {
        var transitions = register.transitions();
        if (transitions == null || !(item.values().get("since") instanceof Instant since))
            return item;
        return transitions.moves().stream()
                .filter(move -> move.from().contains(item.state()))
                .flatMap(move -> Stream.ofNullable(move.within()))
                .map(within -> days.current().due(since, within.workingDays()))
                .min(Comparator.comparing(due -> due.date()))
                .map(due ->
                        item.with("due", due.date().toString())
                                .with("estimated", due.estimated())
                                .with("workingDaysLeft", (long) days.left(due.date())))
                .orElse(item);
    }
}
