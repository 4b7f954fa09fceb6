package shuqiao.workbook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import shuqiao.kernel.Invalid;

/**
 * Looks through a file before anything of it is read: what it is by its content, whatever its name
 * says, and whether it is harmless. An .xlsx is inflated for that, and the bytes are thrown away.
 */
final class SafeZip {

    /** What a file may be in all; a department's 20,000 rows are far below. */
    static final int BYTES_MAX = 20 * 1024 * 1024;

    private static final long INFLATED_MAX = 256L * 1024 * 1024;
    private static final int ENTRIES_MAX = 2_000;

    /** First bytes of a compound file: an .xls of old, or an .xlsx with a password. */
    private static final byte[] COMPOUND = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    /** How JSON begins, and no list of names. */
    private static final Pattern JSON =
            Pattern.compile("\\{\\s*(?:\"|\\}|$)|\\[\\s*(?:[\\[{\"]|-?[0-9]+\\s*[,\\]])");

    /** What of a file we can read. */
    enum Kind {
        XLSX,
        CSV
    }

    private SafeZip() {}

    /** What it is by its first bytes; refuses what we do not read, and says what to do. */
    static Kind check(byte[] content) {
        if (content.length == 0) throw Invalid.field("file", "workbook.no-file");
        if (content.length > BYTES_MAX)
            throw Invalid.field(
                    "file", "workbook.too-big", Map.of("megabytes", BYTES_MAX / 1024 / 1024));
        if (startsWith(content, COMPOUND))
            throw Invalid.field(
                    "file",
                    holds(content, "EncryptedPackage") ? "workbook.password" : "workbook.old-xls");
        if (content.length >= 2 && content[0] == 'P' && content[1] == 'K') return Kind.XLSX;
        var head = new String(content, 0, Math.min(content.length, 512), StandardCharsets.UTF_8);
        var begin = head.replace("\uFEFF", "").stripLeading().toLowerCase(Locale.ROOT);
        if (begin.startsWith("<")) throw Invalid.field("file", "workbook.web-page");
        if (begin.startsWith("mime-version:")) throw Invalid.field("file", "workbook.web-page");
        if (begin.startsWith("begin:vcalendar")) throw Invalid.field("file", "workbook.icalendar");
        if (JSON.matcher(begin).lookingAt()) throw Invalid.field("file", "workbook.json");
        if (begin.startsWith("%pdf") || begin.startsWith("{\\rtf"))
            throw Invalid.field("file", "workbook.no-workbook");
        if (PlainText.isUtf16(content)) return Kind.CSV;
        for (int at = 0; at < Math.min(content.length, 4096); at++)
            if (content[at] == 0) throw Invalid.field("file", "workbook.no-workbook");
        return Kind.CSV;
    }

    /**
     * Looks through a workbook, part for part, and reads its sheets.
     *
     * @param columnsMax cells beyond are not read, and told
     */
    static void read(byte[] content, Deadline deadline, int columnsMax, BookParts.Sheets into) {
        if (entries(content) > ENTRIES_MAX) throw Invalid.field("file", "workbook.bomb");
        try (var zip =
                ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                        .get()) {
            var budget = new PartStream.Budget(INFLATED_MAX);
            inflate(zip, budget, deadline);
            BookParts.read(
                    zip,
                    new PartScan(new PartStream.Budget(INFLATED_MAX), deadline),
                    columnsMax,
                    into);
        } catch (IOException | IllegalArgumentException broken) {
            throw Invalid.field("file", "workbook.no-workbook");
        }
    }

    private static void inflate(ZipFile zip, PartStream.Budget budget, Deadline deadline)
            throws IOException {
        boolean workbook = false;
        var buffer = new byte[64 * 1024];
        for (var entry : Collections.list(zip.getEntries())) {
            var name = entry.getName().toLowerCase(Locale.ROOT);
            if (name.endsWith("vbaproject.bin")) throw Invalid.field("file", "workbook.macros");
            if (name.equals("xl/workbook.bin")) throw Invalid.field("file", "workbook.binary");
            workbook |= name.equals("xl/workbook.xml");
            if (entry.getMethod() != ZipEntry.DEFLATED && entry.getMethod() != ZipEntry.STORED)
                throw Invalid.field("file", "workbook.no-workbook");
            try (var in = zip.getInputStream(entry)) {
                for (int read; (read = in.read(buffer)) > 0; ) {
                    deadline.check();
                    budget.take(read);
                }
            }
        }
        if (!workbook) throw Invalid.field("file", "workbook.no-workbook");
    }

    /** As the bytes have them, before a list of them is made. */
    private static int entries(byte[] content) {
        int entries = 0;
        for (int at = 0; at + 4 <= content.length; at++)
            if (content[at] == 'P'
                    && content[at + 1] == 'K'
                    && content[at + 2] == 1
                    && content[at + 3] == 2) entries++;
        return entries;
    }

    private static boolean startsWith(byte[] content, byte[] begin) {
        if (content.length < begin.length) return false;
        for (int at = 0; at < begin.length; at++) if (content[at] != begin[at]) return false;
        return true;
    }

    /** The names inside a compound file are UTF-16. */
    private static boolean holds(byte[] content, String name) {
        return new String(content, StandardCharsets.ISO_8859_1)
                .contains(
                        new String(
                                name.getBytes(StandardCharsets.UTF_16LE),
                                StandardCharsets.ISO_8859_1));
    }
}
