package shuqiao.source;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface SourceEvent extends DomainEvent {

    /**
     * A steward gave a source another address, which waits for a second person.
     *
     * @param addressDigest of the new one, as {@link Source#addressDigest()}
     */
    record SourceAddressAsked(
            long source, String organization, String addressDigest, Actor by, Instant at)
            implements SourceEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("source", source, "organization", organization, "address", addressDigest);
        }
    }

    /**
     * A second person has seen the new address of a source: it is used from now on.
     *
     * @param askedBy user name or client id of the steward
     * @param addressDigest of the new one, as {@link Source#addressDigest()}
     */
    record SourceAddressChanged(
            long source,
            String organization,
            String askedBy,
            String addressDigest,
            Actor by,
            Instant at)
            implements SourceEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "source", source,
                    "organization", organization,
                    "askedBy", askedBy,
                    "address", addressDigest);
        }
    }

    /**
     * The new address of a source was refused, or taken back by its department; the old one stays.
     */
    record SourceAddressRefused(
            long source, String organization, String askedBy, Actor by, Instant at)
            implements SourceEvent {}

    record SourceChanged(long source, String organization, Actor by, Instant at)
            implements SourceEvent {}

    /**
     * A person entered so many passwords that a server refused that no more are taken for a while.
     *
     * @param count of this person or for this source, within the window
     */
    record SourcePasswordsRefused(long source, String organization, int count, Actor by, Instant at)
            implements SourceEvent {}

    record SourceRegistered(long source, String organization, Actor by, Instant at)
            implements SourceEvent {}

    record SourceRemoved(long source, String organization, Actor by, Instant at)
            implements SourceEvent {}
}
