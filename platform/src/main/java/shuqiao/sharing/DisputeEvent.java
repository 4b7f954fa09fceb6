package shuqiao.sharing;

import java.time.Instant;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens where two departments do not agree. */
public sealed interface DisputeEvent extends DomainEvent {

    /** A consumer asked the authority to settle it. */
    record ArbitrationAsked(long request, String number, Actor by, Instant at)
            implements DisputeEvent {}

    /** The authority settled it. */
    record ArbitrationDecided(
            long request,
            String number,
            Dispute.AwardOutcome outcome,
            String profile,
            Actor by,
            Instant at)
            implements DisputeEvent {}

    /** A consumer let its dispute rest. */
    record DisputeDropped(long request, String number, Actor by, Instant at)
            implements DisputeEvent {}

    /** The provider answered in the talks: its answer changed, or stands. */
    record NegotiationEnded(long request, String number, boolean changed, Actor by, Instant at)
            implements DisputeEvent {}

    /** A consumer holds reasons against an answer and asks for talks. */
    record NegotiationOpened(long request, String number, Actor by, Instant at)
            implements DisputeEvent {}
}
