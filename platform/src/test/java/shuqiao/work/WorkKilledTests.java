package shuqiao.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import shuqiao.engine.embedded.ScratchPostgres;

/** Two processes on one database; one is killed over an item. */
@Tag("long")
@Tag("process")
@Tag("kill")
class WorkKilledTests {

    private static final int ITEMS = 200;

    private final ScratchPostgres.Database database = ScratchPostgres.shared().newDatabase();
    private final JdbcClient db =
            JdbcClient.create(
                    new DriverManagerDataSource(
                            database.jdbcUrl(), database.user(), database.password()));
    private final ItemTable items = new ItemTable(db);
    private Process one;
    private Process other;

    @BeforeEach
    void two_processes() throws Exception {
        db.sql("create schema work").update();
        try (var tables = Objects.requireNonNull(Work.class.getResourceAsStream("V1__work.sql"))) {
            db.sql(new String(tables.readAllBytes(), StandardCharsets.UTF_8)).update();
        }
        db.sql("create table noted (key text, what text, attempt int, pid bigint)").update();
        one = begun();
        other = begun();
    }

    private Process begun() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkProgram.class.getName(),
                        database.jdbcUrl(),
                        database.user(),
                        database.password())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void end() {
        for (var process : List.of(one, other)) process.destroyForcibly();
    }

    private long noted(String which) {
        return db.sql("select count(*) from noted where " + which).query(Long.class).single();
    }

    @Test
    void each_item_is_done_by_one_and_what_a_killed_one_was_at_is_done_by_the_other()
            throws Exception {
        for (var i = 0; i < ITEMS; i++)
            items.insert(WorkProgram.KIND, "k" + i, "", Instant.EPOCH.plusSeconds(i));
        await().atMost(Duration.ofSeconds(60)).until(() -> noted("what = 'DONE'") >= ITEMS);
        assertThat(noted("what = 'BEGUN'")).isEqualTo(ITEMS);
        assertThat(noted("attempt > 1")).isZero();

        items.insert(WorkProgram.KIND, "slow", "", Instant.EPOCH);
        await().until(() -> noted("key = 'slow'") == 1);
        items.insert(WorkProgram.KIND, "behind", "", Instant.now());
        var pid = db.sql("select pid from noted where key = 'slow'").query(Long.class).single();
        var killed = one.pid() == pid ? one : other;
        assertThat(killed.pid()).isEqualTo(pid);
        killed.destroyForcibly();
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        var from = System.nanoTime();

        await().atMost(Duration.ofSeconds(90))
                .until(() -> noted("key in ('slow', 'behind') and what = 'DONE'") == 2);

        assertThat(Duration.ofNanos(System.nanoTime() - from))
                .as("forty seconds without a sign of life, looked for every twenty")
                .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(75));
        assertThat(noted("key = 'slow' and attempt = 2 and what = 'DONE' and pid <> " + pid))
                .isEqualTo(1);
        assertThat(items.keys(WorkProgram.KIND)).isEmpty();
    }
}
