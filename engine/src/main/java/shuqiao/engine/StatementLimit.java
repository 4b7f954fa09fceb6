package shuqiao.engine;

/** Whose bound on the time of a single statement holds in a session. */
enum StatementLimit {
    NONE,
    /** That of our role, which a DBA has set stricter than ours. */
    ROLE,
    /** That of the data source, or of a question that is not to take long. */
    OURS
}
