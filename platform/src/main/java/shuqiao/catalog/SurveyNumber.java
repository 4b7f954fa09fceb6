package shuqiao.catalog;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A number of the survey as it was typed. */
public final class SurveyNumber {

    private static final Pattern STORAGE = Pattern.compile("[0-9]{1,15}([.][0-9]{1,6})?");
    private static final Pattern RECORDS = Pattern.compile("[0-9]{1,15}");

    private static final int DIGITS_MAX = 15;

    private SurveyNumber() {}

    /** In G; 0 for nothing, −1 for what is no bare number. */
    public static BigDecimal storage(String typed) {
        if (typed.isEmpty()) return BigDecimal.ZERO;
        return STORAGE.matcher(typed).matches() ? new BigDecimal(typed) : BigDecimal.ONE.negate();
    }

    /** 0 for nothing, −1 for what is no bare number. */
    public static long records(String typed) {
        return records(typed, 1);
    }

    /**
     * As {@link #records(String)} of a number that counts so many records at once; what then is no
     * whole number of records is none.
     */
    public static long records(String typed, int unit) {
        if (typed.isEmpty()) return 0;
        if (!(unit == 1 ? RECORDS : STORAGE).matcher(typed).matches()) return -1;
        var records = new BigDecimal(typed).multiply(BigDecimal.valueOf(unit)).stripTrailingZeros();
        return records.scale() > 0 || records.precision() - records.scale() > DIGITS_MAX
                ? -1
                : records.longValueExact();
    }
}
