package shuqiao.engine;

import java.time.Instant;
import java.util.List;

/**
 * What a delivery into a file did.
 *
 * @param rowsRead rows the source sent, by its own count
 * @param rowsWritten rows in the file, without headings and watermark
 * @param bytes of the file
 * @param sha256 of the file, lower-case hex
 * @param columns as they came, in their order
 * @param sheets of data in a workbook; 1 in other formats
 * @param notes what of the source we cannot look behind
 */
public record FileResult(
        long rowsRead,
        long rowsWritten,
        long bytes,
        String sha256,
        List<TargetColumn> columns,
        int sheets,
        Instant startedAt,
        Instant finishedAt,
        List<String> notes) {

    public FileResult {
        columns = List.copyOf(columns);
        notes = notes.stream().map(Shown::line).toList(); // names of theirs stand in them
    }
}
