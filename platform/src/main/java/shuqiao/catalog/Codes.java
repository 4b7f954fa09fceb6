package shuqiao.catalog;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Numbers that stand for the values of a column, from 1; what has none is 0. A number stays. */
final class Codes {

    private static final String NONE = "";

    private final Map<String, Character> numbers = new ConcurrentHashMap<>();
    private final List<String> values = new CopyOnWriteArrayList<>(List.of(NONE));

    /**
     * @param known values that have numbers from the beginning, in this order
     */
    Codes(Collection<String> known) {
        known.forEach(this::number);
    }

    /** One after the other only: who adds holds the lock of the columns. */
    char number(@Nullable String value) {
        if (value == null) return 0;
        var known = numbers.get(value);
        if (known != null) return known;
        if (values.size() > Character.MAX_VALUE)
            throw new IllegalStateException("more than " + (int) Character.MAX_VALUE + " values");
        var number = (char) values.size();
        values.add(value);
        numbers.put(value, number);
        return number;
    }

    /** 0 for a value that nothing has. */
    char find(String value) {
        var known = numbers.get(value);
        return known == null ? 0 : known;
    }

    /** Numbers of those that something has. */
    BitSet find(Collection<String> wanted) {
        var found = new BitSet();
        for (var value : wanted) if (find(value) > 0) found.set(find(value));
        return found;
    }

    String value(int number) {
        return values.get(number);
    }

    /** Above all numbers. */
    int end() {
        return values.size();
    }
}
