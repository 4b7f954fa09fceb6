package shuqiao.line;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Reason;

/**
 * Whether a source answers. After five failures to reach it within five minutes it is left alone
 * for a minute; then one who comes tries, and when that fails, too, it is left alone for twice as
 * long, a quarter of an hour at most. Whatever it answers, be it that the password is wrong, it is
 * there.
 *
 * @param failures in a row since the first of them
 * @param opened how often it was left alone since it was last reached
 * @param until left alone so long
 * @param probing until then the answer to the one who tries is waited for
 */
record Circuit(
        int failures,
        @Nullable Instant first,
        @Nullable Instant last,
        @Nullable String reason,
        int opened,
        @Nullable Instant until,
        @Nullable Instant probing) {

    static final int FAILURES = 5;
    static final Duration WITHIN = Duration.ofMinutes(5);
    static final Duration ALONE_MIN = Duration.ofMinutes(1);
    static final Duration ALONE_MAX = Duration.ofMinutes(15);

    static final Circuit CLOSED = new Circuit(0, null, null, null, 0, null, null);

    private static final Set<Reason> NOT_REACHED =
            Set.of(
                    Reason.UNREACHABLE,
                    Reason.CONNECTION_CUT,
                    Reason.LINE_STALLED,
                    Reason.ANSWER_TOO_SLOW);

    static boolean counts(Throwable why) {
        return why instanceof EngineFailure failure && NOT_REACHED.contains(failure.reason());
    }

    boolean isClosed() {
        return until == null;
    }

    /** When it is left alone now: until when; also while somebody tries. */
    Optional<Instant> leftAlone(Instant now) {
        // a time further off than any that we set was set before the clock was put back
        if (until == null || now.plus(ALONE_MAX).isBefore(until)) return Optional.empty();
        if (now.isBefore(until)) return Optional.of(until);
        return probing != null && now.isBefore(probing) ? Optional.of(probing) : Optional.empty();
    }

    /** Somebody tries, and is waited for. */
    Circuit probed(Instant answerBy) {
        return new Circuit(failures, first, last, reason, opened, until, answerBy);
    }

    Circuit failed(Instant now, String why) {
        // of several who were on their way, the first decided
        if (until != null && now.isBefore(until))
            return new Circuit(failures + 1, first, now, why, opened, until, probing);
        var anew =
                opened == 0
                        && (first == null
                                || now.isAfter(first.plus(WITHIN))
                                || now.isBefore(first.minus(WITHIN)));
        var count = anew ? 1 : failures + 1;
        var since = anew ? now : first;
        if (opened == 0 && count < FAILURES)
            return new Circuit(count, since, now, why, 0, null, null);
        return new Circuit(count, since, now, why, opened + 1, now.plus(alone(opened)), null);
    }

    private static Duration alone(int before) {
        var wait = ALONE_MIN.multipliedBy(1L << Math.min(before, 10));
        return wait.compareTo(ALONE_MAX) > 0 ? ALONE_MAX : wait;
    }
}
