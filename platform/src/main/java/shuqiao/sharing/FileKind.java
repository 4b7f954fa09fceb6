package shuqiao.sharing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a file is by its content, whatever it is called. */
public enum FileKind {
    PDF("application/pdf"),
    /** A ZIP that holds OFD.xml at its top (GB/T 33190-2016). */
    OFD("application/ofd"),
    PNG("image/png"),
    JPEG("image/jpeg");

    private static final byte[] PDF_MAGIC = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PNG_MAGIC = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final byte[] JPEG_MAGIC = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};
    private static final int ZIP_END = 0x06054b50;
    private static final int ZIP_END_LENGTH = 22;
    private static final int ZIP_ENTRY = 0x02014b50;
    private static final int ZIP_ENTRY_LENGTH = 46;
    private static final int COMMENT_MAX = 65_535;
    private static final String OFD_ROOT = "OFD.xml";

    private final String mediaType;

    FileKind(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Empty for what is none of these. */
    static Optional<FileKind> of(byte[] content) {
        if (starts(content, PDF_MAGIC)) return Optional.of(PDF);
        if (starts(content, PNG_MAGIC)) return Optional.of(PNG);
        if (starts(content, JPEG_MAGIC)) return Optional.of(JPEG);
        if (starts(content, ZIP_MAGIC) && holdsOfd(content)) return Optional.of(OFD);
        return Optional.empty();
    }

    private static boolean starts(byte[] content, byte[] magic) {
        return content.length >= magic.length
                && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
    }

    /** Reads the directory at the end of the ZIP; unpacks nothing. */
    private static boolean holdsOfd(byte[] zip) {
        var bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        var first = Math.max(0, zip.length - ZIP_END_LENGTH - COMMENT_MAX);
        for (int end = zip.length - ZIP_END_LENGTH; end >= first; end--) {
            if (bytes.getInt(end) != ZIP_END) continue;
            return listsOfd(bytes, bytes.getInt(end + 16), bytes.getShort(end + 10) & 0xffff);
        }
        return false;
    }

    private static boolean listsOfd(ByteBuffer bytes, int from, int entries) {
        var at = from;
        for (int i = 0; i < entries; i++) {
            if (at < 0 || at + ZIP_ENTRY_LENGTH > bytes.capacity()) return false;
            if (bytes.getInt(at) != ZIP_ENTRY) return false;
            var length = bytes.getShort(at + 28) & 0xffff;
            if (at + ZIP_ENTRY_LENGTH + length > bytes.capacity()) return false;
            var name = new byte[length];
            bytes.get(at + ZIP_ENTRY_LENGTH, name);
            if (new String(name, StandardCharsets.UTF_8).equals(OFD_ROOT)) return true;
            at +=
                    ZIP_ENTRY_LENGTH
                            + length
                            + (bytes.getShort(at + 30) & 0xffff)
                            + (bytes.getShort(at + 32) & 0xffff);
        }
        return false;
    }
}
