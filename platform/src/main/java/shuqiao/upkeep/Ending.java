package shuqiao.upkeep;

import java.time.Instant;
import java.time.LocalDate;

/**
 * An announced withdrawal.
 *
 * @param day from which on nothing is provided
 * @param by who announced it
 */
public record Ending(
        long id,
        long resource,
        String provider,
        String title,
        LocalDate day,
        String reason,
        String by,
        Instant at) {}
