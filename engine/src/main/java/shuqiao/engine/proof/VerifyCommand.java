package shuqiao.engine.proof;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * {@code verify RECEIPT.json [--key FILE] [--lang zh|en]}: checks a receipt without the platform.
 * Ends with 0 valid, 1 not valid, 2 could not check.
 */
public final class VerifyCommand {

    private static final int VALID = 0;
    private static final int NOT_VALID = 1;
    private static final int NOT_CHECKED = 2;
    private static final long FILE_BYTES_MAX = 4L << 20;

    private @Nullable String receipt;
    private @Nullable String keys;
    private boolean english;

    private VerifyCommand() {}

    public static void main(String[] args) {
        // UTF-8 whatever the locale says: the sentences are Chinese
        var out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(args, System.getenv(), out, err));
    }

    /** The command without the exit. */
    public static int run(
            String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        var command = new VerifyCommand();
        command.english = environment.getOrDefault("LANG", "").startsWith("en");
        try {
            command.read(args);
            return command.check(environment, out);
        } catch (IOException | InvalidPathException | IllegalStateException unable) {
            err.println((command.english ? "Could not check: " : "无法验证：") + unable.getMessage());
            return NOT_CHECKED;
        }
    }

    private void read(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--key" -> keys = next(args, ++i);
                case "--lang" -> english = next(args, ++i).startsWith("en");
                default -> {
                    if (args[i].startsWith("--") || receipt != null) throw usage();
                    receipt = args[i];
                }
            }
        }
        if (receipt == null) throw usage();
    }

    private String next(String[] args, int index) {
        if (index >= args.length) throw usage();
        return args[index];
    }

    private IllegalStateException usage() {
        return unable(
                "用法 verify RECEIPT.json [--key FILE] [--lang zh|en]",
                "usage: verify RECEIPT.json [--key FILE] [--lang zh|en]");
    }

    private int check(Map<String, String> environment, PrintStream out) throws IOException {
        if (receipt == null) throw usage();
        var trusted = trusted(environment);
        var json = text(Path.of(receipt));
        if (!isJson(json)) throw unable(receipt + " 不是 JSON", receipt + " is no JSON");

        var verdict = ReceiptVerifier.verify(json, trusted);
        for (var check : verdict.checks()) {
            out.println(
                    (check.passed() ? "✓ " : "✗ ") + (english ? check.english() : check.chinese()));
        }
        if (verdict.isValid()) {
            out.println(english ? "VALID" : "有效");
            return VALID;
        }
        out.println(english ? "NOT VALID" : "无效");
        return NOT_VALID;
    }

    private PublicKeys trusted(Map<String, String> environment) throws IOException {
        var home = environment.getOrDefault("SHUQIAO_HOME", "");
        var file =
                keys != null
                        ? Path.of(keys)
                        : Path.of(home.isEmpty() ? "./var" : home, "keys", "public.json");
        try {
            return PublicKeys.parse(text(file));
        } catch (IllegalArgumentException noDocument) {
            throw unable(file + " 不是公钥文件", file + " is no document of public keys");
        }
    }

    private String text(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw unable("读不到文件 " + file, "cannot read the file " + file);
        }
        if (Files.size(file) > FILE_BYTES_MAX) throw unable(file + " 太大", file + " is too large");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw unable(file + " 不是 UTF-8 文本", file + " is no text in UTF-8");
        }
    }

    /** Doubled names and absurd depth are JSON, though no receipt. */
    private static boolean isJson(String text) {
        try {
            return !Json.LENIENT.readTree(text).isMissingNode();
        } catch (StreamConstraintsException absurd) {
            return true;
        } catch (JacksonException notJson) {
            return false;
        }
    }

    private IllegalStateException unable(String chinese, String inEnglish) {
        return new IllegalStateException(english ? inEnglish : chinese);
    }
}
