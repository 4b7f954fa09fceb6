package shuqiao.shell;

/** A chosen filter that can be taken away: the word, and this list without it. */
public record Chosen(String word, String without) {}
