package shuqiao.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Recurring;
import shuqiao.kernel.Setbacks;
import shuqiao.kernel.Ticking;

/**
 * Does what is due: for each kind one round at a time on all platforms, each on a thread of its
 * own, so that a slow kind holds up no other. A platform that dies over a round stops telling that
 * it lives; after 40 seconds another takes the round up, and the item that it was at.
 */
@Component
class Workers implements SmartLifecycle, Ticking {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(10);

    /** So often not heard of, and a platform is held for dead. */
    private static final int SILENCES = 4;

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /**
     * What a platform of another release put in stays until that one, or an operator, sees to it.
     */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    /** Of the threads: so many candidates are read at once, and more when half of them are done. */
    private static final double LOWER = 0.5;

    private static final double UPPER = 1.0;

    private final RoundTable rounds;
    private final Items items;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private volatile boolean running;

    Workers(
            List<Recurring> kinds,
            RoundTable rounds,
            Items items,
            MeterRegistry meters,
            InstantSource clock,
            DataSource dataSource) {
        this.rounds = rounds;
        this.items = items;
        this.meters = meters;
        this.clock = clock;
        var names = new HashSet<String>();
        for (var it : kinds)
            if (!names.add(it.kind()))
                throw new IllegalStateException("two kinds of work are called " + it.kind());
        this.scheduler =
                Scheduler.create(dataSource)
                        .startTasks(kinds.stream().map(this::task).toList())
                        .tableName(RoundTable.NAME)
                        .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
                        // so that a kind that only another release knows is never taken from it
                        .pollUsingFetchAndLockOnExecute(LOWER, UPPER)
                        .deleteUnresolvedAfter(FOREVER)
                        .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                        .threads(Math.max(1, kinds.size()))
                        .pollingInterval(LOOK_EVERY)
                        .heartbeatInterval(ALIVE_EVERY)
                        .missedHeartbeatsLimit(SILENCES)
                        .shutdownMaxWait(FAREWELL)
                        .failureLogging(LogLevel.OFF, false) // said below, with the next try
                        .build();
    }

    private RecurringTask<Void> task(Recurring it) {
        return Tasks.recurring(it.kind(), FixedDelay.of(it.every()))
                .onFailure(later(it))
                .onDeadExecutionRevive()
                .execute((_, context) -> round(it, context));
    }

    private void round(Recurring it, ExecutionContext context) {
        meters.timer("shuqiao.work.round", "kind", it.kind())
                .record(() -> {
                    while (running && piece(it))
                        ; // piece by piece
                });
        if (context.getExecution().consecutiveFailures > 0) rounds.went(it.kind());
    }

    private boolean piece(Recurring it) {
        if (!(it instanceof ItemWork kind)) return it.turn();
        if (items.one(kind, () -> running)) return true;
        try {
            return kind.turn();
        } catch (ItemBroke one) {
            if (Outage.isBehind(one) || !items.aside(kind, one.item(), one.why())) throw one;
            return true;
        }
    }

    private FailureHandler<Void> later(Recurring it) {
        return (turn, operations) -> {
            var why = turn.getCause().orElseThrow();
            if (!running) {
                operations.reschedule(turn, turn.getExecution().executionTime);
                return;
            }
            var times = turn.getExecution().consecutiveFailures + 1;
            var pause = longer(it.every(), Setbacks.pause(times));
            if (Outage.isBehind(why)) {
                pause = it.every();
                LOG.warn("{} failed, trying again: {}", it.kind(), why.toString());
            } else LOG.error("{} broke, time {}, next in {}", it.kind(), times, pause, why);
            var now = clock.instant();
            rounds.broke(
                    it.kind(), turn.getExecution().version, Cause.of(why), now, now.plus(pause));
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    public void on(Opening opened) {
        if (running && !scheduler.getSchedulerState().isStarted()) scheduler.start();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String clockName() {
        return "work";
    }

    @Override
    public boolean isAlive() {
        var state = scheduler.getSchedulerState();
        return !running || !state.isStarted() || !state.isShuttingDown();
    }
}
