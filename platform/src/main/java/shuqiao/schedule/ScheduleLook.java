package shuqiao.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.exchange.Exchange;
import shuqiao.kernel.Actor;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkItem;
import shuqiao.schedule.Schedule.Why;
import shuqiao.shell.Problems;
import shuqiao.work.Work;

/**
 * Looks once a second whose turn it is and asks for the run. A turn and its run are one
 * transaction: no turn is lost or taken twice, whatever dies and however many platforms look. Of
 * the turns missed while no platform ran, one is made up for. A schedule that breaks is an item of
 * work by its number, and the others have their turns.
 */
@Component
class ScheduleLook implements ItemWork {

    /** The item that is no schedule: to end those whose grant has. */
    private static final String EXPIRED = "expired";

    private static final String KIND = "schedules";

    /** Data that changed while its delivery was under way is fetched again after it. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final ScheduleTable table;
    private final Schedules schedules;
    private final Exchange exchange;
    private final Work work;
    private final Problems problems;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ScheduleLook(
            ScheduleTable table,
            Schedules schedules,
            Exchange exchange,
            Work work,
            Problems problems,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.table = table;
        this.schedules = schedules;
        this.exchange = exchange;
        this.work = work;
        this.problems = problems;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A turn that was due, and why it could not be taken. */
    private record Turn(Schedule schedule, @Nullable Refusal refused) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    /** Takes one turn that is due; false when there is none. One that breaks stops no other. */
    @Override
    public boolean turn() {
        var aside = work.keys(KIND);
        if (!aside.contains(EXPIRED) && endedExpired()) return true;
        var except = aside.stream().filter(key -> !key.equals(EXPIRED)).map(Long::valueOf).toList();
        return turn(() -> table.takeDue(clock.instant(), except));
    }

    @Override
    public void work(WorkItem item) {
        if (item.key().equals(EXPIRED)) {
            while (schedules.endExpired())
                ; // piece by piece
            return;
        }
        try {
            turn(() -> table.takeDue(clock.instant(), Long.parseLong(item.key())));
        } catch (ItemBroke again) {
            throw again.why();
        }
    }

    /** Its turn is skipped. One of which the next turn cannot be told is tried again in a day. */
    @Override
    public void forgotten(String key) {
        if (key.equals(EXPIRED)) return;
        var id = Long.parseLong(key);
        var now = clock.instant();
        table.skipped(id, next(id, now));
    }

    private @Nullable Instant next(long id, Instant now) {
        try {
            return table.find(id).flatMap(it -> schedules.nextOf(it, now)).orElse(null);
        } catch (RuntimeException unreadable) {
            return now.plus(Duration.ofDays(1));
        }
    }

    /** Apart from the turns: whatever breaks in it, they are taken. */
    private boolean endedExpired() {
        try {
            return schedules.endExpired();
        } catch (RuntimeException broke) {
            throw new ItemBroke(EXPIRED, broke);
        }
    }

    private boolean turn(Supplier<Optional<Long>> due) {
        var turn = transaction.execute(status -> take(due, status));
        if (turn == null) return false;
        var refused = turn.refused();
        if (refused != null) refused(turn.schedule(), refused);
        return true;
    }

    private void refused(Schedule it, Refusal why) {
        try {
            transaction.executeWithoutResult(_ -> schedules.refused(it, why, sentence(why)));
        } catch (RuntimeException broke) {
            throw new ItemBroke(it.id(), broke);
        }
    }

    private @Nullable Turn take(Supplier<Optional<Long>> next, TransactionStatus status) {
        var id = next.get().orElse(null);
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
}
