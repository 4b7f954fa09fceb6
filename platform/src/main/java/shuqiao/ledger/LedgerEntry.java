package shuqiao.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One recorded act.
 *
 * @param body canonical JSON, the bytes of the leaf
 * @param index in the log; null within the first second
 */
public record LedgerEntry(
        long id,
        String kind,
        Instant at,
        String actorKind,
        String actor,
        @Nullable String organization,
        String body,
        @Nullable Long index) {

    /** What an auditor asks for; empty parts match all. */
    public record Query(
            Optional<String> kind,
            Optional<String> actor,
            Optional<String> organization,
            Optional<Instant> from,
            Optional<Instant> until) {

        public static Query all() {
            return new Query(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
