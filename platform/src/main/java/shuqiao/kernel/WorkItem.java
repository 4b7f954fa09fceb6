package shuqiao.kernel;

/**
 * One thing that is to be done, of some kind of work.
 *
 * @param key what it is about; one item at most of a kind has it
 * @param payload what the handler needs besides; empty where the key says all
 * @param attempt from 1
 */
public record WorkItem(String key, String payload, int attempt) {}
