package shuqiao.engine;

import java.util.Arrays;
import java.util.Optional;

/** How granted rows are written down in a file. */
public enum FileFormat {
    /** UTF-8 with BOM, RFC 4180: null is an empty field, an empty text is a pair of quotes. */
    CSV("csv", "text/csv; charset=utf-8"),
    /** A field of numbers as numbers where 15 digits hold each exactly, all else as text. */
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    /** Typed columns, gzip. */
    PARQUET("parquet", "application/vnd.apache.parquet");

    private final String word;
    private final String mediaType;

    FileFormat(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    /** In addresses and requests; also the ending of the file's name. */
    public String word() {
        return word;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<FileFormat> named(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }
}
