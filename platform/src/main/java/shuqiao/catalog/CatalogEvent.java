package shuqiao.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens to entries and their classes. */
public sealed interface CatalogEvent extends DomainEvent {

    record ClassNodeAdded(String fullCode, Actor by, Instant at) implements CatalogEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("classification", fullCode);
        }
    }

    /** The provider says that the data of a resource is new. */
    record DataUpdated(long resource, String provider, LocalDate asOf, Actor by, Instant at)
            implements CatalogEvent {}

    record ResourceChanged(long resource, int version, Actor by, Instant at)
            implements CatalogEvent {}

    /** A draft, or the draft of a next version, was thrown away by its steward. */
    record ResourceDiscarded(long resource, int version, String provider, Actor by, Instant at)
            implements CatalogEvent {}

    record ResourceDrafted(long resource, int version, String provider, Actor by, Instant at)
            implements CatalogEvent {}

    record ResourceMounted(long resource, int version, long source, Actor by, Instant at)
            implements CatalogEvent {}

    record ResourcePublished(
            long resource,
            int version,
            String code,
            String provider,
            SharingKind sharingKind,
            Actor by,
            Instant at)
            implements CatalogEvent {}

    /** The steward took a submitted draft back. */
    record ResourceRecalled(long resource, int version, String provider, Actor by, Instant at)
            implements CatalogEvent {}

    record ResourceReviewed(long resource, int version, Step step, Actor by, Instant at)
            implements CatalogEvent {}

    record ResourceSubmitted(long resource, int version, String provider, Actor by, Instant at)
            implements CatalogEvent {}

    record ResourceWithdrawn(long resource, String provider, Actor by, Instant at)
            implements CatalogEvent {}
}
