package shuqiao.catalog;

/** Whether the data of a resource is as new as its cycle promises. */
public enum Timeliness {
    CURRENT,
    OVERDUE
}
