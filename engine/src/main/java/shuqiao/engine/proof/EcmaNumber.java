package shuqiao.engine.proof;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A double as ECMAScript prints it (ECMA-262, Number::toString), which RFC 8785 asks for. */
final class EcmaNumber {

    private EcmaNumber() {}

    static String text(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("NaN and infinity have no JSON");
        }
        if (number == 0) return "0";
        if (number < 0) return "-" + text(-number);

        var shortest = shortest(number);
        var digits = shortest.unscaledValue().toString();
        int k = digits.length();
        int n = k - shortest.scale();
        if (k <= n && n <= 21) return digits + "0".repeat(n - k);
        if (0 < n && n <= 21) return digits.substring(0, n) + "." + digits.substring(n);
        if (-6 < n && n <= 0) return "0." + "0".repeat(-n) + digits;
        var exponent = (n - 1 < 0 ? "e-" : "e+") + Math.abs(n - 1);
        return k == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
    }

    /**
     * Fewest digits that read back as the number. Double.toString gives them (since JDK 19), except
     * that it never gives fewer than two: 4.9E-324 is 5e-324.
     */
    private static BigDecimal shortest(double number) {
        var two = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (two.precision() != 2) return two;
        var one = two.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        return one.doubleValue() == number ? one : two;
    }
}
