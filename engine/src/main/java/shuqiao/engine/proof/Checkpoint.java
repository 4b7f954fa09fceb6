package shuqiao.engine.proof;

import java.util.List;

/**
 * The state of the log, C2SP tlog-checkpoint: origin, size and root, each on a line, and lines of
 * extension if there are any. It is the text of a {@link SignedNote}.
 *
 * @param size number of leaves
 * @param root 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by text()
public record Checkpoint(String origin, long size, byte[] root, List<String> extensions) {

    public Checkpoint {
        extensions = List.copyOf(extensions);
        checkOrigin(origin);
        if (size < 0) throw new IllegalArgumentException("negative size");
        if (root.length != MerkleTree.HASH_BYTES) throw new IllegalArgumentException("no root");
        if (extensions.stream().anyMatch(line -> line.isEmpty() || line.indexOf('\n') >= 0)) {
            throw new IllegalArgumentException("an extension is one line that is not empty");
        }
    }

    public Checkpoint(String origin, long size, byte[] root) {
        this(origin, size, root, List.of());
    }

    /**
     * @throws IllegalArgumentException when the text is no checkpoint
     */
    public static Checkpoint parse(String text) {
        if (!text.endsWith("\n")) throw new IllegalArgumentException("cut checkpoint");
        var lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        // a size is decimal without leading zeros and fits a long
        if (lines.size() < 3 || !lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("a checkpoint is origin, size and root");
        }
        var root =
                StrictBase64.bytes(lines.get(2))
                        .orElseThrow(() -> new IllegalArgumentException("root is no base64"));
        return new Checkpoint(
                lines.get(0), Long.parseLong(lines.get(1)), root, lines.subList(3, lines.size()));
    }

    /** The bytes that are signed, as text. */
    public String text() {
        var out = new StringBuilder();
        out.append(origin).append('\n').append(size).append('\n');
        out.append(StrictBase64.text(root)).append('\n');
        extensions.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    static void checkOrigin(String origin) {
        if (origin.isBlank() || origin.chars().anyMatch(c -> c < 0x20)) {
            throw new IllegalArgumentException("an origin is one line that is not empty");
        }
    }
}
