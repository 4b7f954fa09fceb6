package shuqiao.line;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import shuqiao.engine.SessionWatch;
import shuqiao.engine.Side;

/** Gives each session that the engine opens with one endpoint the place that was taken for it. */
final class Ears implements SessionWatch {

    private final Deque<Seat> free;
    private final Seat first;
    private final Seats seats;

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
        if (free.isEmpty())
            throw new IllegalStateException("a session without a place: " + applicationName);
        return free.pop();
    }
}
