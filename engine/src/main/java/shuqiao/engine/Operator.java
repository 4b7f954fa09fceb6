package shuqiao.engine;

import java.util.Arrays;
import java.util.Optional;

/** What a filter item asks of a column. Null matches {@link #IS_NULL} alone. */
public enum Operator {
    EQ("eq", "="),
    NE("ne", "<>"),
    LT("lt", "<"),
    LE("le", "<="),
    GT("gt", ">"),
    GE("ge", ">="),
    IN("in", "in"),
    BETWEEN("between", "between"),
    LIKE("like", "like"),
    IS_NULL("isNull", "is null"),
    NOT_NULL("notNull", "is not null");

    private final String word;
    private final String sql;

    Operator(String word, String sql) {
        this.word = word;
        this.sql = sql;
    }

    /** As the contract writes it. */
    public String word() {
        return word;
    }

    String sql() {
        return sql;
    }

    public static Optional<Operator> named(String word) {
        return Arrays.stream(values()).filter(o -> o.word.equals(word)).findFirst();
    }

    boolean takesNoValue() {
        return this == IS_NULL || this == NOT_NULL;
    }

    boolean suits(TypeKind kind) {
        return switch (this) {
            case IS_NULL, NOT_NULL -> true;
            case LIKE -> kind == TypeKind.TEXT;
            case EQ, NE, IN -> kind != TypeKind.OTHER;
            case LT, LE, GT, GE, BETWEEN -> kind != TypeKind.OTHER && kind != TypeKind.ENUM;
        };
    }
}
