package shuqiao.shell;

/** One step of the way to a page; the word is already in the reader's language. */
public record Crumb(String word, String path) {}
