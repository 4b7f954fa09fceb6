package shuqiao.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** 格式分类 with its 格式类型, 发改高技〔2017〕1272号, and the databases and services of today. */
public enum FormatKind {
    FILE("OFD", "wps", "xml", "txt", "csv", "json", "doc", "docx", "html", "pdf", "ppt", "pptx"),
    SPREADSHEET("et", "xls", "xlsx"),
    DATABASE(
            "Dm",
            "KingbaseES",
            "openGauss",
            "GaussDB",
            "PostgreSQL",
            "MySQL",
            "access",
            "dbf",
            "dbase",
            "sybase",
            "oracle",
            "sql server",
            "db2"),
    IMAGE("jpg", "gif", "bmp", "png", "tif"),
    STREAM("swf", "rm", "mpg", "mp4"),
    SELF_DESCRIBED,
    SERVICE("REST", "SOAP");

    private final List<String> types;

    FormatKind(String... types) {
        this.types = List.of(types);
    }

    /** Empty for a format that its department describes itself. */
    public List<String> types() {
        return types;
    }

    /** As the guide writes it, whatever the case; as given when it is none of them. */
    String spelled(String type) {
        return types.stream()
                .filter(known ->
                        known.toLowerCase(Locale.ROOT).equals(type.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(type);
    }

    /** Whether a method of sharing can carry it. */
    boolean goesBy(SharingMethodType method) {
        return switch (this) {
            case FILE, SPREADSHEET, IMAGE, STREAM -> method == SharingMethodType.FILE;
            case DATABASE -> method != SharingMethodType.FILE;
            case SERVICE -> method == SharingMethodType.SERVICE;
            case SELF_DESCRIBED -> true;
        };
    }

    List<SharingMethodType> methods() {
        return Arrays.stream(SharingMethodType.values()).filter(this::goesBy).toList();
    }
}
