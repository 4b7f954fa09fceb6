package shuqiao.catalog;

/** The word of a {@link State}. */
public enum Stage {
    DRAFT,
    SUBMITTED,
    DEPARTMENT_APPROVED,
    APPROVED,
    PUBLISHED,
    RETURNED,
    WITHDRAWN
}
