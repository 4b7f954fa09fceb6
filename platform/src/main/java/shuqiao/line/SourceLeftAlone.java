package shuqiao.line;

/**
 * A source that did not answer is not dialled for a while; said once, when that begins, and again
 * only after it was reached in between.
 *
 * @param failures in a row
 */
public record SourceLeftAlone(long source, int failures) {}
