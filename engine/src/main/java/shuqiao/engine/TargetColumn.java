package shuqiao.engine;

import java.util.Optional;

/** A column of the table that a scope yields. */
public record TargetColumn(String name, String type, boolean nullable, Optional<String> comment) {}
