package shuqiao.engine;

/** What became of a transaction that was about to be committed when we lost sight of it. */
public enum Fate {
    COMMITTED,
    ROLLED_BACK,

    /**
     * The server cannot tell: it was restored, replaced or failed over since, keeps no account that
     * old, or is older than PostgreSQL 10.
     */
    UNKNOWN
}
