package shuqiao.catalog;

/** 等次: how good a score of quality (0 to 100) is, in a word. */
public enum Band {
    EXCELLENT(90, 100, "good"),
    GOOD(75, 89, "part"),
    FAIR(60, 74, "fair"),
    LOW(0, 59, "bad");

    /** What lies below is low. */
    public static final int LOW_BELOW = 60;

    private final int from;
    private final int to;
    private final String look;

    Band(int from, int to, String look) {
        this.from = from;
        this.to = to;
        this.look = look;
    }

    public static Band of(int value) {
        for (var band : values()) if (value >= band.from) return band;
        return LOW;
    }

    /** First score of the band. */
    public int from() {
        return from;
    }

    /** Last score of the band. */
    public int to() {
        return to;
    }

    /** The colour of its meaning. */
    public String look() {
        return look;
    }
}
