package shuqiao.standard;

/**
 * Code of an information resource (信息资源代码), 发改高技〔2017〕1272号: class 1 digit (1 基础, 2 主题, 3 部门), item
 * 2 digits, group 3 digits, detail of any length or none, a half-width slash, and the sequence
 * under that front. Which items and groups exist is data; a number once given is never given again.
 */
public record ResourceCode(String value) {

    static final String KIND = "resource-code";
    private static final int FRONT_MIN = 6;
    private static final int FRONT_MAX = 64;
    private static final int SEQUENCE_MAX = 18;
    private static final Alphabet DETAIL =
            new Alphabet(
                    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
                    "0-9 A-Z a-z");

    public ResourceCode {
        Characters.refuseSpaces(KIND, value);
        int slash = value.indexOf('/');
        if (slash < 0 || slash != value.lastIndexOf('/')) {
            throw new InvalidCode(KIND, value, value.lastIndexOf('/') + 1, "separator", "/", "");
        }
        checkFront(value, slash);
        int digits = value.length() - slash - 1;
        if (digits < 1 || digits > SEQUENCE_MAX) {
            throw new InvalidCode(
                    KIND, value, slash + 2, "sequence", "1-" + SEQUENCE_MAX + " digits", "");
        }
        Alphabet.DIGITS.check(KIND, value, slash + 1, value.length());
    }

    public static ResourceCode of(String text) {
        return new ResourceCode(text);
    }

    /** The code for a sequence number under a front; printed with at least 6 digits. */
    public static ResourceCode allocate(String front, long sequence) {
        var code = "%s/%06d".formatted(front, sequence);
        if (sequence < 1) {
            throw new InvalidCode(
                    KIND, code, front.length() + 2, "sequence", "1 or more", "" + sequence);
        }
        return new ResourceCode(code);
    }

    /** 前段码: everything before the slash. */
    public String front() {
        return value.substring(0, value.indexOf('/'));
    }

    /** 类: 1 基础, 2 主题, 3 部门. */
    public String type() {
        return value.substring(0, 1);
    }

    /** 项: two digits. */
    public String item() {
        return value.substring(1, 3);
    }

    /** 目: three digits. */
    public String group() {
        return value.substring(3, 6);
    }

    /** 细目: of any length, empty when there is none. */
    public String detail() {
        return front().substring(FRONT_MIN);
    }

    /** 顺序码 as a number; leading zeros do not count. */
    public long sequence() {
        return Long.parseLong(value.substring(value.indexOf('/') + 1));
    }

    @Override
    public String toString() {
        return value;
    }

    private static void checkFront(String value, int slash) {
        if (slash < FRONT_MIN || slash > FRONT_MAX) {
            throw new InvalidCode(
                    KIND, value, 1, "length", FRONT_MIN + "-" + FRONT_MAX, "" + slash);
        }
        Alphabet.DIGITS.check(KIND, value, 0, FRONT_MIN);
        char type = value.charAt(0);
        if (type < '1' || type > '3') {
            throw new InvalidCode(KIND, value, 1, "class", "1, 2, 3", "" + type);
        }
        DETAIL.check(KIND, value, FRONT_MIN, slash);
    }
}
