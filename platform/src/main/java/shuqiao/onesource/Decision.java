package shuqiao.onesource;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * 权威来源: the entry from which an item is to be taken, as the data authority said, and by when the
 * other departments are to answer.
 */
record Decision(
        String key,
        long resource,
        String reason,
        @Nullable LocalDate answerBy,
        String by,
        Instant at,
        int revision) {}
