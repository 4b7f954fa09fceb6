package shuqiao.catalog;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import shuqiao.engine.Column;
import shuqiao.engine.TypeKind;
import shuqiao.kernel.NormalForm;

/** 数据类型 of an item: C 字符, N 数值, Y 货币, D 日期, T 日期时间, L 逻辑, M 备注, G 通用, B 双精度, I 整, F 浮点. */
public enum DataType {
    C,
    N,
    Y,
    D,
    T,
    L,
    M,
    G,
    B,
    I,
    F;

    /** As people write it: 字符型C, 字符串, C, varchar; empty when it says none of them. */
    static Optional<DataType> read(String words) {
        var plain = NormalForm.of(words).toLowerCase(Locale.ROOT).replaceAll("[\\s(].*", "");
        for (var type : values())
            if (plain.equals(type.name().toLowerCase(Locale.ROOT))) return Optional.of(type);
        for (var known : WRITTEN.entrySet())
            if (plain.startsWith(known.getKey())) return Optional.of(known.getValue());
        return Optional.empty();
    }

    /** The longer beginnings first. */
    private static final Map<String, DataType> WRITTEN = written();

    private static Map<String, DataType> written() {
        var known = new LinkedHashMap<String, DataType>();
        known.put("日期时间", T);
        known.put("datetime", T);
        known.put("timestamp", T);
        known.put("时间", T);
        known.put("日期", D);
        known.put("date", D);
        known.put("字符", C);
        known.put("文本", C);
        known.put("varchar", C);
        known.put("nvarchar", C);
        known.put("char", C);
        known.put("string", C);
        known.put("text", C);
        known.put("整", I);
        known.put("int", I);
        known.put("bigint", I);
        known.put("数", N);
        known.put("numeric", N);
        known.put("decimal", N);
        known.put("number", N);
        known.put("货币", Y);
        known.put("逻辑", L);
        known.put("布尔", L);
        known.put("bool", L);
        known.put("备注", M);
        known.put("通用", G);
        known.put("双精度", B);
        known.put("double", B);
        known.put("浮点", F);
        known.put("float", F);
        return known;
    }

    /** What a live column is in the words of the guide. */
    public static DataType of(Column column) {
        return switch (column.kind()) {
            case TEXT, ENUM, UUID -> C;
            case INTEGER -> I;
            case NUMERIC -> N;
            case FLOAT -> column.base().equals("float4") ? F : B;
            case BOOLEAN -> L;
            case DATE -> D;
            case TIMESTAMP, TIMESTAMP_WITH_ZONE -> T;
            case OTHER ->
                    switch (column.base()) {
                        case "money" -> Y;
                        case "json", "jsonb", "xml" -> M;
                        default -> G;
                    };
        };
    }

    /** Whether values of the column can be called this. */
    public boolean suits(Column column) {
        return switch (this) {
            case C, M ->
                    switch (column.kind()) {
                        case TEXT, ENUM, UUID, OTHER -> true;
                        default -> false;
                    };
            case N, Y -> isNumber(column) || column.base().equals("money");
            case I -> column.kind() == TypeKind.INTEGER || column.kind() == TypeKind.NUMERIC;
            case B, F -> isNumber(column);
            case D -> column.kind() == TypeKind.DATE || isTime(column);
            case T -> isTime(column);
            case L -> column.kind() == TypeKind.BOOLEAN;
            case G -> true;
        };
    }

    private static boolean isNumber(Column column) {
        return switch (column.kind()) {
            case INTEGER, NUMERIC, FLOAT -> true;
            default -> false;
        };
    }

    private static boolean isTime(Column column) {
        return column.kind() == TypeKind.TIMESTAMP || column.kind() == TypeKind.TIMESTAMP_WITH_ZONE;
    }
}
