package shuqiao.schedule;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.exchange.Exchange;
import shuqiao.kernel.Actor;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Setbacks;
import shuqiao.kernel.Ticking;
import shuqiao.schedule.Schedule.Why;
import shuqiao.shell.Problems;

/**
 * Looks once a second whose turn it is and asks for the run. A turn and its run are one
 * transaction: no turn is lost or taken twice, whatever dies and however many platforms look. Of
 * the turns missed while no platform ran, one is made up for.
 */
@Component
class ScheduleClock implements SmartLifecycle, Ticking {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleClock.class);
    private static final String EXPIRED = "schedules whose grant has expired";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Data that changed while its delivery was under way is fetched again after it. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final ScheduleTable table;
    private final Schedules schedules;
    private final Exchange exchange;
    private final Problems problems;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Setbacks setbacks = new Setbacks("schedule clock");
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    ScheduleClock(
            ScheduleTable table,
            Schedules schedules,
            Exchange exchange,
            Problems problems,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.table = table;
        this.schedules = schedules;
        this.exchange = exchange;
        this.problems = problems;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A turn that was due, and why it could not be taken. */
    private record Turn(Schedule schedule, @Nullable Refusal refused) {}

    /** Takes one turn that is due; false when there is none. One that breaks stops no other. */
    boolean turn() {
        if (endedExpired()) return true;
        try {
            var turn = transaction.execute(this::take);
            if (turn == null) return false;
            var refused = turn.refused();
            if (refused != null) refused(turn.schedule(), refused);
            setbacks.went(turn.schedule().id());
        } catch (ItemBroke one) {
            if (Outage.isBehind(one)) throw one;
            setbacks.broke(one.item(), one.why());
        }
        return true;
    }

    private void refused(Schedule it, Refusal why) {
        try {
            transaction.executeWithoutResult(_ -> schedules.refused(it, why, sentence(why)));
        } catch (RuntimeException broke) {
            throw new ItemBroke(it.id(), broke);
        }
    }

    /** Apart from the turns: whatever breaks in it, they are taken. */
    private boolean endedExpired() {
        if (setbacks.waits(EXPIRED)) return false;
        try {
            return schedules.endExpired();
        } catch (RuntimeException broke) {
            if (Outage.isBehind(broke)) throw broke;
            setbacks.broke(EXPIRED, broke);
            return false;
        }
    }

    private @Nullable Turn take(TransactionStatus status) {
        var id = table.takeDue(clock.instant(), setbacks.waiting(Long.class)).orElse(null);
        if (id == null) return null;
        try {
            var due = table.find(id).orElseThrow();
            try {
                take(due);
                return new Turn(due, null);
            } catch (Refusal why) {
                status.setRollbackOnly();
                return new Turn(due, why);
            }
        } catch (RuntimeException broke) {
            throw new ItemBroke(id, broke);
        }
    }

    private void take(Schedule it) {
        var now = clock.instant();
        var next = schedules.nextOf(it, now).orElse(null);
        if (it.lastRun() != null && !exchange.isOver(it.lastRun())) {
            if (it.rhythm() instanceof Rhythm.AfterUpdate)
                table.later(it.id(), now.plus(LOOK_AGAIN));
            else table.skipped(it.id(), next);
            return;
        }
        var run =
                exchange.askAgain(
                        new Actor(
                                Actor.Kind.PLATFORM,
                                "schedule",
                                "定时交换",
                                it.consumer(),
                                EnumSet.of(Role.STEWARD)),
                        Exchange.Wish.again(it.grant(), it.target(), it.verifyFull()));
        table.turned(it.id(), run.id(), now, next);
    }

    private Why sentence(Refusal why) {
        return new Why(
                problems.sentence(why, Messages.CHINESE), problems.sentence(why, Locale.ENGLISH));
    }

    private void work() {
        while (running) {
            try {
                while (running && turn())
                    ; // one transaction for each
            } catch (RuntimeException failed) {
                if (!running) return;
                LOG.warn("taking scheduled turns failed, trying again", failed);
            } catch (Error grave) {
                LOG.error("taking scheduled turns failed, trying again", grave);
            }
            try {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("schedule clock").daemon().start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        var working = thread;
        if (working == null) return;
        working.interrupt();
        try {
            working.join(Duration.ofSeconds(2));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String clockName() {
        return "schedule clock";
    }

    @Override
    public boolean isAlive() {
        var working = thread;
        return working == null || working.isAlive() || !running;
    }

    @Override
    public long failing() {
        return setbacks.failing();
    }
}
