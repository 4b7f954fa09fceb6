package shuqiao.shell;

/**
 * One step of a stepper (步骤); the words are in the reader's language.
 *
 * @param look done, now, later or failed
 */
public record Mark(String word, String note, String look) {}
