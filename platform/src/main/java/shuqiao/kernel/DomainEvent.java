package shuqiao.kernel;

import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened, in the past tense, with ids and no personal data. The ledger hears every
 * one of them in the transaction that caused it: an act that is not recorded is rolled back.
 */
public interface DomainEvent {

    /** Who did it. */
    Actor by();

    /** When, by the kernel's clock. */
    Instant at();

    /**
     * Ids, codes, numbers and states that a reader of the ledger needs; values of JSON. Where
     * nothing else is said, all parts of the record but who and when, none of them null; codes and
     * days as text.
     */
    default Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        for (var part : getClass().getRecordComponents()) {
            if (part.getName().equals("by") || part.getName().equals("at")) continue;
            try {
                part.getAccessor().setAccessible(true);
                var value = part.getAccessor().invoke(this);
                facts.put(
                        part.getName(),
                        value instanceof Enum<?> code
                                ? code.name()
                                : value instanceof Temporal ? value.toString() : value);
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return Map.copyOf(facts);
    }

    /** Stable name in the ledger: the simple name of the record. */
    default String name() {
        return getClass().getSimpleName();
    }
}
