package shuqiao.sharing;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The provider's answer; what exactly was granted stands in the grant.
 *
 * @param opinion for the consumer to read
 * @param reason of a part or a refusal
 * @param basis of a refusal
 */
public record Decision(
        Outcome outcome,
        String opinion,
        String reason,
        Optional<BasisKind> basis,
        String basisText) {

    public enum Outcome {
        GRANT,
        GRANT_IN_PART,
        REFUSE
    }

    /** What the history says of it. */
    String note() {
        return Stream.of(opinion, reason, basisText)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    RequestState.Move move() {
        return switch (outcome) {
            case GRANT -> RequestState.Move.GRANT;
            case GRANT_IN_PART -> RequestState.Move.GRANT_IN_PART;
            case REFUSE -> RequestState.Move.REFUSE;
        };
    }
}
