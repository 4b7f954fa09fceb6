package shuqiao.catalog;

import java.util.Arrays;
import java.util.List;

/** What a search is narrowed by; several values of one facet are alternatives. */
public enum Facet {
    STATE(Stage.values()),
    SHARING(SharingKind.values()),
    PROVIDER,
    METHOD(SharingMethodType.values()),
    FORMAT(FormatKind.values()),
    CYCLE(UpdateCycle.values()),
    TIMELINESS(Timeliness.values()),
    QUALITY(Band.values());

    private final List<String> values;
    private final String word;

    Facet(Enum<?>... values) {
        this.values = Arrays.stream(values).map(Enum::name).toList();
        this.word = values.length == 0 ? "" : values[0].getDeclaringClass().getSimpleName();
    }

    /** Name of the parameter in an address. */
    public String parameter() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Message key of a value. */
    String key(String value) {
        return word + "." + value;
    }

    /** In the order of the guide; empty for departments, which are as many as there are. */
    List<String> known() {
        return values;
    }

    boolean knows(String value) {
        return values.isEmpty() ? !value.isBlank() && value.length() <= 18 : values.contains(value);
    }
}
