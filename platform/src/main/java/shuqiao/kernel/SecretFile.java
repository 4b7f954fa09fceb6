package shuqiao.kernel;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** A small secret in the home, readable by its owner alone from the first byte on. */
public final class SecretFile {

    /** Without letters and digits that are taken for each other when read aloud. */
    private static final String ALPHABET =
            "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretFile() {}

    public static String readOrCreate(Path file, Supplier<String> fresh) throws IOException {
        if (Files.exists(file)) return Files.readString(file).strip();
        var secret = fresh.get();
        write(file, secret);
        return secret;
    }

    /** Writes the whole file or nothing. */
    public static void write(Path file, String text) throws IOException {
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
        Files.move(partial, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** A random secret of about 5.8 bits a character. */
    public static String random(int length) {
        var secret = new StringBuilder(length);
        for (int i = 0; i < length; i++)
            secret.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        return secret.toString();
    }
}
