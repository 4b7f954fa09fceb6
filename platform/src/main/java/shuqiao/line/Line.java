package shuqiao.line;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.Database;
import shuqiao.engine.Endpoint;
import shuqiao.engine.FileRequest;
import shuqiao.engine.HeldSession;
import shuqiao.engine.Side;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;

/**
 * The one way to departments' databases. Whoever asks something there or copies says what for; the
 * networks, the limit and the hours of the source and whether it answers at all are seen to here,
 * and every session is written down.
 */
@Door
public class Line {

    /** Who looks beforehand need not: the run looks. */
    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(1);

    private final Seats seats;
    private final Endpoints endpoints;
    private final Pool pool;
    private final LineTable table;
    private final RecordTable records;
    private final InstantSource clock;

    Line(
            Seats seats,
            Endpoints endpoints,
            Pool pool,
            LineTable table,
            RecordTable records,
            InstantSource clock) {
        this.seats = seats;
        this.endpoints = endpoints;
        this.pool = pool;
        this.table = table;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Asks another machine, in one session; descriptions and previews in one that the same caller
     * had seconds ago, if there is one.
     *
     * @throws shuqiao.engine.EngineFailure as the engine says it
     * @throws LineFull when no session became free in time
     * @throws NotDialled when the source is left alone since it did not answer
     */
    @Trusted("rooms above have looked who asks; it is written down")
    public <T> T ask(Place place, Use use, Function<Database, T> question) {
        refuseInsideTransaction();
        if (use.occasion().isPooled()) return pool.ask(place, use, question);
        var side = use.occasion().side();
        var seat = seats.take(use, List.of(new Wanted(place, side)), Seats.PATIENCE).getFirst();
        Throwable why = null;
        try (var session = HeldSession.open(side, endpoints.of(place, new Ears(seats, seat)))) {
            seat.asked();
            return question.apply(new Database(session));
        } catch (RuntimeException | Error e) {
            why = e;
            throw e;
        } finally {
            seat.release(why);
        }
    }

    /**
     * Places for one delivery, at both databases at once; empty when there is none now. Then it
     * goes before questions for some seconds, in which it is to ask again.
     *
     * @param into empty for a file
     */
    @Trusted("only a run under a grant asks for it")
    public Optional<Passage> admit(Use use, Place from, Optional<Place> into) {
        try {
            return Optional.of(passage(use, from, into.orElse(null), Duration.ZERO));
        } catch (LineFull _) {
            return Optional.empty();
        }
    }

    /** Looks whether a copy could begin; changes nothing. */
    @Trusted("only who asks for a run under a grant looks beforehand")
    public void check(
            Use use, Place from, Place into, BiFunction<Endpoint, Endpoint, CopyRequest> request) {
        try (var passage = passage(use, from, into, CHECK_PATIENCE)) {
            passage.check(request);
        }
    }

    /** Looks whether rows could be had for a file; writes nothing. */
    @Trusted("only who asks for a run under a grant looks beforehand")
    public void check(Use use, Place from, Function<Endpoint, FileRequest> request) {
        try (var passage = passage(use, from, null, CHECK_PATIENCE)) {
            passage.checkFile(request);
        }
    }

    private Passage passage(Use use, Place from, @Nullable Place into, Duration patience) {
        refuseInsideTransaction();
        var wanted = new ArrayList<Wanted>();
        wanted.add(new Wanted(from, Side.SOURCE));
        if (into != null) wanted.add(new Wanted(into, Side.TARGET));
        return new Passage(seats, endpoints, clock, seats.take(use, wanted, patience));
    }

    /** Every session, the newest first; of one source where it is named. */
    public Page<SessionRecord> sessions(Actor actor, @Nullable Long source, Page.Request page) {
        actor.require(Role.SYSTEM_ADMIN);
        return records.sessions(source, page);
    }

    /** Sources as they were last dialled, those that are left alone first; 200 at most. */
    public List<PlaceState> states(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return records.states(Seats.LIFE, clock.instant(), Page.LIMIT_MAX);
    }

    @Trusted("the room of sources shows them to the source's department")
    public Page<SessionRecord> sessionsOf(long source, Page.Request page) {
        return records.sessions(source, page);
    }

    /** Empty for a source that was never dialled. */
    @Trusted("the room of sources shows it to the source's department")
    public Optional<PlaceState> state(long source) {
        return records.state(source, Seats.LIFE, clock.instant());
    }

    /** Something of the source changed: no session from before is used again. */
    @Trusted("the room of sources tells what changed there")
    public void forget(long source) {
        pool.forget(source);
    }

    /** The source is gone; what was written down of its sessions stays. */
    @Trusted("the room of sources tells what was removed there")
    public void removed(long source) {
        pool.forget(source);
        table.remove(source);
    }

    @Trusted("rooms refuse to wait for another machine while they hold rows of ours")
    public void refuseInsideTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("another machine is asked inside our transaction");
    }
}
