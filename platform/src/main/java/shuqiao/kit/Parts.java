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
            case String _, Long _, Double _, Boolean _, Instant _, List<?> _, Map<?, ?> _ -> value;
            case LocalDate day -> day.toString();
            default -> null;
        };
    }

    /** The other way: a record of these values. */
    static <R extends Record> R made(Class<R> type, Map<String, Object> values) {
        var parts = type.getRecordComponents();
        var types = new Class<?>[parts.length];
        var all = new @Nullable Object[parts.length];
        for (int at = 0; at < parts.length; at++) {
            types[at] = parts[at].getType();
            all[at] = of(types[at], values.get(parts[at].getName()));
        }
        try {
            var making = type.getDeclaredConstructor(types);
            making.setAccessible(true);
            return making.newInstance(all);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Object of(Class<?> type, @Nullable Object value) {
        if (type == boolean.class) return Boolean.parseBoolean(String.valueOf(value));
        if (value == null) return null;
        if (type == Integer.class && value instanceof Long number)
            return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (type.isEnum())
            for (var one : type.getEnumConstants())
                if (((Enum<?>) one).name().equals(value)) return one;
        return type.isInstance(value) ? value : null;
    }
}
