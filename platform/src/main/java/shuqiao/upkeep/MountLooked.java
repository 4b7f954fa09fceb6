package shuqiao.upkeep;

import java.time.Instant;

/**
 * A live table was compared with what is published of it; no act of anybody, and so no matter of
 * the ledger.
 *
 * @param differs how many differences there are now
 */
public record MountLooked(long resource, int version, int differs, Instant at) {}
