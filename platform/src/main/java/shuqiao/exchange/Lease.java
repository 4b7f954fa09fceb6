package shuqiao.exchange;

import java.time.Instant;

/**
 * The right to work on a run, until it runs out or is renewed.
 *
 * @param owner this process, as no other one is called
 * @param since when this attempt was taken, before any connection was opened, by the clock of the
 *     platform
 * @param asked {@link System#nanoTime} just before: from then on it lives for at least its life
 */
record Lease(Run run, String owner, Instant since, long asked) {}
