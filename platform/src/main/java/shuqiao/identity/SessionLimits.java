package shuqiao.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;

/**
 * How long a session lasts and how many there may be.
 *
 * @param idleMinutes without a request, after which a session ends
 * @param most sessions of one person at a time; one more ends the oldest
 */
public record SessionLimits(int idleMinutes, int most) {

    static final int IDLE_MIN = 5;
    static final int IDLE_MAX = 480;
    static final int MOST_MAX = 20;

    /** As typed into a form or sent by a program, not yet checked. */
    public record Entry(@Nullable String idleMinutes, @Nullable String most) {

        SessionLimits checked() {
            var faults = new Invalid.Faults();
            var idle = number(faults, "idleMinutes", idleMinutes, IDLE_MIN, IDLE_MAX);
            var sessions = number(faults, "most", most, 1, MOST_MAX);
            faults.refuseIfAny();
            return new SessionLimits(idle, sessions);
        }

        private static int number(
                Invalid.Faults faults, String field, @Nullable String typed, int min, int max) {
            var text = faults.text(field, typed, 9);
            var value = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
            if (!text.isEmpty() && (value < min || value > max))
                faults.add(field, "range", java.util.Map.of("min", min, "max", max));
            return value;
        }
    }

    Duration idle() {
        return Duration.ofMinutes(idleMinutes);
    }
}
