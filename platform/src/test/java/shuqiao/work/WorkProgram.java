package shuqiao.work;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Opening;
import shuqiao.kernel.WorkItem;

/**
 * A process that works on the items of one kind and writes down which it begins and ends; over the
 * item {@code slow} it stays until it is killed.
 */
final class WorkProgram implements ItemWork {

    static final String KIND = "noted";

    private final JdbcClient db;

    private WorkProgram(JdbcClient db) {
        this.db = db;
    }

    @SuppressWarnings("unused")
    public static void main(String[] args) throws Exception {
        var database = new DriverManagerDataSource(args[0], args[1], args[2]);
        var db = JdbcClient.create(database);
        var clock = InstantSource.system();
        var workers =
                new Workers(
                        List.of(new WorkProgram(db)),
                        new RoundTable(db),
                        new Items(new ItemTable(db), clock),
                        new SimpleMeterRegistry(),
                        clock,
                        database);
        workers.start();
        workers.on(new Opening("", Opening.City.NONE));
        // ends with the one who started it
        while (System.in.read() >= 0)
            ;
        workers.stop();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(100);
    }

    @Override
    public void work(WorkItem item) {
        note(item, "BEGUN");
        if (item.key().equals("slow") && item.attempt() == 1)
            try {
                TimeUnit.HOURS.sleep(1);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        note(item, "DONE");
    }

    private void note(WorkItem item, String what) {
        db.sql("insert into noted (key, what, attempt, pid) values (:key, :what, :attempt, :pid)")
                .param("key", item.key())
                .param("what", what)
                .param("attempt", item.attempt())
                .param("pid", ProcessHandle.current().pid())
                .update();
    }
}
