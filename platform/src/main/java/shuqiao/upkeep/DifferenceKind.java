package shuqiao.upkeep;

/** In what way a live table is not as it was mounted. */
public enum DifferenceKind {
    TABLE_GONE,
    COLUMN_LOST,
    TYPE_CHANGED,
    LENGTH_CHANGED,
    COLUMN_ADDED,
    KEY_CHANGED,
    NULLABILITY_CHANGED,
    COMMENT_CHANGED
}
