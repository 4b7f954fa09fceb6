package shuqiao.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of a catalogue query, in text form. */
record Row(List<Optional<String>> values) {

    static Row of(@Nullable String... values) {
        return new Row(Arrays.stream(values).map(Optional::<String>ofNullable).toList());
    }

    Optional<String> find(int index) {
        return values.get(index);
    }

    String text(int index) {
        return find(index)
                .orElseThrow(() -> new IllegalStateException("column " + index + " is null"));
    }

    long number(int index) {
        return Long.parseLong(text(index));
    }

    boolean flag(int index) {
        return text(index).equals("t");
    }
}
