package shuqiao.catalog;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A number of the survey as it was typed. */
public final class SurveyNumber {

    private static final Pattern STORAGE = Pattern.compile("[0-9]{1,15}([.][0-9]{1,6})?");
    private static final Pattern RECORDS = Pattern.compile("[0-9]{1,15}");

    private SurveyNumber() {}

    /** In G; 0 for nothing, −1 for what is no bare number. */
    public static BigDecimal storage(String typed) {
        if (typed.isEmpty()) return BigDecimal.ZERO;
        return STORAGE.matcher(typed).matches() ? new BigDecimal(typed) : BigDecimal.ONE.negate();
    }

    /** 0 for nothing, −1 for what is no bare number. */
    public static long records(String typed) {
        if (typed.isEmpty()) return 0;
        return RECORDS.matcher(typed).matches() ? Long.parseLong(typed) : -1;
    }
}
