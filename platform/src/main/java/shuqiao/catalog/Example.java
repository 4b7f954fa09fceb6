package shuqiao.catalog;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a value of an item looks like, made from its description alone. No row of the department is
 * read for it, so that nothing can leak to a reader who was granted nothing.
 */
final class Example {

    private static final int TEXT_SHOWN = 6;
    private static final int CODE_MAX = 20;

    private Example() {}

    static String of(Item item, int place) {
        if (!item.shareable()) return "";
        var words = (item.name() + " " + item.column()).toLowerCase(Locale.ROOT);
        var type = item.dataType();
        if (type == null) return "";
        var codes = CodeSet.of(item.codes()).codes();
        if (!codes.isEmpty() && item.sensitivity() == Sensitivity.NONE)
            return codes.get(place % codes.size()).value();
        return switch (type) {
            case C, M, G -> text(words, item.length(), item.sensitivity(), place);
            case I -> has(words, "性别", "gender") ? "1" : String.valueOf(12 + place * 7);
            case N, Y, B, F -> "%d.%02d".formatted(120 + place * 13, (place * 37) % 100);
            case D ->
                    item.sensitivity() == Sensitivity.NONE
                            ? "2026-%02d-%02d".formatted(1 + place % 12, 1 + place % 28)
                            : "19**-**-**";
            case T -> "2026-%02d-%02d 09:30".formatted(1 + place % 12, 1 + place % 28);
            case L -> place % 2 == 0 ? "true" : "false";
        };
    }

    private static String text(
            String words, @Nullable Integer length, Sensitivity sensitivity, int place) {
        if (has(words, "身份证", "公民身份", "证件号", "id_card", "idcard")) return "990102********002X";
        if (has(words, "信用代码", "credit_code", "uscc")) return "91990100MA0****X2T";
        if (has(words, "手机", "电话", "phone", "tel")) return "138****0000";
        if (has(words, "银行", "账号", "卡号")) return "6222 **** **** 0000";
        if (has(words, "邮箱", "mail")) return "z***@example.cn";
        if (sensitivity == Sensitivity.SENSITIVE) return "******";
        if (has(words, "地址", "住址", "住所", "address")) return "云泽市**区****";
        if (sensitivity == Sensitivity.PERSONAL) return "张*";
        if (has(words, "代码", "编码", "编号", "code"))
            return "0".repeat(length == null ? TEXT_SHOWN : Math.clamp(length - 1, 1, CODE_MAX))
                    + (1 + place % 9);
        return "×".repeat(length == null ? TEXT_SHOWN : Math.clamp(length, 1, TEXT_SHOWN));
    }

    private static boolean has(String words, String... any) {
        for (var one : any) if (words.contains(one)) return true;
        return false;
    }
}
