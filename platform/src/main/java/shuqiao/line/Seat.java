package shuqiao.line;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.SessionWatch;
import shuqiao.kernel.Refusal;

/**
 * A place that is taken at a source, for one session, from before it is dialled until it is closed;
 * and what is written down of it.
 */
final class Seat implements SessionWatch.Ear {

    /** Where what became of it is written down. */
    interface Book {
        void opened(Seat seat);

        void failed(Seat seat, Throwable why);

        void write(Seat seat);
    }

    private final long id;
    private final Wanted wanted;
    private final Use use;
    private final boolean awaited;
    private final Book book;
    private final InstantSource clock;
    private volatile @Nullable String address;
    private volatile @Nullable Instant openedAt;
    private volatile long began;
    private volatile @Nullable Instant closedAt;
    private volatile @Nullable String outcome;
    private volatile @Nullable Long received;
    private volatile @Nullable Long sent;
    private volatile @Nullable Long rows;
    private volatile int questions;
    private boolean released;
    private boolean told;
    private volatile boolean followed;

    /**
     * @param awaited whether the source could not be reached lately
     */
    Seat(long id, Wanted wanted, Use use, boolean awaited, Book book, InstantSource clock) {
        this.id = id;
        this.wanted = wanted;
        this.use = use;
        this.awaited = awaited;
        this.book = book;
        this.clock = clock;
    }

    long id() {
        return id;
    }

    Place place() {
        return wanted.place();
    }

    Use use() {
        return use;
    }

    /** Whether it is of interest that it answers. */
    boolean isAwaited() {
        return awaited;
    }

    @Nullable String address() {
        return address;
    }

    @Nullable Instant openedAt() {
        return openedAt;
    }

    @Nullable Instant closedAt() {
        return closedAt;
    }

    SessionRecord.Told told() {
        return new SessionRecord.Told(
                questions == 0 ? null : questions, rows, received, sent, outcome);
    }

    /** Whether it is open, which is written down once while it is. */
    synchronized boolean isToldFirst() {
        if (told || released || openedAt == null) return false;
        told = true;
        return true;
    }

    @Override
    public void opened(InetAddress peer) {
        address = written(peer);
        began = System.nanoTime();
        openedAt = clock.instant();
        book.opened(this);
    }

    @Override
    public void failed(@Nullable InetAddress last, Throwable why) {
        if (last != null) address = written(last);
        outcome = outcome(why);
        book.failed(this, why);
        if (use.occasion() == Occasion.WATCH) release(null);
    }

    @Override
    public void closed(long in, long out) {
        received = in;
        sent = out;
        closedAt = now();
        if (use.occasion() == Occasion.WATCH) release(null);
    }

    /** Another session has its place now. */
    void followed() {
        followed = true;
    }

    boolean isFollowed() {
        return followed;
    }

    Wanted wanted() {
        return wanted;
    }

    void asked() {
        questions++;
    }

    void delivered(long count) {
        rows = count;
    }

    /**
     * Gives the place back.
     *
     * @param why it did not go well; null when it did
     */
    void release(@Nullable Throwable why) {
        synchronized (this) {
            if (released) return;
            released = true;
        }
        if (outcome == null) outcome = why == null ? SessionRecord.Told.DONE : outcome(why);
        if (closedAt == null) closedAt = now();
        book.write(this);
    }

    /**
     * As long after its beginning as it lasted, also where the clock was put on or back meanwhile.
     */
    private Instant now() {
        var from = openedAt;
        return from == null ? clock.instant() : from.plusNanos(System.nanoTime() - began);
    }

    private String written(InetAddress peer) {
        var host = peer.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + place().address().port();
    }

    private static String outcome(Throwable why) {
        return switch (why) {
            case EngineFailure failure -> "engine:" + failure.reason().key();
            case Refusal refusal -> refusal.key();
            default -> "broke";
        };
    }
}
