package shuqiao.identity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs for a reviewer who is away (代办).
 *
 * @param absent user name of the reviewer
 * @param from first day, Asia/Shanghai
 * @param until last day, to its end
 * @param ended when it was ended before that
 */
public record Substitution(
        long id,
        String absent,
        String absentName,
        String substitute,
        String substituteName,
        @Nullable String organization,
        LocalDate from,
        LocalDate until,
        String reason,
        Optional<Instant> ended) {

    /** How it stands on a day. */
    public enum Standing {
        LATER,
        IN_FORCE,
        OVER
    }

    public Standing standing(LocalDate today) {
        if (ended.isPresent() || today.isAfter(until)) return Standing.OVER;
        return today.isBefore(from) ? Standing.LATER : Standing.IN_FORCE;
    }
}
