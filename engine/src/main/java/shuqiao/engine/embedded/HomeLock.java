package shuqiao.engine.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time use a home. The operating system holds the lock, so any kind of death
 * frees it; the process number stands in a file of its own, because closing a second handle on the
 * locked file would drop the lock.
 */
public final class HomeLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path home;
    private final FileChannel channel;

    private HomeLock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing folder.
     *
     * @throws HomeInUse naming the process that has it
     * @throws HomeNotWritable when the lock file cannot be made
     */
    public static HomeLock acquire(Path home) {
        var key = real(home);
        if (!HELD_HERE.add(key)) throw new HomeInUse(home, ProcessHandle.current().pid());
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            key.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) throw new HomeInUse(home, holder(key));
            Files.writeString(key.resolve("pid"), ProcessHandle.current().pid() + "\n");
            return new HomeLock(key, channel);
        } catch (IOException e) {
            release(key, channel);
            throw new HomeNotWritable(home, e);
        } catch (HomeInUse e) {
            release(key, channel);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(home.resolve("pid"));
        } catch (IOException _) {
            // the number is a courtesy to the next one who asks; the lock itself is what counts
        }
        release(home, channel);
    }

    private static void release(Path home, @Nullable FileChannel channel) {
        try {
            if (channel != null) channel.close();
        } catch (IOException _) {
            // a channel that cannot be closed is closed by the end of the process
        }
        HELD_HERE.remove(home);
    }

    private static long holder(Path home) {
        try {
            return Long.parseLong(Files.readString(home.resolve("pid")).strip());
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }

    private static Path real(Path home) {
        try {
            return home.toRealPath();
        } catch (IOException e) {
            throw new HomeNotWritable(home, e);
        }
    }
}
