package shuqiao.engine.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text with signatures below it, C2SP signed-note: the text ends with a line end, then an empty
 * line, then a line {@code — name base64(key id ‖ signature)} for each signature.
 */
public record SignedNote(String text, List<Line> signatures) {

    /** One signature as it stands; whether it is worth anything only a trusted key can say. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    public record Line(String name, byte[] keyId, byte[] signature) {
        public Line {
            checkName(name);
            if (keyId.length != KEY_ID_BYTES) throw new IllegalArgumentException("key id");
        }
    }

    private static final int KEY_ID_BYTES = 4;
    private static final int SIGNATURES_MAX = 64;
    private static final String BULLET = "— ";

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new IllegalArgumentException(
                    "a note is lines of text without control characters");
        }
    }

    /**
     * @throws IllegalArgumentException when the text is no signed note
     */
    public static SignedNote parse(String note) {
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || !note.endsWith("\n") || gap + 2 == note.length()) {
            throw new IllegalArgumentException("a note has an empty line before its signatures");
        }
        var lines = note.substring(gap + 2, note.length() - 1).split("\n", -1);
        if (lines.length > SIGNATURES_MAX)
            throw new IllegalArgumentException("too many signatures");
        return new SignedNote(
                note.substring(0, gap + 1),
                Arrays.stream(lines).map(SignedNote::parseLine).toList());
    }

    /**
     * Whether a trusted key signed the text. Signatures of unknown keys are passed over; one that
     * claims to be of a trusted key and is wrong makes the whole note wrong, as C2SP asks.
     */
    public boolean isSignedBy(List<PublicKeys.PublicKey> trusted) {
        return !signedBy(trusted).isEmpty();
    }

    /** The trusted keys that signed it, as {@link #isSignedBy} counts them. */
    List<PublicKeys.PublicKey> signedBy(List<PublicKeys.PublicKey> trusted) {
        var message = text.getBytes(StandardCharsets.UTF_8);
        var signing = new ArrayList<PublicKeys.PublicKey>();
        for (var line : signatures) {
            for (var key : trusted) {
                if (!key.noteName().equals(line.name())) continue;
                if (!Arrays.equals(key.noteKeyId(), line.keyId())) continue;
                if (!key.verify(message, line.signature())) return List.of();
                signing.add(key);
            }
        }
        return signing;
    }

    /** The note as one string. */
    public String print() {
        var out = new StringBuilder(text).append('\n');
        for (var line : signatures) {
            var both = Arrays.copyOf(line.keyId(), KEY_ID_BYTES + line.signature().length);
            System.arraycopy(line.signature(), 0, both, KEY_ID_BYTES, line.signature().length);
            out.append(BULLET).append(line.name()).append(' ');
            out.append(StrictBase64.text(both)).append('\n');
        }
        return out.toString();
    }

    public SignedNote with(Line signature) {
        var more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /** A key name is not empty and has neither space nor plus. */
    static void checkName(String name) {
        if (name.isEmpty()
                || name.indexOf('+') >= 0
                || name.codePoints()
                        .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException("no name for a key of signed notes");
        }
    }

    private static Line parseLine(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(BULLET) || space <= BULLET.length()) {
            throw new IllegalArgumentException("no signature line");
        }
        var both =
                StrictBase64.bytes(line.substring(space + 1))
                        .filter(bytes -> bytes.length > KEY_ID_BYTES)
                        .orElseThrow(() -> new IllegalArgumentException("no signature line"));
        return new Line(
                line.substring(BULLET.length(), space),
                Arrays.copyOf(both, KEY_ID_BYTES),
                Arrays.copyOfRange(both, KEY_ID_BYTES, both.length));
    }
}
