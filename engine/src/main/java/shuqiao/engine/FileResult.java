package shuqiao.engine;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a delivery into a file did.
 *
 * @param rowsRead rows the source sent, by its own count
 * @param rowsWritten rows in the file, without headings and watermark
 * @param bytes of the file
 * @param sha256 of the file, lower-case hex
 * @param columns as they came, in their order
 * @param texts names of the columns of numbers that are text from top to bottom
 * @param sheets of data in a workbook; 1 in other formats
 * @param notes what of the source we cannot look behind, and what a reader of the file has to know
 */
public record FileResult(
        long rowsRead,
        long rowsWritten,
        long bytes,
        String sha256,
        List<TargetColumn> columns,
        Set<String> texts,
        int sheets,
        Instant startedAt,
        Instant finishedAt,
        List<String> notes) {

    public FileResult {
        columns = List.copyOf(columns);
        texts = Set.copyOf(texts);
        notes = notes.stream().map(Shown::line).toList(); // names of theirs stand in them
    }
}
