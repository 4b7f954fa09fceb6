package shuqiao.shell;

/**
 * One entry of a history (历史); the words are in the reader's language.
 *
 * @param look now, done, open or failed
 */
public record Fact(String fact, String note, String look) {}
