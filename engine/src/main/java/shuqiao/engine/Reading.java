package shuqiao.engine;

/** By how many sessions at once a source is read for one copy, and why. */
public enum Reading {
    /** Two, each half of the table's pages under one snapshot: masks keep a processor busy. */
    TWO,
    /** Rows pass unchanged: then the target is what takes the time. */
    ONE_UNMASKED,
    /** Smaller than what a second session is worth. */
    ONE_SMALL,
    /** A view, a partitioned or a foreign table: it has no pages that could be halved. */
    ONE_NOT_A_HEAP,
    /** The filter finds its rows by an index. */
    ONE_BY_INDEX,
    /** The source's server is older than PostgreSQL 14, which can begin in the middle. */
    ONE_OLD_SERVER,
    /** This machine has one processor, or fewer than four and the source is on it, too. */
    ONE_PROCESSOR,
    /** The source's owner allows no further connection now. */
    ONE_CONNECTION,
    /** The source's owner has limited the rate: one is fast enough. */
    ONE_RATE,
    /** A second session was refused, or is not of the same server. */
    ONE_REFUSED
}
