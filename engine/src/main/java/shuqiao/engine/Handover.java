package shuqiao.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is written over to a second thread through a ring of reusable buffers, so that
 * digests, compression and the disk do not keep the reader waiting. Memory is constant.
 */
final class Handover extends OutputStream {

    private static final int PARTS = 8;
    private static final int CAPACITY = 256 << 10;

    private static final class Part {
        final byte[] bytes = new byte[CAPACITY];
        int end;
        boolean last;
    }

    private final BlockingQueue<Part> free = new ArrayBlockingQueue<>(PARTS);
    private final BlockingQueue<Part> filled = new ArrayBlockingQueue<>(PARTS);
    private final OutputStream out;
    private final Thread writer;
    private volatile @Nullable Throwable broken;
    private Part part;
    private boolean closed;

    Handover(OutputStream out) {
        this.out = out;
        this.part = new Part();
        for (var i = 1; i < PARTS; i++) free.add(new Part());
        this.writer = Thread.ofPlatform().daemon().name("shuqiao-file-writer").start(this::write);
    }

    /** The next so many bytes of a connection. */
    void fill(WireInput in, int length) throws IOException {
        for (var rest = length; rest > 0; ) {
            if (part.end == CAPACITY) next(false);
            var piece = Math.min(rest, CAPACITY - part.end);
            in.read(part.bytes, part.end, piece);
            part.end += piece;
            rest -= piece;
        }
    }

    @Override
    public void write(int one) throws IOException {
        if (part.end == CAPACITY) next(false);
        part.bytes[part.end++] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (var done = 0; done < length; ) {
            if (part.end == CAPACITY) next(false);
            var piece = Math.min(length - done, CAPACITY - part.end);
            System.arraycopy(bytes, offset + done, part.bytes, part.end, piece);
            part.end += piece;
            done += piece;
        }
    }

    private void next(boolean last) throws IOException {
        part.last = last;
        try {
            filled.put(part);
            if (last) return;
            part = free.take();
        } catch (InterruptedException stopped) {
            throw interrupted();
        }
        part.end = 0;
        rethrow();
    }

    private void write() {
        try {
            while (true) {
                var taken = filled.take();
                if (broken == null) {
                    try {
                        out.write(taken.bytes, 0, taken.end);
                    } catch (IOException | RuntimeException failed) {
                        broken = failed; // the other side learns it with its next buffer
                    }
                }
                if (taken.last) return;
                free.put(taken);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all is written; does not close what is behind. */
    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        next(true);
        try {
            writer.join();
        } catch (InterruptedException stopped) {
            throw interrupted();
        }
        rethrow();
    }

    /** Ends the second thread, whatever it does. */
    void abandon() {
        writer.interrupt();
    }

    private void rethrow() throws IOException {
        switch (broken) {
            case null -> {}
            case IOException failed -> throw new IOException(failed.getMessage(), failed);
            case RuntimeException failed -> throw failed;
            case Throwable failed -> throw new IllegalStateException(failed);
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }
}
