package shuqiao.engine;

/**
 * What a column's type is at heart, as far as filters and masks care. A domain has the kind of its
 * base type.
 */
public enum TypeKind {
    TEXT,
    INTEGER,
    NUMERIC,
    FLOAT,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    TIMESTAMP_WITH_ZONE,
    UUID,
    ENUM,
    /** Everything else: it can be carried, hashed, redacted and asked for null. */
    OTHER
}
