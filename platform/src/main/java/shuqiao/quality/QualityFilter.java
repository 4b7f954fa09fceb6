package shuqiao.quality;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Band;

/** What a list of scores is narrowed to; it is its own address. */
record QualityFilter(@Nullable String provider, @Nullable Band band, @Nullable Point point) {

    static final String PATH = "/quality";
    private static final int CODE_MAX = 18;

    /** What is not known is no filter. */
    static QualityFilter of(
            @Nullable String provider, @Nullable String band, @Nullable String point) {
        return new QualityFilter(
                provider == null || provider.isBlank() || provider.length() > CODE_MAX
                        ? null
                        : provider.replace("\0", ""),
                value(Band.values(), band),
                value(Point.values(), point));
    }

    QualityFilter from(@Nullable String other) {
        return new QualityFilter(other, band, point);
    }

    QualityFilter in(@Nullable Band other) {
        return new QualityFilter(provider, other, point);
    }

    QualityFilter lacking(@Nullable Point other) {
        return new QualityFilter(provider, band, other);
    }

    public boolean narrowed() {
        return provider != null || band != null || point != null;
    }

    public String path() {
        var path = new StringBuilder();
        add(path, "provider", provider);
        add(path, "band", band == null ? null : band.name());
        add(path, "point", point == null ? null : point.name());
        return PATH + path;
    }

    private static void add(StringBuilder path, String name, @Nullable String value) {
        if (value != null)
            path.append(path.isEmpty() ? '?' : '&').append(name).append('=').append(value);
    }

    private static <E extends Enum<E>> @Nullable E value(E[] all, @Nullable String name) {
        return Arrays.stream(all).filter(it -> it.name().equals(name)).findFirst().orElse(null);
    }
}
