package shuqiao.engine;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes tuple streams from one or more sessions into one of another through a ring of reusable
 * heap buffers: a thread for each source reads and counts, another hashes and writes. Memory is
 * constant.
 */
final class Splice {

    private static final int CHUNKS = 8;
    private static final long PROGRESS_EVERY = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Chunk BROKEN = new Chunk();

    /** A session, and the COPY to stdout that it is asked for. */
    record Source(WireConnection session, String copyOut) {}

    /** What went through. */
    record Passed(long rowsCounted, long rowsSource, long rowsTarget, long bytes, String sha256) {}

    private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(CHUNKS);

    /** With room for what each reader says when it breaks. */
    private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(2 * CHUNKS);

    /** Held by a reader from the chunk in which a row is cut to the one that has its end. */
    private final ReentrantLock turn = new ReentrantLock();

    private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();
    private final MessageDigest hash = sha256();
    private final CopyListener listener;
    private final BooleanSupplier cancelled;
    private final double bytesPerSecond;
    private final AtomicInteger chunks = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private long bytes;

    Splice(CopyListener listener, BooleanSupplier cancelled, OptionalDouble megabytesPerSecond) {
        this.listener = listener;
        this.cancelled = cancelled;
        this.bytesPerSecond = megabytesPerSecond.orElse(0) * 1e6;
    }

    /**
     * Runs the COPY statements against each other. Afterwards all sessions are ready again, or the
     * failure is thrown.
     */
    Passed run(List<Source> sources, WireConnection target, String copyIn) {
        target.copyIn(copyIn);
        var readers = new ArrayList<Thread>();
        try {
            for (var source : sources) {
                var out = source.session().copyOut(source.copyOut());
                readers.add(
                        Thread.ofPlatform()
                                .daemon()
                                .name("shuqiao-copy-reader")
                                .start(() -> read(source.session(), out)));
            }
            var rows = pass(target, sources.size());
            for (var reader : readers) join(reader);
            var failed = broken.get();
            if (failed != null) throw failed;
            var stored = target.endCopyIn();
            return new Passed(
                    rows, sent.get(), stored, bytes, HexFormat.of().formatHex(hash.digest()));
        } catch (RuntimeException e) {
            var targetKnows = e instanceof WireFailure failure && failure.side() == Side.TARGET;
            if (!targetKnows) target.failCopyIn();
            for (var i = 0; i < readers.size(); i++) {
                sources.get(i).session().abort();
                readers.get(i).interrupt();
            }
            throw e;
        }
    }

    /** Hash of a stream that goes nowhere else: to read back what was stored. */
    static String hashOf(WireConnection session, String copyOut) {
        var out = session.copyOut(copyOut);
        var hash = sha256();
        var chunk = new Chunk();
        try {
            for (var more = true; more; ) {
                more = out.fill(chunk);
                hash.update(chunk.bytes, chunk.tuplesFrom, chunk.tuplesTo - chunk.tuplesFrom);
            }
        } catch (IOException e) {
            throw session.cut(e);
        }
        session.endCopyOut();
        return HexFormat.of().formatHex(hash.digest());
    }

    private void read(WireConnection source, CopyOut out) {
        try {
            for (var more = true; more; ) {
                var chunk = next();
                more = out.fill(chunk);
                chunk.last = !more;
                put(chunk);
            }
            sent.addAndGet(source.endCopyOut());
        } catch (IOException e) {
            fail(source.cut(e));
        } catch (RuntimeException e) {
            fail(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (turn.isHeldByCurrentThread()) turn.unlock();
        }
    }

    private void put(Chunk chunk) throws InterruptedException {
        var open = chunk.open; // it is the writer's once it is put
        if (!turn.isHeldByCurrentThread()) turn.lockInterruptibly();
        filled.put(chunk);
        if (!open) turn.unlock();
    }

    /** The first failure is the reason; what follows from it is not. */
    private void fail(RuntimeException why) {
        broken.compareAndSet(null, why);
        filled.add(BROKEN);
    }

    /** A small copy needs one. */
    private Chunk next() throws InterruptedException {
        var used = free.poll();
        if (used != null) return used;
        return chunks.getAndIncrement() < CHUNKS ? new Chunk() : free.take();
    }

    /** The first chunk brings the header of the whole, the last one its trailer. */
    private long pass(WireConnection target, int sources) {
        var start = System.nanoTime();
        var told = start;
        var rows = 0L;
        var first = true;
        var open = sources;
        while (true) {
            var chunk = take();
            if (chunk == BROKEN) throw Objects.requireNonNull(broken.get());
            if (cancelled.getAsBoolean())
                throw new EngineFailure(Reason.CANCELLED, java.util.Map.of());
            var length = chunk.tuplesTo - chunk.tuplesFrom;
            hash.update(chunk.bytes, chunk.tuplesFrom, length);
            bytes += length;
            if (chunk.last) open--;
            var last = open == 0;
            if (!chunk.isEmpty()) {
                var from = first ? Chunk.HEADER : chunk.tuplesFrom;
                var to = last ? chunk.end : chunk.tuplesTo;
                first = false;
                if (to > from) target.write(chunk, from, to);
            }
            rows += chunk.rows;
            free.add(chunk);
            var now = System.nanoTime();
            if (now - told > PROGRESS_EVERY || last) {
                told = now;
                listener.progress(rows, bytes);
            }
            if (last) return rows;
            if (bytesPerSecond > 0) rest((long) (bytes / bytesPerSecond * 1e9) - (now - start));
        }
    }

    private void rest(long nanos) {
        var end = System.nanoTime() + nanos;
        while (!cancelled.getAsBoolean() && System.nanoTime() < end) {
            try {
                TimeUnit.NANOSECONDS.sleep(
                        Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100)));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private Chunk take() {
        try {
            return filled.take();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void join(Thread reader) {
        try {
            reader.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static EngineFailure interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new EngineFailure(Reason.CANCELLED, java.util.Map.of(), cause);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
