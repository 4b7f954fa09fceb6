package shuqiao.line;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Lifeline;
import shuqiao.kernel.Outage;

/**
 * Lets sessions in: counted over all platforms, of a source in its hours that answers, and written
 * down before anything is dialled.
 */
@Component
class Seats implements Seat.Book {

    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

    /** Without a sign of life for so long a platform has no sessions any more. */
    static final Duration LIFE = Duration.ofSeconds(10);

    /** A question waits so long at most for its turn, and so many at one source. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    static final int WAITING_MAX = 16;

    /** Other platforms ring no bell. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** A run that found no place comes again within it. */
    private static final Duration COPIES_WAIT = Duration.ofSeconds(6);

    private static final Duration ALIVE_EVERY = Duration.ofSeconds(2);
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final Duration STRAY = Duration.ofMinutes(1);

    private final String platform = UUID.randomUUID().toString();
    private final LineTable table;
    private final LineTable pulse;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final Map<Long, Seat> held = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final Queue<Seat> unwritten = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private volatile Predicate<Set<Long>> idle = _ -> false;
    private volatile boolean stopping;
    private volatile long away = System.nanoTime() - AWAY.toNanos();
    private volatile long alive = System.nanoTime() - LIFE.toNanos();

    Seats(
            LineTable table,
            Lifeline lifeline,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.pulse = new LineTable(lifeline.db());
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Who closes sessions that nobody uses when somebody waits; true when some were closed. */
    void yielding(Predicate<Set<Long>> closing) {
        idle = closing;
    }

    /**
     * Takes all of them at once, or none.
     *
     * @param patience how long to wait for the turn
     * @throws LineFull when there is no place in that time
     * @throws NotDialled when a source is left alone
     * @throws Conflict outside of the hours of a source, or when it allows fewer than are needed
     */
    List<Seat> take(Use use, List<Wanted> wanted, Duration patience) {
        require(use, wanted);
        var queue =
                waiting.computeIfAbsent(
                        wanted.getFirst().place().source(), _ -> new AtomicInteger());
        var end = System.nanoTime() + patience.toNanos();
        var waits = false;
        try {
            while (true) {
                var answer = let(use, wanted);
                if (answer.full() == null) return answer.seats();
                var full = answer.full();
                if (idle.test(Set.of(full.place().source()))) continue;
                if (!waits) {
                    waits = true;
                    if (queue.incrementAndGet() > WAITING_MAX)
                        throw new LineFull(full.side(), full.place());
                }
                if (System.nanoTime() - end >= 0 || !await(end))
                    throw new LineFull(full.side(), full.place());
            }
        } finally {
            if (waits) queue.decrementAndGet();
        }
    }

    private boolean await(long end) {
        lock.lock();
        try {
            freed.awaitNanos(Math.min(LOOK_EVERY.toNanos(), end - System.nanoTime()));
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void require(Use use, List<Wanted> wanted) {
        var now = clock.instant();
        for (var one : wanted) {
            var place = one.place();
            if (use.occasion().isInHoursOnly() && !place.hours().test(now))
                throw new Conflict("source:not-in-hours", Map.of("name", place.name()));
            var need = wanted.stream().filter(it -> it.place().source() == place.source()).count();
            if (need > place.limits().maxConnections())
                throw new Conflict(
                        "line:too-few",
                        Map.of(
                                "name",
                                place.name(),
                                "need",
                                need,
                                "most",
                                place.limits().maxConnections()));
        }
    }

    private record Answer(List<Seat> seats, @Nullable Wanted full) {}

    private Answer let(Use use, List<Wanted> wanted) {
        live();
        var answer = Objects.requireNonNull(transaction.execute(_ -> letIn(use, wanted)));
        answer.seats().forEach(seat -> held.put(seat.id(), seat));
        return answer;
    }

    /** Rows of sources are held in one order, lest two wait for each other. */
    private Answer letIn(Use use, List<Wanted> wanted) {
        var now = clock.instant();
        var bySource =
                wanted.stream()
                        .collect(
                                Collectors.groupingBy(
                                        it -> it.place().source(),
                                        TreeMap::new,
                                        Collectors.toList()));
        var probes = new ArrayList<Runnable>();
        var missed = new HashSet<Long>();
        var copy = use.occasion().isCopy();
        for (var entry : bySource.entrySet()) {
            var one = entry.getValue().getFirst();
            var source = entry.getKey();
            var copiesWanted = 0;
            var failures = 0;
            if (use.occasion() != Occasion.ENTERED) {
                var row = table.hold(one.place(), now);
                copiesWanted = row.copiesWanted();
                failures = row.circuit().failures();
                requireAnswering(use, one, row.circuit(), probes);
            }
            var open = table.open(source, LIFE);
            var need = entry.getValue().size();
            if (new Allotment(one.place().limits().maxConnections())
                    .allow(copy, need, open.questions(), open.copies(), copiesWanted)) {
                if (failures > 0) missed.add(source);
                continue;
            }
            if (copy) table.copiesWait(source, need, now.plus(COPIES_WAIT));
            return new Answer(List.of(), one);
        }
        probes.forEach(Runnable::run);
        if (copy) bySource.keySet().forEach(table::copiesCame);
        return new Answer(
                wanted.stream()
                        .map(it -> seat(use, it, missed.contains(it.place().source())))
                        .toList(),
                null);
    }

    private void requireAnswering(Use use, Wanted one, Circuit circuit, List<Runnable> probes) {
        if (circuit.isClosed() || use.occasion().dialsAnyway()) return;
        var now = clock.instant();
        var until = circuit.leftAlone(now);
        if (until.isPresent())
            throw new NotDialled(one.side(), one.place(), circuit.failures(), until.get(), now);
        var answerBy = now.plus(one.place().limits().connectTimeout().multipliedBy(2));
        probes.add(() -> table.circuit(one.place().source(), circuit.probed(answerBy)));
    }

    private Seat seat(Use use, Wanted one, boolean awaited) {
        var id = table.insert(one, use, platform, clock.instant());
        return new Seat(id, one, use, awaited, this, clock);
    }

    /** One more for a copy that has some at that source already, where there is a place left. */
    @Nullable Seat another(Seat first) {
        live();
        var wanted = first.wanted();
        var seat =
                transaction.execute(_ -> {
                    table.hold(wanted.place(), clock.instant());
                    var open = table.open(wanted.place().source(), LIFE);
                    return new Allotment(wanted.place().limits().maxConnections())
                                    .allow(true, 1, open.questions(), open.copies(), 0)
                            ? seat(first.use(), wanted, false)
                            : null;
                });
        if (seat != null) held.put(seat.id(), seat);
        return seat;
    }

    /** For a session that follows one that has ended, in its place. */
    Seat after(Seat ended) {
        var seat =
                Objects.requireNonNull(
                        transaction.execute(_ -> {
                            save(ended);
                            return seat(ended.use(), ended.wanted(), false);
                        }));
        held.put(seat.id(), seat);
        return seat;
    }

    /** For a look at a silent line; written down where that is possible. */
    @Nullable Seat watch(Wanted wanted, Use use) {
        try {
            var look = new Use(Occasion.WATCH, use.kind(), use.by(), use.about());
            var seat = seat(look, wanted, false);
            held.put(seat.id(), seat);
            return seat;
        } catch (RuntimeException away) {
            LOG.debug("a look at a line is not written down: {}", away.toString());
            return null;
        }
    }

    @Override
    public void opened(Seat seat) {
        if (seat.isAwaited()) apart(() -> answered(seat.place().source()));
    }

    private void answered(long source) {
        transaction.executeWithoutResult(_ ->
                table.holdCircuit(source)
                        .filter(it -> it.failures() > 0)
                        .ifPresent(_ -> table.circuit(source, Circuit.CLOSED)));
    }

    @Override
    public void failed(Seat seat, Throwable why) {
        var occasion = seat.use().occasion();
        if (occasion == Occasion.ENTERED || occasion == Occasion.WATCH) return;
        var source = seat.place().source();
        apart(() -> {
            if (!Circuit.counts(why)) answered(source);
            else transaction.executeWithoutResult(_ -> missed(source, seat.told().outcome()));
        });
    }

    private void missed(long source, @Nullable String why) {
        table.holdCircuit(source)
                .ifPresent(circuit -> {
                    var now = circuit.failed(clock.instant(), String.valueOf(why));
                    table.circuit(source, now);
                    if (!circuit.isClosed() || now.isClosed()) return;
                    LOG.warn(
                            "source {} could not be reached {} times and is left alone",
                            source,
                            now.failures());
                    events.publishEvent(new SourceLeftAlone(source, now.failures()));
                });
    }

    /** What is known of it is written when our own database answers again. */
    @Override
    public void write(Seat seat) {
        held.remove(seat.id());
        // our own database is waited for once, not by each who closes a session
        if (stopping || isAway() || !apart(() -> save(seat))) unwritten.add(seat);
        lock.lock();
        try {
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void save(Seat seat) {
        table.update(seat.id(), seat.address(), seat.openedAt(), seat.closedAt(), seat.told());
    }

    private boolean isAway() {
        return System.nanoTime() - away < AWAY.toNanos();
    }

    /** At the end of the process: from now on what is closed is written by {@link #last}. */
    void stop() {
        stopping = true;
    }

    void start() {
        stopping = false;
    }

    /** Writes what is left, or gives up: others will find that this platform is gone. */
    void last() {
        saveUnwritten();
    }

    private void saveUnwritten() {
        for (var left = unwritten.size(); left > 0; left--) {
            var seat = unwritten.poll();
            if (seat == null) return;
            if (apart(() -> save(seat))) continue;
            unwritten.add(seat);
            return;
        }
    }

    private boolean apart(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException failed) {
            if (Outage.isBehind(failed)) {
                away = System.nanoTime();
                LOG.warn("line: {}", failed.toString());
            } else LOG.error("line", failed);
            return false;
        }
    }

    private void live() {
        if (System.nanoTime() - alive < ALIVE_EVERY.toNanos()) return;
        table.alive(platform);
        alive = System.nanoTime();
    }

    /** Of an embedded database there is no other platform. */
    void alone() {
        table.loseOthers(platform);
    }

    /** A sign of life; what was not written is, and what nobody has any more ends. */
    void beat() {
        pulse.alive(platform);
        alive = System.nanoTime();
        saveUnwritten();
        var now = clock.instant();
        for (var seat : held.values())
            if (seat.isToldFirst())
                apart(() -> pulse.opened(seat.id(), seat.address(), seat.openedAt()));
        pulse.lose(LIFE, now);
        pulse.loseOwn(platform, List.copyOf(held.keySet()), now.minus(STRAY), now);
    }
}
