package shuqiao.catalog;

/** 共享类型. */
public enum SharingKind {
    UNCONDITIONAL,
    CONDITIONAL,
    NOT_SHARED
}
