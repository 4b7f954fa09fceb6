package shuqiao.engine;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalDouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Passes a tuple stream from one session to another through a ring of reusable heap buffers: one
 * thread reads and counts, the other hashes and writes. Memory is constant.
 */
final class Splice {

    private static final int CHUNKS = 8;
    private static final long PROGRESS_EVERY = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Chunk BROKEN = new Chunk();

    /** What went through. */
    record Passed(long rowsCounted, long rowsSource, long rowsTarget, long bytes, String sha256) {}

    private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(CHUNKS + 1);
    private final AtomicReference<RuntimeException> broken = new AtomicReference<>();
    private final MessageDigest hash = sha256();
    private final CopyListener listener;
    private final BooleanSupplier cancelled;
    private final double bytesPerSecond;
    private long bytes;
    private int chunks;

    Splice(CopyListener listener, BooleanSupplier cancelled, OptionalDouble megabytesPerSecond) {
        this.listener = listener;
        this.cancelled = cancelled;
        this.bytesPerSecond = megabytesPerSecond.orElse(0) * 1e6;
    }

    /**
     * Runs both COPY statements against each other. Afterwards both sessions are ready again, or
     * the failure is thrown.
     */
    Passed run(WireConnection source, String copyOut, WireConnection target, String copyIn) {
        target.copyIn(copyIn);
        CopyOut out;
        try {
            out = source.copyOut(copyOut);
        } catch (RuntimeException e) {
            target.failCopyIn();
            throw e;
        }
        var reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("shuqiao-copy-reader")
                        .start(() -> read(source, out));
        try {
            var rows = pass(target);
            join(reader);
            var sent = source.endCopyOut();
            var stored = target.endCopyIn();
            return new Passed(rows, sent, stored, bytes, HexFormat.of().formatHex(hash.digest()));
        } catch (RuntimeException e) {
            var targetKnows = e instanceof WireFailure failure && failure.side() == Side.TARGET;
            if (!targetKnows) target.failCopyIn();
            source.abort();
            reader.interrupt();
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
                filled.put(chunk);
            }
        } catch (IOException e) {
            broken.set(source.cut(e));
            filled.add(BROKEN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A small copy needs one. */
    private Chunk next() throws InterruptedException {
        var used = free.poll();
        if (used != null) return used;
        return chunks++ < CHUNKS ? new Chunk() : free.take();
    }

    private long pass(WireConnection target) {
        var start = System.nanoTime();
        var told = start;
        while (true) {
            var chunk = take();
            if (chunk == BROKEN) throw broken.get();
            if (cancelled.getAsBoolean())
                throw new EngineFailure(Reason.CANCELLED, java.util.Map.of());
            var length = chunk.tuplesTo - chunk.tuplesFrom;
            hash.update(chunk.bytes, chunk.tuplesFrom, length);
            bytes += length;
            if (chunk.length() > 0) target.write(chunk);
            var rows = chunk.rows;
            var last = chunk.last;
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
