package shuqiao.upkeep;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import shuqiao.catalog.DataUpdates;
import shuqiao.catalog.Facet;
import shuqiao.catalog.Timeliness;
import shuqiao.catalog.UpdateCycle;
import shuqiao.kernel.Clock;
import shuqiao.kernel.DueWork;
import shuqiao.kernel.Role;

/** Data that its cycle makes due: what falls due together is told together. */
@Component
record UpkeepDueWork(DataUpdates updates, InstantSource clock) implements DueWork {

    private static final int DUE_MAX = 50_000;
    private static final Set<Role> STEWARDS = EnumSet.of(Role.STEWARD);

    /** Too short to be reminded before each end. */
    private static final Set<UpdateCycle> SHORT = EnumSet.of(UpdateCycle.DAILY, UpdateCycle.WEEKLY);

    @Override
    public List<Due> dueBy(LocalDate last) {
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        return updates.due(last, null, DUE_MAX).stream()
                .filter(it -> !it.due().isAfter(today) || !SHORT.contains(it.cycle()))
                .map(it -> due(it, today))
                .toList();
    }

    @Override
    public boolean hasDuties() {
        return false;
    }

    private static Due due(DataUpdates.Due it, LocalDate today) {
        var narrower =
                it.due().isBefore(today)
                        ? Facet.TIMELINESS.parameter() + "=" + Timeliness.OVERDUE
                        : Facet.CYCLE.parameter() + "=" + it.cycle();
        return new Due(
                "upkeep/" + it.resource() + "/update",
                "due.upkeep.update",
                it.name(),
                "",
                it.provider(),
                STEWARDS,
                "/resources/" + it.resource(),
                it.due(),
                false,
                After.EACH_WEEK,
                "/resources?" + Facet.PROVIDER.parameter() + "=" + it.provider() + "&" + narrower);
    }
}
