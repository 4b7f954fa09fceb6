package shuqiao.catalog;

import java.time.LocalDate;
import java.util.Optional;
import shuqiao.kernel.Offered;

/** Offered as a bean by the room that announces withdrawals, for others to ask before the day. */
@Offered(Offered.As.RULE)
public interface ResourceEnding {

    /**
     * A withdrawal that was announced.
     *
     * @param day from which on nothing is provided any more
     */
    record Announced(LocalDate day, String reason) {}

    /** Empty where nothing was announced, or it was taken back. */
    Optional<Announced> of(long resource);
}
