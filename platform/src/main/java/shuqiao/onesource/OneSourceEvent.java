package shuqiao.onesource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface OneSourceEvent extends DomainEvent {

    /**
     * A department said which of its columns may be compared with those of other departments.
     *
     * @param columns all of them; none when it took its word back
     */
    record ComparisonAgreed(
            long resource, String provider, List<String> columns, Actor by, Instant at)
            implements OneSourceEvent {

        public ComparisonAgreed {
            columns = List.copyOf(columns);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("resource", resource, "provider", provider, "columns", columns);
        }
    }

    /** A department said what it does about an item that it collects beside its source. */
    record DuplicateAnswered(
            String item,
            long resource,
            String provider,
            boolean keeps,
            String reason,
            Actor by,
            Instant at)
            implements OneSourceEvent {}

    /**
     * The authority named the source of an item.
     *
     * @param before resource that was its source until now, or null
     * @param answerBy day by which the other departments are to answer, or null
     */
    record SourceDecided(
            String item,
            long resource,
            String provider,
            @Nullable Long before,
            String reason,
            @Nullable LocalDate answerBy,
            Actor by,
            Instant at)
            implements OneSourceEvent {

        @Override
        public Map<String, Object> facts() {
            var facts = new HashMap<String, Object>();
            facts.put("item", item);
            facts.put("resource", resource);
            facts.put("provider", provider);
            if (before != null) facts.put("before", before);
            facts.put("reason", reason);
            if (answerBy != null) facts.put("answerBy", answerBy.toString());
            return facts;
        }
    }

    /**
     * A department had keyed hashes of its columns made, to be compared with those of others.
     *
     * @param columns how many; 0 when they were thrown away
     */
    record ValuesSketched(long resource, String provider, int columns, Actor by, Instant at)
            implements OneSourceEvent {}
}
