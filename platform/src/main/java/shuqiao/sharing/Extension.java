package shuqiao.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A provider's wish for more time to answer.
 *
 * @param days working days asked for
 * @param askedBy user name or client id: not the one to consent
 * @param dueBefore the due date when it was asked for
 */
public record Extension(
        long id,
        long request,
        int days,
        String reason,
        String askedBy,
        Instant askedAt,
        LocalDate dueBefore,
        Optional<Answer> answer) {

    /** What the authority said. */
    public enum Outcome {
        CONSENTED,
        REFUSED
    }

    /**
     * @param days working days consented to; 0 when refused
     * @param due the new due date; empty when refused
     * @param reason may be empty with a consent
     */
    public record Answer(
            Outcome outcome, int days, String reason, Optional<LocalDate> due, Instant at) {}

    boolean consented() {
        return answer.filter(it -> it.outcome() == Outcome.CONSENTED).isPresent();
    }
}
