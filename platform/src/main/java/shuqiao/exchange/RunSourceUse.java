package shuqiao.exchange;

import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import shuqiao.sharing.GrantTargets;
import shuqiao.source.SourceUse;

/**
 * Keeps connections that a queued or running delivery needs, and knows what was delivered where.
 */
@Component
record RunSourceUse(RunTable runs) implements SourceUse, GrantTargets {

    @Override
    public Optional<String> usedBy(long source) {
        return runs.usesSource(source) ? Optional.of("交换运行 exchange run") : Optional.empty();
    }

    @Override
    public Optional<String> beingFilledBy(long source) {
        return runs.unfinishedInto(source);
    }

    @Override
    public Set<Long> into(long source) {
        return runs.grantsInto(source);
    }
}
