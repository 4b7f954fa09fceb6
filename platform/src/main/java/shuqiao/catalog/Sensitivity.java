package shuqiao.catalog;

import java.util.regex.Pattern;

/** How much harm the values of an item can do: none, about persons, or sensitive about persons. */
public enum Sensitivity {
    NONE,
    PERSONAL,
    SENSITIVE;

    private static final Pattern PERSONAL_WORDS =
            Pattern.compile(
                    "姓名|手机|电话|住址|地址|邮箱|出生|联系人|负责人|代表人|户主|监护人|申请人", Pattern.CASE_INSENSITIVE);
    private static final Pattern SENSITIVE_WORDS =
            Pattern.compile(
                    "身份证|公民身份|证件号|人证号|银行卡|账号|病历|疾病|人脸|指纹|id_?card", Pattern.CASE_INSENSITIVE);

    /** A first guess from names, for the steward to correct. */
    public static Sensitivity guessed(String words) {
        if (SENSITIVE_WORDS.matcher(words).find()) return SENSITIVE;
        return PERSONAL_WORDS.matcher(words).find() ? PERSONAL : NONE;
    }
}
