package shuqiao.workbook;

import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import shuqiao.kernel.Invalid;

/**
 * Looks through an .xlsx file before any reader of spreadsheets touches it: inflates it once and
 * throws the bytes away.
 */
final class SafeZip {

    /** What a file may be in all; a department's 20,000 rows are far below. */
    static final int BYTES_MAX = 20 * 1024 * 1024;

    private static final long INFLATED_MAX = 256L * 1024 * 1024;
    private static final int ENTRIES_MAX = 2_000;

    private SafeZip() {}

    static void check(byte[] content) {
        if (content.length == 0) throw Invalid.field("file", "workbook.no-file");
        if (content.length > BYTES_MAX)
            throw Invalid.field(
                    "file", "workbook.too-big", Map.of("megabytes", BYTES_MAX / 1024 / 1024));
        if (content.length < 4 || content[0] != 'P' || content[1] != 'K')
            throw Invalid.field("file", "workbook.no-workbook");
        // the same library as the reader of spreadsheets: both see the same entries
        try (var zip =
                ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                        .get()) {
            long inflated = 0;
            int entries = 0;
            boolean workbook = false;
            var buffer = new byte[64 * 1024];
            for (var entry : Collections.list(zip.getEntries())) {
                if (++entries > ENTRIES_MAX) throw Invalid.field("file", "workbook.bomb");
                var name = entry.getName().toLowerCase(Locale.ROOT);
                if (name.endsWith("vbaproject.bin")) throw Invalid.field("file", "workbook.macros");
                workbook |= name.equals("xl/workbook.xml");
                boolean first = true;
                try (var in = zip.getInputStream(entry)) {
                    for (int read; (read = in.read(buffer)) > 0; first = false) {
                        inflated += read;
                        if (inflated > INFLATED_MAX) throw Invalid.field("file", "workbook.bomb");
                        if (first && declaresEntities(buffer, read))
                            throw Invalid.field("file", "workbook.no-workbook");
                    }
                }
            }
            if (!workbook) throw Invalid.field("file", "workbook.no-workbook");
        } catch (IOException | IllegalArgumentException broken) {
            throw Invalid.field("file", "workbook.no-workbook");
        }
    }

    /** No spreadsheet program writes a document type; whoever does wants to be expanded. */
    private static boolean declaresEntities(byte[] buffer, int length) {
        var head =
                new String(
                        buffer,
                        0,
                        Math.min(length, 4096),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
        return head.contains("<!DOCTYPE") || head.contains("<!ENTITY");
    }
}
