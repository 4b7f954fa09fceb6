package shuqiao.schedule;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shuqiao.exchange.Run;

/**
 * A standing order: the granted data is delivered again at each turn, until the grant ends or
 * somebody stops it.
 *
 * @param number of the grant
 * @param target where the rows go; how they enter a table that stays is looked up at each turn
 * @param lastRun the run of the latest turn
 * @param turns runs asked for so far
 * @param skipped turns that found the run before still under way
 * @param failures runs that failed one after another since the last delivery
 */
public record Schedule(
        long id,
        long grant,
        String number,
        long resource,
        String title,
        String provider,
        String consumer,
        Run.Target target,
        boolean verifyFull,
        Rhythm rhythm,
        String madeBy,
        Instant madeAt,
        @Nullable String lastRun,
        @Nullable Instant lastAt,
        long turns,
        long skipped,
        int failures,
        State state) {

    /** How it stands. */
    public sealed interface State {

        /**
         * @param next its next turn; null while it waits for the provider's data
         */
        record Active(@Nullable Instant next) implements State {}

        /** Stopped for the time being, by somebody or by the platform. */
        record Paused(Instant at, String by, Why why) implements State {}

        record Ended(Instant at, String by, Why why) implements State {}
    }

    /** A reason in both languages; what a person wrote stands in both as it was written. */
    public record Why(String zh, String en) {
        String in(Locale locale) {
            return locale.getLanguage().equals("en") ? en : zh;
        }
    }

    /** The same order under another grant, with nothing delivered yet. */
    Schedule under(
            long otherGrant,
            String otherNumber,
            String otherTitle,
            Instant now,
            @Nullable Instant next) {
        return new Schedule(
                0,
                otherGrant,
                otherNumber,
                resource,
                otherTitle,
                provider,
                consumer,
                target,
                verifyFull,
                rhythm,
                madeBy,
                now,
                null,
                null,
                0,
                0,
                0,
                new State.Active(next));
    }

    /** The word of the state, as the API and the table have it. */
    public String stateName() {
        return switch (state) {
            case State.Active _ -> "ACTIVE";
            case State.Paused _ -> "PAUSED";
            case State.Ended _ -> "ENDED";
        };
    }

    boolean isEnded() {
        return state instanceof State.Ended;
    }
}
