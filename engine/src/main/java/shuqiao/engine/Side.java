package shuqiao.engine;

import java.util.Locale;

/** Which of the two databases of a copy something concerns. */
public enum Side {
    SOURCE,
    TARGET;

    /** As it stands in the argument {@code side} of a failure. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
