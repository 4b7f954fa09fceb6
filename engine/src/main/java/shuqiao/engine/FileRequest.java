package shuqiao.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt to write what a scope grants into a file.
 *
 * @param key for the mask hash
 * @param file to be written; must not exist, its folder must
 * @param title of the first sheet of a workbook
 * @param headings by column, for the first row of a workbook; a column without one keeps its name
 * @param watermark a last row in CSV, a last sheet in XLSX, an entry of the footer in Parquet
 * @param guarded in CSV, an apostrophe before texts that a spreadsheet would take for a formula
 * @param bytesMax of the file
 * @param run as in {@link CopyRequest}
 * @param verifyFull also read the file back and compare its digest
 */
public record FileRequest(
        Endpoint source,
        Scope scope,
        HashKey key,
        FileFormat format,
        Path file,
        String title,
        Map<String, String> headings,
        Optional<String> watermark,
        boolean guarded,
        long bytesMax,
        String run,
        int attempt,
        boolean verifyFull) {

    public FileRequest {
        headings = Map.copyOf(headings);
    }

    /** What it means that something beside the file could not be written. */
    public static EngineFailure notWritten(IOException failed) {
        return FileSink.failure(failed);
    }
}
