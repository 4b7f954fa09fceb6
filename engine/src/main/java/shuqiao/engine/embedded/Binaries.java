package shuqiao.engine.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked once. */
record Binaries(Path folder) {

    /** Version of the packed programs; a new one is unpacked beside the old. */
    static final String VERSION = "18.6.0";

    /** What {@code PG_VERSION} of a data directory must say. */
    static final String MAJOR = "18";

    /**
     * Unpacks into {@code parent/bin-VERSION} unless it is there; a reader never sees half of it.
     *
     * @throws BinariesMissing when this build has none for the platform
     */
    static Binaries unpackedIn(Path parent) {
        var folder = parent.resolve("bin-" + VERSION);
        if (Files.isDirectory(folder)) return new Binaries(folder);
        try {
            Files.createDirectories(parent);
            var fresh = Files.createTempDirectory(parent, ".unpack-");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(fresh);
            try {
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Folders.remove(fresh);
                if (!Files.isDirectory(folder))
                    throw e; // else somebody else was first: theirs is as good
            }
            return new Binaries(folder);
        } catch (IOException e) {
            throw new HomeNotWritable(folder, e);
        }
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static void unpack(Path target) throws IOException {
        var resource = resource();
        InputStream packed = Binaries.class.getResourceAsStream("/" + resource);
        if (packed == null)
            throw new BinariesMissing(resource.replace("postgres-", "").replace(".txz", ""));
        try (var tar =
                new TarArchiveInputStream(
                        new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) write(tar, entry, target);
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target))
            throw new IOException("entry outside of the archive: " + entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.copy(
                    target.resolve(entry.getLinkName()), path, StandardCopyOption.COPY_ATTRIBUTES);
        } else {
            Files.copy(tar, path);
            var mode = (entry.getMode() & 0111) != 0 ? "rwxr-xr-x" : "rw-r--r--";
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    private static String resource() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var os = system.contains("mac") ? "darwin" : system.contains("win") ? "windows" : "linux";
        var processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var arch = processor.equals("aarch64") || processor.equals("arm64") ? "arm_64" : "x86_64";
        var musl =
                os.equals("linux") && Files.exists(Path.of("/etc/alpine-release"))
                        ? "-alpine_linux"
                        : "";
        return "postgres-" + os + "-" + arch + musl + ".txz";
    }
}
