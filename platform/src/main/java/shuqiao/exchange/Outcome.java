package shuqiao.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.CopyResult;
import shuqiao.engine.FileResult;

/**
 * What an attempt brought, on whichever rail.
 *
 * @param bytes of the tuple stream, or of the file
 * @param of what the digest is of, in the words of the receipt
 * @param swapMethod how a table got its content; none for a file
 * @param notes what was carried over, or how many rows entered
 * @param words what the receipt says beyond the notes
 */
record Outcome(
        long rowsRead,
        long rowsWritten,
        long bytes,
        String sha256,
        String of,
        Instant finishedAt,
        @Nullable String swapMethod,
        List<String> notes,
        List<String> words,
        List<RunFile> files) {

    /** No earlier than that, whatever the clock was put back by meanwhile. */
    Outcome notBefore(Instant began) {
        if (!finishedAt.isBefore(began)) return this;
        return new Outcome(
                rowsRead, rowsWritten, bytes, sha256, of, began, swapMethod, notes, words, files);
    }

    static Outcome of(CopyResult result) {
        return new Outcome(
                result.rowsRead(),
                result.rowsWritten(),
                result.bytes(),
                result.sha256(),
                "pg-binary-tuples; masked; order of delivery; %d part%s"
                        .formatted(result.parts(), result.parts() == 1 ? "" : "s"),
                result.finishedAt(),
                result.swapMethod().name(),
                result.notes(),
                List.of(),
                List.of());
    }

    /** With more for the receipt. */
    Outcome saying(List<String> more) {
        var all = new ArrayList<>(words);
        all.addAll(more);
        return new Outcome(
                rowsRead,
                rowsWritten,
                bytes,
                sha256,
                of,
                finishedAt,
                swapMethod,
                notes,
                List.copyOf(all),
                files);
    }

    static Outcome of(
            FileResult result,
            String format,
            Instant finishedAt,
            List<String> notes,
            List<RunFile> files) {
        return new Outcome(
                result.rowsRead(),
                result.rowsWritten(),
                result.bytes(),
                result.sha256(),
                format + " file; masked; order of delivery; 1 part",
                finishedAt,
                null,
                notes,
                List.of(),
                files);
    }
}
