package shuqiao.exchange;

import java.util.Optional;
import org.springframework.stereotype.Component;
import shuqiao.source.SourceUse;

/** Keeps connections that a queued or running delivery needs. */
@Component
class RunSourceUse implements SourceUse {

    private final RunTable runs;

    RunSourceUse(RunTable runs) {
        this.runs = runs;
    }

    @Override
    public Optional<String> usedBy(long source) {
        return runs.usesSource(source) ? Optional.of("交换运行 exchange run") : Optional.empty();
    }
}
