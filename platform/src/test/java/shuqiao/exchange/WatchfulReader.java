package shuqiao.exchange;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * Somebody who reads a target all the time and must never see it half written, nor an older version
 * after a newer one.
 */
final class WatchfulReader implements AutoCloseable {

    private final Supplier<java.sql.Connection> connect;
    private final String look;
    private final ToLongFunction<Integer> rows;
    private final Thread thread;
    private final AtomicReference<@Nullable String> wrong = new AtomicReference<>();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile List<Integer> expected = List.of();
    private volatile boolean over;
    private int last;

    /**
     * @param look yields the number of rows, the sum of their numbers from 1, the least and the
     *     greatest version
     * @param rows how many rows a version has
     */
    WatchfulReader(
            Supplier<java.sql.Connection> connect, String look, ToLongFunction<Integer> rows) {
        this.connect = connect;
        this.look = look;
        this.rows = rows;
        thread = Thread.ofPlatform().name("reader").daemon().start(this::read);
    }

    static WatchfulReader of(
            ScratchPostgres.Database database, String look, ToLongFunction<Integer> rows) {
        return new WatchfulReader(database::connect, look, rows);
    }

    /** Versions that may be seen from now on. */
    void expect(List<Integer> versions) {
        expected = List.copyOf(versions);
    }

    int looks() {
        return looks.get();
    }

    @Nullable String wrong() {
        return wrong.get();
    }

    private void read() {
        while (!over) {
            try (var connection = connect.get();
                    var statement = connection.createStatement()) {
                while (!over) {
                    look(statement);
                    pause(5);
                }
            } catch (SQLException died) {
                // its server may be the one that was killed; a missing table is another thing
                if ("42P01".equals(died.getSQLState()))
                    wrong.compareAndSet(null, died.getMessage());
                pause(50);
            } catch (IllegalStateException away) {
                pause(50);
            }
        }
    }

    private void look(Statement statement) throws SQLException {
        try (var row = statement.executeQuery(look)) {
            row.next();
            var count = row.getLong(1);
            var seen = row.getInt(3);
            var whole = rows.applyAsLong(seen);
            if (seen != row.getInt(4)
                    || count != whole
                    || row.getLong(2) != whole * (whole + 1) / 2)
                wrong.compareAndSet(
                        null, "half written: %d rows of version %d".formatted(count, seen));
            var allowed = expected;
            if (!allowed.isEmpty() && !allowed.contains(seen))
                wrong.compareAndSet(null, "version %d is none of %s".formatted(seen, allowed));
            if (seen < last) wrong.compareAndSet(null, "back from %d to %d".formatted(last, seen));
            last = seen;
            looks.incrementAndGet();
        }
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
