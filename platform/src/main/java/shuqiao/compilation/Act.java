package shuqiao.compilation;

/** What an import does with an entry of a workbook. */
enum Act {
    ADDED,
    /** A draft gets other words. */
    CHANGED,
    /** The next version of what is published is begun. */
    VERSION,
    SAME
}
