package shuqiao.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A small secret in the home, readable by its owner alone from the first byte on. */
final class SecretFile {

    private SecretFile() {}

    static String readOrCreate(Path file, Supplier<String> fresh) throws IOException {
        if (Files.exists(file)) return Files.readString(file).strip();
        var secret = fresh.get();
        write(file, secret);
        return secret;
    }

    static void write(Path file, String text) throws IOException {
        var partial = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(partial);
        Files.createFile(
                partial,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                partial,
                (text + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(
                partial,
                file,
                Set.of(
                                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                                java.nio.file.StandardCopyOption.REPLACE_EXISTING)
                        .toArray(java.nio.file.CopyOption[]::new));
    }
}
