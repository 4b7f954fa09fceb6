package shuqiao.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cuts a session whose line is dead without saying so: we have waited for it for the endpoint's
 * silence, and the server, asked over a second connection, waits for us as well, or does not
 * answer. A server that works or waits for a lock, however long, is left to its own timeouts.
 */
final class LineWatch implements AutoCloseable {

    private static final long PAUSE_MAX = TimeUnit.SECONDS.toNanos(5);

    /** A server that is there but lets nobody look is believed so many times. */
    private static final int UNSEEN_MAX = 10;

    /**
     * Behind a pooler the number that we know is the pooler's; then the attempt's name helps. Where
     * two sessions have it, one at work is enough to wait.
     */
    private static final String LOOK =
            """
            select pid, wait_event_type is distinct from 'Client' from pg_stat_activity
            where usename = current_user and backend_type = 'client backend' and (pid = $1::int or application_name = $2)
            order by pid = $1::int desc, 2 desc limit 1
            """;

    private enum Seen {
        AT_WORK,
        DEAD,
        UNKNOWN
    }

    private final WireConnection session;
    private final Endpoint endpoint;
    private final long silence;
    private final long pause;
    private final CountDownLatch over = new CountDownLatch(1);

    /** Odd while the session's thread waits for its socket. */
    private final AtomicLong turns = new AtomicLong();

    LineWatch(WireConnection session, Endpoint endpoint) {
        this.session = session;
        this.endpoint = endpoint;
        this.silence = endpoint.silence().toNanos();
        this.pause = Math.min(silence / 8, PAUSE_MAX);
    }

    /** Around everything that may wait for the socket. */
    void begin() {
        turns.incrementAndGet();
    }

    void end() {
        turns.incrementAndGet();
    }

    void start() {
        Thread.ofVirtual().name("line watch").start(this::watch);
    }

    @Override
    public void close() {
        over.countDown();
    }

    private void watch() {
        try {
            var seen = 0L;
            var since = System.nanoTime();
            var unseen = 0;
            while (!over.await(pause, TimeUnit.NANOSECONDS)) {
                var turn = turns.get();
                if (turn != seen) unseen = 0;
                if (turn != seen || turn % 2 == 0) {
                    seen = turn;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since >= silence) {
                    var found = look(turn);
                    if (found == Seen.DEAD || found == Seen.UNKNOWN && ++unseen >= UNSEEN_MAX) {
                        if (turns.get() == turn) session.cutAsStalled();
                        return;
                    }
                    if (found == Seen.AT_WORK) unseen = 0;
                    since = System.nanoTime();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Seen look(long turn) throws InterruptedException {
        try (var other = Opening.unwatched(session.side(), endpoint.named(SessionWatch.LOOK))) {
            if (isAtWork(other)) return Seen.AT_WORK;
            // what it sent while we asked may be on its way
            if (over.await(pause, TimeUnit.NANOSECONDS) || turns.get() != turn) return Seen.UNKNOWN;
            if (isAtWork(other)) return Seen.AT_WORK;
            // first ours: the server's farewell may still come through, and would be the reason
            if (turns.get() == turn) session.cutAsStalled();
            terminate(other);
            return Seen.DEAD;
        } catch (WireFailure.Cut | WireFailure.Slow unanswered) {
            return Seen.DEAD;
        } catch (EngineFailure refused) {
            return refused.reason() == Reason.UNREACHABLE
                            || refused.reason() == Reason.CONNECTION_CUT
                    ? Seen.DEAD
                    : Seen.UNKNOWN;
        } catch (RuntimeException refused) {
            return Seen.UNKNOWN;
        }
    }

    private boolean isAtWork(WireConnection other) {
        return find(other).map(row -> row.flag(1)).orElse(false);
    }

    /** So that nothing is held there for somebody who has gone. */
    private void terminate(WireConnection other) {
        find(other)
                .ifPresent(row -> other.query("select pg_terminate_backend($1::int)", row.text(0)));
    }

    private Optional<Row> find(WireConnection other) {
        var name = endpoint.applicationName();
        return other
                .within(
                        endpoint.limits().connectTimeout(),
                        () ->
                                other.query(
                                        LOOK,
                                        String.valueOf(session.pid()),
                                        Attempt.of(name).isPresent() ? name : ""))
                .stream()
                .findFirst();
    }

    /** How long the line was silent, for people. */
    Duration silence() {
        return endpoint.silence();
    }
}
