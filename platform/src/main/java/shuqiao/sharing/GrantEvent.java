package shuqiao.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens to a grant. */
public sealed interface GrantEvent extends DomainEvent {

    /**
     * Rows may flow from now on, as the scope says.
     *
     * @param scope digest of the scope
     */
    record GrantIssued(
            long grant,
            String number,
            long request,
            long resource,
            String code,
            int version,
            String provider,
            String consumer,
            Grant.Rule rule,
            String scope,
            LocalDate from,
            LocalDate until,
            Actor by,
            Instant at)
            implements GrantEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.ofEntries(
                    Map.entry("grant", grant),
                    Map.entry("number", number),
                    Map.entry("request", request),
                    Map.entry("resource", resource),
                    Map.entry("code", code),
                    Map.entry("version", version),
                    Map.entry("provider", provider),
                    Map.entry("consumer", consumer),
                    Map.entry("rule", rule.name()),
                    Map.entry("scope", scope),
                    Map.entry("from", from.toString()),
                    Map.entry("until", until.toString()));
        }
    }

    /** A grant ended before its day; running copies stop. */
    record GrantRevoked(
            long grant, String number, String provider, String consumer, Actor by, Instant at)
            implements GrantEvent {}
}
