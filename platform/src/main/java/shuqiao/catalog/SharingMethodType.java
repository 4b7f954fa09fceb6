package shuqiao.catalog;

/** 共享方式类型 of the platform: 数据库, 文件, 接口. */
public enum SharingMethodType {
    DATABASE,
    FILE,
    SERVICE
}
