package shuqiao.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import shuqiao.engine.embedded.ScratchPostgres;

/** A process dies between the commit of an act and what follows it. */
@Tag("long")
@Tag("process")
@Tag("kill")
class TellingKilledTests {

    private final ScratchPostgres.Database database = ScratchPostgres.shared().newDatabase();
    private final JdbcClient db =
            JdbcClient.create(
                    new DriverManagerDataSource(
                            database.jdbcUrl(), database.user(), database.password()));

    private Process begun(String what) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TellingProgram.class.getName(),
                        database.jdbcUrl(),
                        database.user(),
                        database.password(),
                        what)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private long noted(String what) {
        return db.sql("select count(*) from noted where what = :what")
                .param("what", what)
                .query(Long.class)
                .single();
    }

    @Test
    void the_act_stands_and_another_process_tells_of_it_once() throws Exception {
        db.sql("create schema work").update();
        try (var tables = Objects.requireNonNull(Work.class.getResourceAsStream("V1__work.sql"))) {
            db.sql(new String(tables.readAllBytes(), StandardCharsets.UTF_8)).update();
        }
        db.sql("create table noted (what text)").update();

        var dying = begun("act");
        assertThat(dying.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(dying.exitValue()).isEqualTo(9);
        assertThat(noted("ACT")).isEqualTo(1);
        assertThat(noted("TOLD")).isZero();
        var items = new ItemTable(db);
        assertThat(items.keys(Tellings.KIND)).hasSize(1);

        var living = begun("tell");
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> noted("TOLD") == 1);
            await().until(() -> items.keys(Tellings.KIND).isEmpty());
            assertThat(noted("TOLD")).isEqualTo(1);
        } finally {
            living.destroyForcibly();
        }
    }
}
