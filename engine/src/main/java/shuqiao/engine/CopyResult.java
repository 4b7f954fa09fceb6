package shuqiao.engine;

import java.time.Instant;
import java.util.List;

/**
 * What a copy did.
 *
 * @param rowsRead rows the source sent, by its own count
 * @param rowsWritten rows stored by this run, by the target's count
 * @param bytes of the tuple stream, without its header and trailer
 * @param sha256 of the same bytes, lower-case hex
 * @param reading by how many sessions the source was read
 * @param finishedAt after the swap was committed
 * @param notes why a target was refilled instead of swapped, what was carried over, what of the
 *     source we cannot look behind
 */
public record CopyResult(
        long rowsRead,
        long rowsWritten,
        long bytes,
        String sha256,
        int parts,
        Reading reading,
        Instant startedAt,
        Instant finishedAt,
        SwapMethod swapMethod,
        List<String> notes) {

    /** The note where rows may be hidden from us, as the owner declared. */
    public static final String ROW_SECURITY =
            "row security: rows that the provider's policy shows, as it declared";

    /** The note where the source's key is none of the rows that came. */
    static String noKey(String key) {
        return "no key: (%s) is unique in the table alone, not with those that inherit from it"
                .formatted(key);
    }

    public CopyResult {
        notes = notes.stream().map(Shown::line).toList(); // names of theirs stand in them
    }

    CopyResult finishedAt(Instant at) {
        return new CopyResult(
                rowsRead,
                rowsWritten,
                bytes,
                sha256,
                parts,
                reading,
                startedAt,
                at,
                swapMethod,
                notes);
    }
}
