package shuqiao.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The directory that holds everything that lives, taken for this process until it is closed. */
public final class Home implements AutoCloseable {

    /**
     * What this release writes into the file {@code version} of a home. It grows with each release
     * whose tables an older one must not touch; older homes are taken up and marked.
     */
    public static final int FORMAT = 2;

    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> SECRET_FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> SECRET_FILE =
            PosixFilePermissions.fromString("rw-------");

    private static final Set<PosixFilePermission> READABLE_FILE =
            PosixFilePermissions.fromString("rw-r--r--");

    private final Path path;
    private final HomeLock lock;

    private Home(Path path, HomeLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the home when it is absent, locks it and checks its format.
     *
     * @throws HomeInUse when another process has it
     * @throws HomeNotWritable when it cannot be written
     * @throws HomeTooNew when a newer release wrote it
     */
    public static Home open(Path path) {
        var home = path.toAbsolutePath().normalize();
        folder(home, FOLDER);
        var lock = HomeLock.acquire(home);
        try {
            checkFormat(home);
            folder(home.resolve("keys"), SECRET_FOLDER);
            folder(home.resolve("logs"), FOLDER);
            folder(home.resolve("postgres"), FOLDER);
            return new Home(home, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Absolute path of the home. */
    public Path path() {
        return path;
    }

    public Path keys() {
        return path.resolve("keys");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    /** Frees the home. Whoever runs on it must have been stopped before. */
    @Override
    public void close() {
        lock.close();
    }

    /** Writes a file that only this user reads, whole or not at all. */
    static void writeSecret(Path file, String content) {
        try {
            var fresh = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new");
            if (posix(fresh)) Files.setPosixFilePermissions(fresh, SECRET_FILE);
            Files.writeString(fresh, content);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HomeNotWritable(file, e);
        }
    }

    private static void checkFormat(Path home) {
        var file = home.resolve("version");
        try {
            if (Files.notExists(file)) {
                mark(file);
                return;
            }
            var found = Files.readString(file).strip();
            if (!found.matches("[0-9]{1,9}"))
                throw new HomeDamaged(
                        "The file %s must hold a format number, not '%s'.".formatted(file, found));
            if (Integer.parseInt(found) > FORMAT)
                throw new HomeTooNew(home, found, String.valueOf(FORMAT));
            if (Integer.parseInt(found) < FORMAT) mark(file);
        } catch (IOException e) {
            throw new HomeNotWritable(file, e);
        }
    }

    /** Before anything else is written: from here on an older release keeps its hands off. */
    private static void mark(Path file) throws IOException {
        var fresh = Files.createTempFile(file.getParent(), ".version", ".new");
        Files.writeString(fresh, FORMAT + "\n");
        if (posix(fresh)) Files.setPosixFilePermissions(fresh, READABLE_FILE);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void folder(Path folder, Set<PosixFilePermission> permissions) {
        try {
            if (Files.isDirectory(folder)) {
                if (!Files.isWritable(folder))
                    throw new HomeNotWritable(folder, new IOException("permission denied"));
                return;
            }
            Files.createDirectories(folder);
            if (posix(folder)) Files.setPosixFilePermissions(folder, permissions);
        } catch (IOException e) {
            throw new HomeNotWritable(folder, e);
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
