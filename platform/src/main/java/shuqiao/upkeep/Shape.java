package shuqiao.upkeep;

import java.util.List;
import java.util.Optional;
import shuqiao.engine.Table;

/** What is remembered of a live table, to tell later in what it changed. */
record Shape(List<Part> columns, List<String> key) {

    record Part(String name, boolean nullable, String comment) {}

    static Shape of(Table table) {
        return new Shape(
                table.columns().stream()
                        .map(it ->
                                new Part(
                                        it.name(),
                                        it.nullable(),
                                        it.comment().map(String::strip).orElse("")))
                        .toList(),
                table.key());
    }

    Optional<Part> column(String name) {
        return columns.stream().filter(it -> it.name().equals(name)).findFirst();
    }
}
