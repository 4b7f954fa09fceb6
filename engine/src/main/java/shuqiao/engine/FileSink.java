package shuqiao.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A fresh file that only this user reads: hashed on the way, bounded, forced to the disk at last.
 */
final class FileSink extends OutputStream {

    /** The platform's own database may live on the same disk; so much is left to it. */
    private static final long RESERVE = 512L << 20;

    /** As the system says it; it speaks the language of the machine. */
    private static final List<String> FULL = List.of("no space", "quota", "没有空间", "磁盘限额");

    private static final long LOOK_EVERY = 64L << 20;

    /** What is written goes to the disk while more is written, so that the end waits for little. */
    private static final long FORCE_EVERY = 16L << 20;

    private static final Executor VIRTUAL = work -> Thread.ofVirtual().start(work);

    private final FileChannel channel;
    private final FileStore store;
    private final long bytesMax;
    private final MessageDigest hash = Splice.sha256();
    private long bytes;
    private long looked = -LOOK_EVERY;
    private long forced;
    private CompletableFuture<Void> forcing = CompletableFuture.completedFuture(null);

    FileSink(Path file, long bytesMax) {
        this.bytesMax = bytesMax;
        try {
            channel =
                    FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            store = Files.getFileStore(file);
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        if (bytes + length > bytesMax)
            throw new EngineFailure(
                    Reason.FILE_TOO_LARGE, Map.of("max", String.valueOf(bytesMax >> 20)));
        try {
            if (bytes - looked >= LOOK_EVERY) {
                looked = bytes;
                if (store.getUsableSpace() < RESERVE)
                    throw new EngineFailure(Reason.FILE_DISK_FULL, Map.of());
            }
            hash.update(from, offset, length);
            var buffer = ByteBuffer.wrap(from, offset, length);
            while (buffer.hasRemaining()) channel.write(buffer);
        } catch (IOException failed) {
            throw failure(failed);
        }
        bytes += length;
        if (bytes - forced >= FORCE_EVERY && forcing.isDone()) {
            forced();
            forced = bytes;
            forcing = CompletableFuture.runAsync(this::force, VIRTUAL);
        }
    }

    private void force() {
        try {
            channel.force(false);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * A disk tells of its fault only once, so what was told while more was written counts as well.
     */
    private void forced() {
        try {
            forcing.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof UncheckedIOException io
                    ? failure(Objects.requireNonNull(io.getCause()))
                    : failed;
        }
    }

    /** Digest of the whole file, which is on the disk now. */
    String finish() {
        forced();
        try {
            channel.force(true);
        } catch (IOException failed) {
            throw failure(failed);
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static EngineFailure failure(IOException failed) {
        var plain = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return FULL.stream().anyMatch(plain::contains)
                ? new EngineFailure(Reason.FILE_DISK_FULL, Map.of(), failed)
                : new EngineFailure(
                        Reason.FILE_NOT_WRITTEN,
                        Map.of("detail", failed.getClass().getSimpleName()),
                        failed);
    }
}
