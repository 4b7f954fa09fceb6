package shuqiao.catalog;

import java.time.Instant;

/** A step that somebody took, with the opinion that was given. */
public record Review(int version, Step step, Stage stage, String by, String opinion, Instant at) {}
