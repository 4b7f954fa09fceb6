package shuqiao.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.engine.Database;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.HeldSession;
import shuqiao.kernel.Actor;

/**
 * Sessions that are kept for seconds between questions: of one caller, for one occasion, with one
 * address, password and limits. Before each question they are made as new, and whether they may
 * still be dialled is asked again. Whoever waits for a place has those that nobody uses closed.
 */
@Component
class Pool {

    static final Duration IDLE = Duration.ofSeconds(5);
    static final Duration OLDEST = Duration.ofMinutes(1);

    /** Of all sources together. */
    static final int IDLE_MAX = 64;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private record Key(Place.Identity place, Occasion occasion, Actor.Kind kind, String by) {}

    private static final class Kept {
        private final Key key;
        private final HeldSession session;
        private final Seat seat;
        private final long opened = System.nanoTime();
        private long used = opened;

        Kept(Key key, HeldSession session, Seat seat) {
            this.key = key;
            this.session = session;
            this.seat = seat;
        }

        boolean isOver(long now) {
            return now - used > IDLE.toNanos() || now - opened > OLDEST.toNanos();
        }

        void close(@Nullable Throwable why) {
            try {
                session.close();
            } finally {
                seat.release(why);
            }
        }
    }

    private final Seats seats;
    private final Endpoints endpoints;
    private final List<Kept> idle = new ArrayList<>();

    /** Counts the changes of a source: what was opened before is not kept after. */
    private final Map<Long, Integer> changes = new HashMap<>();

    private boolean sweeping;
    private volatile boolean closed;

    Pool(Seats seats, Endpoints endpoints) {
        this.seats = seats;
        this.endpoints = endpoints;
        seats.yielding(sources -> close(it -> sources.contains(it.key.place().source())));
    }

    <T> T ask(Place place, Use use, Function<Database, T> question) {
        var key = new Key(place.identity(), use.occasion(), use.kind(), use.by());
        var change = change(place.source());
        var kept = idle(key, place);
        if (kept == null) kept = open(key, place, use);
        T answer;
        try {
            kept.seat.asked();
            answer = question.apply(new Database(kept.session));
        } catch (RuntimeException | Error e) {
            kept.close(e);
            throw e;
        }
        giveBack(kept, change);
        return answer;
    }

    private Kept open(Key key, Place place, Use use) {
        var seat =
                seats.take(use, List.of(new Wanted(place, use.occasion().side())), Seats.PATIENCE)
                        .getFirst();
        try {
            var endpoint = endpoints.of(place, new Ears(seats, seat));
            return new Kept(key, HeldSession.open(use.occasion().side(), endpoint), seat);
        } catch (RuntimeException | Error e) {
            seat.release(e);
            throw e;
        }
    }

    /** One that is good for a question more; null when there is none. */
    private @Nullable Kept idle(Key key, Place place) {
        for (var kept = taken(key); kept != null; kept = taken(key)) {
            if (!kept.isOver(System.nanoTime())
                    && endpoints.mayStill(place, kept.session.peer())
                    && isRenewed(kept)) return kept;
            kept.close(null);
        }
        return null;
    }

    private synchronized @Nullable Kept taken(Key key) {
        for (var at = 0; at < idle.size(); at++)
            if (idle.get(at).key.equals(key)) return idle.remove(at);
        return null;
    }

    private static boolean isRenewed(Kept kept) {
        try {
            kept.session.renew();
            return true;
        } catch (EngineFailure _) {
            return false; // it was closed over there meanwhile
        }
    }

    private void giveBack(Kept kept, int change) {
        kept.used = System.nanoTime();
        var over = kept;
        synchronized (this) {
            if (!closed && changes.getOrDefault(kept.key.place().source(), 0) == change) {
                idle.add(kept);
                over = idle.size() > IDLE_MAX ? idle.removeFirst() : null;
                if (!sweeping) {
                    sweeping = true;
                    Thread.ofVirtual().name("line pool").start(this::sweepWhileAny);
                }
            }
        }
        if (over != null) over.close(null);
    }

    /** Until nothing is kept: it needs no clock of the platform, which begins late. */
    private void sweepWhileAny() {
        while (true) {
            try {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            var now = System.nanoTime();
            close(it -> it.isOver(now));
            synchronized (this) {
                if (!idle.isEmpty() && !Thread.currentThread().isInterrupted()) continue;
                sweeping = false;
                return;
            }
        }
    }

    private synchronized int change(long source) {
        return changes.getOrDefault(source, 0);
    }

    /** Its address, secret or limits changed: none from before is kept. */
    void forget(long source) {
        synchronized (this) {
            changes.merge(source, 1, Integer::sum);
        }
        close(it -> it.key.place().source() == source);
    }

    void closeAll() {
        closed = true;
        close(_ -> true);
    }

    void open() {
        closed = false;
    }

    private boolean close(Predicate<Kept> which) {
        List<Kept> those;
        synchronized (this) {
            those = idle.stream().filter(which).toList();
            idle.removeAll(those);
        }
        // each may take a second to say farewell
        if (those.size() == 1) those.getFirst().close(null);
        else
            try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
                those.forEach(kept -> closing.execute(() -> kept.close(null)));
            }
        return !those.isEmpty();
    }

    /** For tests: how many are kept of a source. */
    synchronized long kept(long source) {
        return idle.stream().filter(it -> it.key.place().source() == source).count();
    }
}
