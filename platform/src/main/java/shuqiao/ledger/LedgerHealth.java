package shuqiao.ledger;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready means that a round trip through database and ledger was made just now. */
@Component("ledgerHealthIndicator")
class LedgerHealth implements HealthIndicator {

    private static final Duration STALE = Duration.ofSeconds(15);

    private final Sequencer sequencer;
    private final TreeTable tree;
    private final InstantSource clock;

    LedgerHealth(Sequencer sequencer, TreeTable tree, InstantSource clock) {
        this.sequencer = sequencer;
        this.tree = tree;
        this.clock = clock;
    }

    @Override
    public Health health() {
        tree.size();
        return sequencer.lastRound().plus(STALE).isAfter(clock.instant())
                ? Health.up().build()
                : Health.down().build();
    }
}
