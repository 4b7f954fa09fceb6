package shuqiao.shell;

/** One choice card: value, title and one line below it, in the reader's language. */
public record Choice(String value, String title, String note) {}
