package shuqiao.onesource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * The authority named the source of an item.
 *
 * @param before resource that was its source until now, or null
 * @param answerBy day by which the other departments are to answer, or null
 */
public record SourceDecided(
        String item,
        long resource,
        String provider,
        @Nullable Long before,
        String reason,
        @Nullable LocalDate answerBy,
        Actor by,
        Instant at)
        implements DomainEvent {

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
