package shuqiao.standard;

import java.util.Optional;

/**
 * Division code (区划代码), GB/T 2260: 6 digits for province, city and county; with the statistical
 * extension 9 digits down to the street and 12 down to the village. What a code does not name is
 * zeros.
 *
 * <p>Only the form is checked: which codes are in use changes every year and is data.
 */
public record DivisionCode(String value) {

    /** Levels from the top; each knows how many digits name it. */
    public enum Level {
        PROVINCE(2),
        CITY(4),
        COUNTY(6),
        STREET(9),
        VILLAGE(12);

        private final int digits;

        Level(int digits) {
            this.digits = digits;
        }
    }

    static final String KIND = "division-code";

    public DivisionCode {
        Characters.refuseSpaces(KIND, value);
        int length = value.length();
        if (length != 6 && length != 9 && length != 12) {
            throw new InvalidCode(KIND, value, 0, "length", "6, 9, 12", "" + length);
        }
        Alphabet.DIGITS.check(KIND, value, 0, length);
        if (value.startsWith("00")) {
            throw new InvalidCode(KIND, value, 1, "gap", "", value.substring(2));
        }
        // a city without counties has streets (441900003), but nothing else may be skipped
        if (value.startsWith("00", 2) && !isZeros(value, 4, length)) {
            throw new InvalidCode(KIND, value, 3, "gap", "", value.substring(4));
        }
        if (length == 12 && isZeros(value, 6, 9) && !isZeros(value, 9, 12)) {
            throw new InvalidCode(KIND, value, 7, "gap", "", value.substring(9));
        }
    }

    public static DivisionCode of(String text) {
        return new DivisionCode(text);
    }

    /** The lowest level that is not zeros. */
    public Level level() {
        for (var level : Level.values()) {
            if (isZeros(value, Math.min(level.digits, value.length()), value.length())) {
                return level;
            }
        }
        throw new IllegalStateException(value);
    }

    /**
     * The division one level up that has a name of its own, written as short as it can be (6 or 9
     * digits): of a street in a city without counties the city. Empty for a province.
     */
    public Optional<DivisionCode> parent() {
        return switch (level()) {
            case PROVINCE -> Optional.empty();
            case CITY -> Optional.of(cut(Level.PROVINCE));
            case COUNTY -> Optional.of(cut(Level.CITY));
            case STREET -> Optional.of(cut(Level.COUNTY));
            case VILLAGE -> Optional.of(cut(Level.STREET));
        };
    }

    /** Whether the other is this division or lies in it. */
    public boolean contains(DivisionCode other) {
        return other.value.startsWith(significant());
    }

    /** The same division with as few digits as possible: 110101000000 is 110101. */
    public DivisionCode shortest() {
        return cut(level());
    }

    @Override
    public String toString() {
        return value;
    }

    private String significant() {
        return value.substring(0, Math.min(level().digits, value.length()));
    }

    private DivisionCode cut(Level level) {
        var named = value.substring(0, level.digits);
        return new DivisionCode(named + "0".repeat(Math.max(0, 6 - named.length())));
    }

    private static boolean isZeros(String value, int start, int end) {
        for (int i = start; i < end; i++) {
            if (value.charAt(i) != '0') return false;
        }
        return true;
    }
}
