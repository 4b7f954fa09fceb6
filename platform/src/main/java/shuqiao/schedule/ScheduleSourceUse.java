package shuqiao.schedule;

import java.util.Optional;
import org.springframework.stereotype.Component;
import shuqiao.source.SourceUse;

/** Keeps connections into which a schedule that has not ended delivers. */
@Component
class ScheduleSourceUse implements SourceUse {

    private final ScheduleTable table;

    ScheduleSourceUse(ScheduleTable table) {
        this.table = table;
    }

    @Override
    public Optional<String> usedBy(long source) {
        return table.usesTarget(source) ? Optional.of("定时交换 schedule") : Optional.empty();
    }
}
