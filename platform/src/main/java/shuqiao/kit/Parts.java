package shuqiao.kit;

import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of records as values that a page and a program can be told. */
final class Parts {

    private Parts() {}

    static Map<String, Object> of(Record... all) {
        var values = new HashMap<String, Object>();
        for (var one : all)
            for (var part : one.getClass().getRecordComponents()) {
                var reading = part.getAccessor();
                reading.setAccessible(true);
                try {
                    var value = plain(reading.invoke(one));
                    if (value != null) values.put(part.getName(), value);
                } catch (IllegalAccessException | InvocationTargetException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        return values;
    }

    /** What is a value of its own, such as another record, is left to who asks for it by name. */
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Enum<?> constant -> constant.name();
            case Integer number -> number.longValue();
            case String _, Long _, Boolean _, Instant _, List<?> _, Map<?, ?> _ -> value;
            case LocalDate day -> day.toString();
            default -> null;
        };
    }
}
