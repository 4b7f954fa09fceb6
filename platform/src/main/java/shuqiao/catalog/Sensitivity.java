package shuqiao.catalog;

/** How much harm the values of an item can do: none, about persons, or sensitive about persons. */
public enum Sensitivity {
    NONE,
    PERSONAL,
    SENSITIVE
}
