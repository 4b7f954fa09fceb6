package shuqiao.notice;

import java.time.LocalTime;

/** The hours of a working day in which people may be reached, in the zone of all deadlines. */
public record DeliveryHours(LocalTime from, LocalTime until) {

    boolean holds(LocalTime time) {
        return !time.isBefore(from) && time.isBefore(until);
    }
}
