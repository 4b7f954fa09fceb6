package shuqiao.line;

import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;
import shuqiao.kernel.LocalDatabases;

/**
 * Each second, on each platform: a sign of life of its sessions, and the end of those whose
 * platform died.
 */
@Component
class LineClock extends Beat {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Seats seats;
    private final Pool pool;
    private final boolean alone;

    LineClock(Seats seats, Pool pool, ObjectProvider<LocalDatabases> embedded) {
        super("line", EVERY);
        this.seats = seats;
        this.pool = pool;
        // an embedded database has one platform: sessions found at the start are of the dead
        this.alone = embedded.getIfAvailable() != null;
    }

    @Override
    protected boolean turn() {
        seats.beat();
        return false;
    }

    @Override
    public void start() {
        if (alone) seats.alone();
        seats.start();
        pool.open();
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        seats.stop();
        pool.closeAll();
        seats.last();
    }
}
