package shuqiao.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the reader of a file has to know lest his program take its rows for something else. */
final class FileNotes {

    private FileNotes() {}

    /**
     * @param texts fields of numbers that are written as text from top to bottom
     */
    static List<String> of(FileFormat format, List<TargetColumn> columns, Set<String> texts) {
        var notes = new ArrayList<String>();
        notes.addAll(namesInOtherLetters(columns));
        if (columns.size() == 1 && columns.getFirst().nullable() && format != FileFormat.PARQUET)
            notes.add(
                    "one field only: a null is an empty line, which programs that skip empty lines do not count");
        if (!texts.isEmpty())
            notes.add(
                    "numbers with more than 15 digits or none (NaN, infinity), so that the whole field is text: "
                            + inOrder(columns, texts));
        return notes;
    }

    /** Of single values that a spreadsheet has no number or date for. */
    static List<String> ofSome(List<TargetColumn> columns, Set<String> some) {
        return some.isEmpty()
                ? List.of()
                : List.of(
                        "values that a spreadsheet cannot hold, as text among the others: "
                                + inOrder(columns, some));
    }

    private static String inOrder(List<TargetColumn> columns, Set<String> names) {
        return columns.stream()
                .map(TargetColumn::name)
                .filter(names::contains)
                .collect(Collectors.joining(", "));
    }

    /** Many programs take such columns for one. */
    private static List<String> namesInOtherLetters(List<TargetColumn> columns) {
        return columns.stream()
                .map(TargetColumn::name)
                .collect(
                        Collectors.groupingBy(
                                name -> name.toLowerCase(Locale.ROOT),
                                TreeMap::new,
                                Collectors.toList()))
                .values()
                .stream()
                .filter(names -> names.size() > 1)
                .map(names ->
                        "fields whose names differ in capitals only: " + String.join(", ", names))
                .toList();
    }
}
