package shuqiao.kernel;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * The clocks of the platform: down where one has died, failing where an item cannot be done again
 * and again while the others go on.
 */
@Component("clocksHealthIndicator")
class ClockHealth implements HealthIndicator {

    private static final Status FAILING = new Status("FAILING");

    private final List<Ticking> clocks;

    ClockHealth(List<Ticking> clocks) {
        this.clocks = clocks;
    }

    @Override
    public Health health() {
        var dead = clocks.stream().filter(it -> !it.isAlive()).map(Ticking::clockName).toList();
        if (!dead.isEmpty()) return Health.down().withDetail("dead", dead).build();
        var failing = clocks.stream().filter(it -> it.failing() > 0).toList();
        if (failing.isEmpty()) return Health.up().build();
        var health = Health.status(FAILING);
        failing.forEach(it -> health.withDetail(it.clockName(), it.failing()));
        return health.build();
    }
}
