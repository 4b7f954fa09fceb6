package shuqiao.sharing;

import java.time.Instant;
import java.util.Optional;

/**
 * What a consumer holds against an answer that gives less than was asked.
 *
 * @param talks empty where the profile leads to the authority at once
 * @param appeal empty while nobody asked the authority
 * @param award empty until the authority has settled it
 */
public record Dispute(
        long request, Optional<Talks> talks, Optional<Appeal> appeal, Optional<Award> award) {

    /**
     * Negotiation of the two departments.
     *
     * @param by user name or client id of who asked for it
     * @param answer why the provider keeps its answer; empty before, and when it changed it
     * @param ended empty while they talk
     */
    public record Talks(
            String reason, String by, Instant at, String answer, Optional<Instant> ended) {}

    /** The consumer asks the authority to settle it. */
    public record Appeal(String reason, String by, Instant at) {}

    /**
     * The authority's word: binding.
     *
     * @param basis the text it rests on
     */
    public record Award(AwardOutcome outcome, String reason, String basis, Instant at) {}

    /** How the authority settles it. */
    public enum AwardOutcome {
        PROVIDE,
        PROVIDE_IN_PART,
        UPHOLD
    }
}
