package shuqiao.engine.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that only its owner may read: written whole or not at all, refused when others may read.
 */
final class PrivateFile {

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PUBLIC =
            PosixFilePermissions.fromString("rw-r--r--");

    private PrivateFile() {}

    static Path folderOf(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IOException(file + " lies in no folder");
        return folder;
    }

    static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
    }

    /** One secret as one line of base64. */
    static void writeSecret(Path file, byte[] secret) throws IOException {
        write(file, StrictBase64.text(secret) + "\n", OWNER);
    }

    /**
     * @throws IOException also when group or others have any right, or it is not a secret of this
     *     length
     */
    static byte[] readSecret(Path file, int length) throws IOException {
        var rights = EnumSet.noneOf(PosixFilePermission.class);
        rights.addAll(Files.getPosixFilePermissions(file));
        rights.removeAll(PosixFilePermissions.fromString("rwx------"));
        if (!rights.isEmpty()) {
            throw new IOException(file + " may be read by others; run: chmod 600 " + file);
        }
        return StrictBase64.bytes(Files.readString(file).strip())
                .filter(secret -> secret.length == length)
                .orElseThrow(() -> new IOException(file + " holds no key of this kind"));
    }

    static void writePublic(Path file, String text) throws IOException {
        write(file, text, PUBLIC);
    }

    /** To a neighbour first, forced to disk, then moved: a crash leaves no half key. */
    private static void write(Path file, String text, Set<PosixFilePermission> rights)
            throws IOException {
        var draft =
                Files.createTempFile(
                        folderOf(file),
                        ".new-",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(OWNER));
        try {
            try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) out.write(bytes);
                out.force(true);
            }
            Files.setPosixFilePermissions(draft, rights);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
