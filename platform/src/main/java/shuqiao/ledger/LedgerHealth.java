package shuqiao.ledger;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready means that a round trip through database and ledger was made just now. */
@Component("ledgerHealthIndicator")
record LedgerHealth(Sequencer sequencer, TreeTable tree, InstantSource clock)
        implements HealthIndicator {

    private static final Duration STALE = Duration.ofSeconds(15);

    @Override
    public Health health() {
        tree.size();
        return sequencer.lastRound().plus(STALE).isAfter(clock.instant())
                ? Health.up().build()
                : Health.down().build();
    }
}
