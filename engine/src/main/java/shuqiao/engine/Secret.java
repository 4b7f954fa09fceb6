package shuqiao.engine;

import java.util.Arrays;

/** Text that must not be shown: it prints as stars. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The text itself, for the one who must send it. */
    String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret s
                && Arrays.equals(value.toCharArray(), s.value.toCharArray());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
