package shuqiao.upkeep;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface UpkeepEvent extends DomainEvent {

    /** A live table is not as it was mounted any more. */
    record DifferencesFound(
            long resource, String provider, int version, int count, Actor by, Instant at)
            implements UpkeepEvent {}

    /** It was announced that a resource is provided no more from this day on. */
    record EndingAnnounced(long resource, String provider, LocalDate day, Actor by, Instant at)
            implements UpkeepEvent {}

    /** A resource that was announced to end goes on. */
    record EndingTakenBack(long resource, String provider, Actor by, Instant at)
            implements UpkeepEvent {}

    /** The consumer says that it knows what a new version means for its grant. */
    record GrantChangeKnown(long grant, String number, int version, Actor by, Instant at)
            implements UpkeepEvent {}

    /** A new version of a resource touches a grant. */
    record GrantFlagged(
            long grant,
            String number,
            long resource,
            int version,
            int reasons,
            Actor by,
            Instant at)
            implements UpkeepEvent {}

    /** Withdrawals are announced earlier or later, or mounts looked at more or less often. */
    record UpkeepRuleChanged(UpkeepRule rule, UpkeepRule before, Actor by, Instant at)
            implements UpkeepEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "noticeDays", rule.noticeDays(),
                    "noticeDaysBefore", before.noticeDays(),
                    "checkHours", rule.checkHours(),
                    "checkHoursBefore", before.checkHours(),
                    "object", "upkeep");
        }
    }
}
