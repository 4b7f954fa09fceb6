package shuqiao.exchange;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens to deliveries. */
public sealed interface RunEvent extends DomainEvent {

    record RunAsked(String run, long grant, Run.Target target, Actor by, Instant at)
            implements RunEvent {

        @Override
        public Map<String, Object> facts() {
            return switch (target) {
                case Run.Target.Table(var source, _, _, _) ->
                        Map.of("run", run, "grant", grant, "target", source);
                case Run.Target.File(var format, _) ->
                        Map.of("run", run, "grant", grant, "format", format.word());
            };
        }
    }

    record RunCancelled(String run, long grant, String reason, Actor by, Instant at)
            implements RunEvent {}

    record RunDelivered(String run, long grant, long rows, long bytes, Actor by, Instant at)
            implements RunEvent {}

    record RunFailed(String run, long grant, String why, Actor by, Instant at)
            implements RunEvent {}

    /**
     * An attempt had its last word and the target cannot say any more whether it was committed:
     * rows may stand at the consumer for which there is no receipt.
     */
    record RunFateUnknown(
            String run,
            int attempt,
            long grant,
            long rows,
            String digest,
            Instant notedAt,
            Actor by,
            Instant at)
            implements RunEvent {}

    /**
     * Somebody took a file, or a part of it; what the same person takes of it within the next
     * quarter of an hour is not told again.
     *
     * @param from first byte that was asked for
     */
    record RunFileFetched(String run, long grant, String file, long from, Actor by, Instant at)
            implements RunEvent {}

    /**
     * Delivered, then found without right: the rows were committed at the consumer, the grant ended
     * before the platform could write the receipt, and only then was the delivery found.
     *
     * @param notedAt when the grant still had effect and the commit was sent
     */
    record RunFoundWithoutRight(
            String run, long grant, long rows, String digest, Instant notedAt, Actor by, Instant at)
            implements RunEvent {}

    record RunSuperseded(String run, long grant, Actor by, Instant at) implements RunEvent {}
}
