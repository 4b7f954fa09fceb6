package shuqiao.exchange;

import java.time.Instant;
import java.util.List;
import shuqiao.engine.Mark;

/**
 * What an attempt was about to commit at the target when it had its last word: all that a receipt
 * needs, should nobody come back to write it.
 *
 * @param startedAt when that attempt was taken
 * @param notedAt of the last word; the commit was sent right after it
 */
record Intent(
        String run,
        int attempt,
        Instant startedAt,
        Instant notedAt,
        Mark mark,
        long rowsRead,
        long rowsWritten,
        long bytes,
        String sha256,
        String contentOf,
        String swapMethod,
        List<String> notes,
        List<String> words) {

    /** As the attempt would have told it. */
    Outcome outcome() {
        return new Outcome(
                        rowsRead,
                        rowsWritten,
                        bytes,
                        sha256,
                        contentOf,
                        notedAt,
                        swapMethod,
                        notes,
                        words,
                        List.of())
                .notBefore(startedAt);
    }
}
