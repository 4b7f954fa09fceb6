package shuqiao.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.identity.IdentityEvent.LoginFailed;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Beat;

/**
 * Writes wrong passwords into the ledger: the first of a name at once, those that follow once a
 * minute with their number, so that nobody fills the ledger by guessing. Names without an account
 * are not written: they may be passwords, typed into the wrong field.
 */
@Component
class FailedLogins extends Beat {

    static final Duration APART = Duration.ofMinutes(1);

    private static final class Count {
        private int untold;
        private @Nullable Instant told;
    }

    private final Map<String, Count> counts = new HashMap<>();
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    FailedLogins(
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        super("failed logins", Duration.ofSeconds(1));
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Counts one; written later, so that the answer takes as long as to an unknown name. */
    void count(String username) {
        synchronized (counts) {
            counts.computeIfAbsent(username, _ -> new Count()).untold++;
        }
    }

    @Override
    protected boolean turn() {
        write(clock.instant().minus(APART));
        return false;
    }

    /** What has not been told yet is told before the platform ends. */
    @Override
    public void stop() {
        super.stop();
        write(Instant.MAX);
    }

    private void write(Instant toldBefore) {
        var due = new ArrayList<LoginFailed>();
        var now = clock.instant();
        synchronized (counts) {
            counts.values()
                    .removeIf(it ->
                            it.untold == 0 && it.told != null && it.told.isBefore(toldBefore));
            counts.forEach((username, it) -> {
                if (it.untold == 0 || it.told != null && it.told.isAfter(toldBefore)) return;
                due.add(new LoginFailed(username, it.untold, Actor.PLATFORM, now));
                it.untold = 0;
                it.told = now;
            });
        }
        for (var one : due) {
            try {
                transaction.executeWithoutResult(_ -> events.publishEvent(one));
            } catch (RuntimeException notWritten) {
                // told with the next ones
                synchronized (counts) {
                    counts.computeIfAbsent(one.username(), _ -> new Count()).untold += one.times();
                }
                throw notWritten;
            }
        }
    }
}
