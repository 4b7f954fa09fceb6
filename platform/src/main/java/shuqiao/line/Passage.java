package shuqiao.line;

import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.CopyListener;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.CopyResult;
import shuqiao.engine.CopyRun;
import shuqiao.engine.Endpoint;
import shuqiao.engine.Fence;
import shuqiao.engine.FileRequest;
import shuqiao.engine.FileResult;
import shuqiao.engine.FileRun;
import shuqiao.engine.Reading;

/**
 * The places that one delivery has at the databases it needs, and the delivery over them. Closing
 * it gives them back.
 */
public final class Passage implements AutoCloseable {

    private final Seats seats;
    private final Endpoints endpoints;
    private final InstantSource clock;
    private final Seat from;
    private final @Nullable Seat into;
    private final Ears source;
    private final @Nullable Ears target;
    private boolean beside;
    private @Nullable Throwable why;

    Passage(Seats seats, Endpoints endpoints, InstantSource clock, List<Seat> taken) {
        this.seats = seats;
        this.endpoints = endpoints;
        this.clock = clock;
        this.from = taken.getFirst();
        this.into = taken.size() > 1 ? taken.get(1) : null;
        this.source = new Ears(seats, from);
        this.target = into == null ? null : new Ears(seats, into);
    }

    /**
     * Copies into a table; a second session at the source is opened where it has a place for one.
     *
     * @param request what is to be copied, given both databases
     * @param stops is given how to stop it from another thread
     * @throws shuqiao.engine.EngineFailure as the engine says it
     */
    public CopyResult copy(
            BiFunction<Endpoint, Endpoint, CopyRequest> request,
            Fence fence,
            CopyListener listener,
            Consumer<Runnable> stops) {
        var run =
                new CopyRun(request.apply(source(), target()), fence, new Beside(listener), clock);
        stops.accept(run::cancel);
        return noted(() -> {
            var result = run.run();
            from.delivered(result.rowsRead());
            if (into != null) into.delivered(result.rowsWritten());
            return result;
        });
    }

    /** Looks whether a copy could begin; changes nothing. */
    void check(BiFunction<Endpoint, Endpoint, CopyRequest> request) {
        var run =
                new CopyRun(
                        request.apply(source(), target()),
                        Fence.open(),
                        CopyListener.silent(),
                        clock);
        noted(() -> {
            run.check();
            return true;
        });
    }

    /** Writes a file; as {@link #copy}. */
    public FileResult write(
            Function<Endpoint, FileRequest> request,
            Fence fence,
            CopyListener listener,
            Consumer<Runnable> stops) {
        var run = new FileRun(request.apply(source()), fence, listener, clock);
        stops.accept(run::cancel);
        return noted(() -> {
            var result = run.run();
            from.delivered(result.rowsRead());
            return result;
        });
    }

    /** Looks whether rows could be had; writes nothing. */
    void checkFile(Function<Endpoint, FileRequest> request) {
        var run = new FileRun(request.apply(source()), Fence.open(), CopyListener.silent(), clock);
        noted(() -> {
            run.check();
            return true;
        });
    }

    private Endpoint source() {
        return endpoints.of(from.place(), source);
    }

    private Endpoint target() {
        if (into == null || target == null)
            throw new IllegalStateException("a passage without a target");
        return endpoints.of(into.place(), target);
    }

    private <T> T noted(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            why = e;
            throw e;
        }
    }

    @Override
    public void close() {
        source.release(why);
        if (target != null) target.release(why);
    }

    /** Asks for a place before the engine opens a second session to read with. */
    private final class Beside implements CopyListener {

        private final CopyListener listener;

        Beside(CopyListener listener) {
            this.listener = listener;
        }

        @Override
        public void phase(Phase phase) {
            listener.phase(phase);
        }

        @Override
        public void progress(long rows, long bytes) {
            listener.progress(rows, bytes);
        }

        @Override
        public boolean reading(Reading reading) {
            if (reading == Reading.TWO && !beside) {
                var seat = seats.another(from);
                if (seat == null) return false;
                beside = true;
                source.add(seat);
            }
            return listener.reading(reading);
        }
    }
}
