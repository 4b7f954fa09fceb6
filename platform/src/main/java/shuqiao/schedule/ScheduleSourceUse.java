package shuqiao.schedule;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import shuqiao.sharing.GrantTargets;
import shuqiao.source.SourceUse;

/** Keeps connections into which a schedule that has not ended delivers. */
@Component
class ScheduleSourceUse implements SourceUse, GrantTargets {

    private final ScheduleTable table;

    ScheduleSourceUse(ScheduleTable table) {
        this.table = table;
    }

    @Override
    public Optional<String> usedBy(long source) {
        return table.usesTarget(source) ? Optional.of("定时交换 schedule") : Optional.empty();
    }

    @Override
    public Set<Long> into(long source) {
        return table.into(source).stream().map(Schedule::grant).collect(Collectors.toSet());
    }
}
