package shuqiao.exchange;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import shuqiao.engine.FileRequest;
import shuqiao.engine.embedded.Home;

/**
 * Where delivered files lie: a folder for each run, one in it for each attempt, for this user only.
 * By default below the home; platforms that share a database share a folder, too.
 */
@Component
class FileShelf {

    private static final Logger LOG = LoggerFactory.getLogger(FileShelf.class);
    private static final Pattern RUN = Pattern.compile("[a-z0-9-]{1,36}");

    private final Path folder;
    private final Duration keep;
    private final long bytesMax;

    FileShelf(
            Home home,
            @Value("${shuqiao.files.folder:}") String folder,
            @Value("${shuqiao.files.keep-days:7}") int keepDays,
            @Value("${shuqiao.files.max:20GB}") DataSize max) {
        if (keepDays < 1)
            throw new IllegalArgumentException("SHUQIAO_FILES_KEEP_DAYS must be 1 or more");
        this.folder =
                folder.isBlank()
                        ? home.path().resolve("files")
                        : Path.of(folder).toAbsolutePath().normalize();
        this.keep = Duration.ofDays(keepDays);
        this.bytesMax = max.toBytes();
    }

    Duration keep() {
        return keep;
    }

    /** Of one file. */
    long bytesMax() {
        return bytesMax;
    }

    /**
     * A fresh folder for an attempt; what earlier ones of the run left is removed.
     *
     * @throws shuqiao.engine.EngineFailure disk full, not written
     */
    Path begin(String run, int attempt) {
        remove(run);
        var place = place(run, attempt);
        try {
            secretFolder(folder);
            secretFolder(folder.resolve(run));
            secretFolder(folder.resolve(place));
        } catch (IOException failed) {
            abandon(place);
            throw FileRequest.notWritten(failed);
        }
        return place;
    }

    static Path place(String run, int attempt) {
        if (!RUN.matcher(run).matches()) throw new IllegalArgumentException("run " + run);
        return Path.of(run, Integer.toString(attempt));
    }

    Path resolve(Path place) {
        return folder.resolve(place);
    }

    /** Whether the file is on this machine; another platform's folder may not be ours. */
    boolean has(RunFile file) {
        return Files.isReadable(resolve(file.place()));
    }

    /**
     * Removes what an attempt has written that failed; another attempt of the run may be at work.
     */
    void abandon(Path place) {
        empty(folder.resolve(place));
        try {
            Files.deleteIfExists(folder.resolve(place).resolveSibling(".").normalize());
        } catch (IOException inUse) {
            // another attempt's folder is in it
        }
    }

    void remove(String run) {
        if (!RUN.matcher(run).matches()) throw new IllegalArgumentException("run " + run);
        empty(folder.resolve(run));
    }

    private static void empty(Path of) {
        if (!Files.exists(of)) return;
        try {
            Files.walkFileTree(
                    of,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path left, java.io.@org.jspecify.annotations.Nullable IOException e)
                                throws IOException {
                            Files.deleteIfExists(left);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException later) {
            LOG.warn("{} could not be removed yet: {}", of.getFileName(), later.toString());
        }
    }

    /** Runs of which something lies here. */
    List<String> runs() {
        var runs = new ArrayList<String>();
        if (!Files.isDirectory(folder)) return runs;
        try (var all = Files.newDirectoryStream(folder)) {
            for (var one : all) {
                var name = one.getFileName().toString();
                if (RUN.matcher(name).matches()) runs.add(name);
            }
        } catch (IOException unreadable) {
            LOG.warn("the folder of files cannot be read: {}", unreadable.toString());
        }
        return runs;
    }

    private static void secretFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
}
