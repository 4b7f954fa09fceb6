package shuqiao.catalog;

import shuqiao.engine.Column;
import shuqiao.engine.TypeKind;

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

    /** What a live column is in the words of the guide. */
    static DataType of(Column column) {
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
    boolean suits(Column column) {
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
