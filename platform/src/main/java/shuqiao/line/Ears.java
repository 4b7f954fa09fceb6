package shuqiao.line;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.SessionWatch;
import shuqiao.engine.Side;

/**
 * Gives each session that the engine opens with one endpoint the place that was taken for it. One
 * that is opened after another ended, to say why a copy failed, follows it in its place.
 */
final class Ears implements SessionWatch {

    private final Seats seats;
    private final Seat first;
    private final Deque<Seat> free;
    private final List<Seat> given = new ArrayList<>();

    Ears(Seats seats, Seat seat) {
        this.seats = seats;
        this.first = seat;
        this.free = new ArrayDeque<>(List.of(seat));
    }

    synchronized void add(Seat seat) {
        free.add(seat);
    }

    @Override
    public synchronized Ear begins(Side side, String applicationName) {
        if (applicationName.equals(LOOK)) {
            var watch = seats.watch(new Wanted(first.place(), side), first.use());
            return watch == null ? NONE.begins(side, applicationName) : watch;
        }
        var seat = free.isEmpty() ? seats.after(ended(applicationName)) : free.pop();
        given.add(seat);
        return seat;
    }

    private Seat ended(String applicationName) {
        for (var seat : given)
            if (seat.closedAt() != null && !seat.isFollowed()) {
                seat.followed();
                return seat;
            }
        throw new IllegalStateException("a session without a place: " + applicationName);
    }

    /** Gives all places back. */
    synchronized void release(@Nullable Throwable why) {
        given.forEach(seat -> seat.release(why));
        free.forEach(seat -> seat.release(why));
    }
}
