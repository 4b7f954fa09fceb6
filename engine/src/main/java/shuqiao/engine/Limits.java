package shuqiao.engine;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What a department's DBA allows us.
 *
 * @param maxConnections at the same time, all our work together; a copy takes one on each side, and
 *     a second one at the source where the caller, who counts them, lets it
 * @param megabytesPerSecond of tuples, 10^6 bytes; empty for as fast as it goes
 * @param statementTimeout for one statement, a whole COPY included; zero for none
 * @param lockTimeout how long we try for a lock, the swap's tries together
 * @param connectTimeout for reaching the server and logging in
 */
public record Limits(
        int maxConnections,
        OptionalDouble megabytesPerSecond,
        Duration statementTimeout,
        Duration lockTimeout,
        Duration connectTimeout) {

    public Limits {
        if (maxConnections < 1)
            throw new IllegalArgumentException("maxConnections " + maxConnections);
        if (megabytesPerSecond.isPresent() && !(megabytesPerSecond.getAsDouble() > 0))
            throw new IllegalArgumentException("megabytesPerSecond " + megabytesPerSecond);
        if (statementTimeout.isNegative()
                || lockTimeout.isNegative()
                || !connectTimeout.isPositive())
            throw new IllegalArgumentException("a limit of time must not be negative");
    }

    /** Four connections, no rate limit, no statement timeout, 30 s for locks, 10 s to connect. */
    public static Limits standard() {
        return new Limits(
                4,
                OptionalDouble.empty(),
                Duration.ZERO,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }
}
