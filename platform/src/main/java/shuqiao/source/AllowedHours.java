package shuqiao.source;

import java.time.Instant;
import java.time.LocalTime;
import shuqiao.kernel.Clock;

/**
 * The hours in which a department's database may be worked with, every day, in Asia/Shanghai.
 * Passes midnight when it ends before it begins; both the same means all day.
 *
 * @param from first minute
 * @param until first minute no longer allowed
 */
public record AllowedHours(LocalTime from, LocalTime until) {

    public boolean contains(Instant instant) {
        var time = instant.atZone(Clock.ZONE).toLocalTime();
        if (from.equals(until)) return true;
        return from.isBefore(until)
                ? !time.isBefore(from) && time.isBefore(until)
                : !time.isBefore(from) || time.isBefore(until);
    }
}
