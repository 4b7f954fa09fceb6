package shuqiao.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.Side;
import shuqiao.kernel.Actor;

/**
 * One session with a department's database, for the API.
 *
 * @param by user name or client id of who wanted it
 * @param about number of the run or grant it was for, or empty
 * @param address that was dialled, with its port; absent when none was
 * @param openedAt absent when it was not let in
 * @param received bytes
 * @param sent bytes
 * @param rows that were delivered over it
 * @param outcome done, lost (its platform ended) or the key of the failure; absent while it is open
 */
public record SessionView(
        long id,
        long source,
        String organization,
        String name,
        Side side,
        Occasion occasion,
        Actor.Kind kind,
        String by,
        String about,
        @Nullable String address,
        Instant askedAt,
        @Nullable Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable Integer questions,
        @Nullable Long rows,
        @Nullable Long received,
        @Nullable Long sent,
        @Nullable String outcome) {

    public static SessionView of(SessionRecord it) {
        var told = it.told();
        return new SessionView(
                it.id(),
                it.source(),
                it.organization(),
                it.name(),
                it.side(),
                it.occasion(),
                it.kind(),
                it.by(),
                it.about(),
                it.address().orElse(null),
                it.askedAt(),
                it.openedAt().orElse(null),
                it.closedAt().orElse(null),
                told.questions(),
                told.rows(),
                told.received(),
                told.sent(),
                told.outcome());
    }
}
