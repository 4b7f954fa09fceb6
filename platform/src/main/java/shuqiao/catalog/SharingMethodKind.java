package shuqiao.catalog;

/** 共享方式分类. */
public enum SharingMethodKind {
    PLATFORM,
    MAIL,
    DISK,
    MEDIA
}
