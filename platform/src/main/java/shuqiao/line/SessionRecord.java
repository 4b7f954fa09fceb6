package shuqiao.line;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.Side;
import shuqiao.kernel.Actor;

/**
 * What is written down of one session with a department's database.
 *
 * @param name of the source at that time
 * @param by subject of who wanted it
 * @param about number of the run or grant it was for, or empty
 * @param address that was dialled, with its port; empty when none was
 * @param openedAt empty when it was not let in
 */
public record SessionRecord(
        long id,
        long source,
        String organization,
        String name,
        Side side,
        Occasion occasion,
        Actor.Kind kind,
        String by,
        String about,
        Optional<String> address,
        Instant askedAt,
        Optional<Instant> openedAt,
        Optional<Instant> closedAt,
        Told told) {

    /**
     * What is known at its end.
     *
     * @param questions that it served
     * @param rows that were delivered over it
     * @param received bytes
     * @param sent bytes
     * @param outcome done, lost, or the key of the failure
     */
    public record Told(
            @Nullable Integer questions,
            @Nullable Long rows,
            @Nullable Long received,
            @Nullable Long sent,
            @Nullable String outcome) {

        static final Told NOTHING = new Told(null, null, null, null, null);
        public static final String DONE = "done";
        public static final String LOST = "lost";
    }
}
