package shuqiao.kernel;

import java.time.Instant;
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

    /** Ids, codes, numbers and states that a reader of the ledger needs; values of JSON. */
    Map<String, Object> facts();

    /** Stable name in the ledger: the simple name of the record. */
    default String name() {
        return getClass().getSimpleName();
    }
}
