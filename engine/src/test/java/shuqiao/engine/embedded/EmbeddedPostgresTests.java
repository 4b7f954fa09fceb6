package shuqiao.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class EmbeddedPostgresTests {

    private Path path = Path.of("");

    @BeforeEach
    void make_a_place() throws IOException {
        path = Files.createTempDirectory("shuqiao-home-");
        var unpacked = Binaries.unpackedIn(ScratchPostgres.binariesFolder()).folder();
        var parent = Files.createDirectory(path.resolve("postgres"));
        Files.createSymbolicLink(
                parent.resolve(unpacked.getFileName()),
                unpacked); // unpacking is the scratch server's test
    }

    @AfterEach
    void leave_nothing_running() throws IOException {
        for (var process : new Orphans(path.resolve("postgres/data")).all())
            process.destroyForcibly();
        Folders.remove(path);
    }

    @Test
    void the_first_start_makes_a_durable_database_with_a_secret_password() throws Exception {
        try (var home = Home.open(path);
                var server = EmbeddedPostgres.start(home, PostgresOptions.standard())) {

            assertThat(one(server, "show fsync")).isEqualTo("on");
            assertThat(one(server, "show wal_level")).isEqualTo("logical");
            assertThat(one(server, "show data_checksums")).isEqualTo("on");
            assertThat(one(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(
                            one(
                                    server,
                                    "select string_agg(x, ' ' order by x) from unnest(array['上海','北京','安徽','重庆']) x"))
                    .isEqualTo("安徽 北京 重庆 上海");
            assertThatThrownBy(() ->
                            DriverManager.getConnection(
                                    server.jdbcUrl("postgres"), "postgres", "wrong"))
                    .hasMessageContaining("password authentication failed");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            path.resolve("keys/postgres.password"))))
                    .isEqualTo("rw-------");
        }
        assertThat(new Orphans(path.resolve("postgres/data")).all()).isEmpty();
    }

    @Test
    void rows_and_port_outlive_an_orderly_stop_a_killed_server_and_an_orphaned_one()
            throws Exception {
        int port;
        try (var home = Home.open(path);
                var server = EmbeddedPostgres.start(home, PostgresOptions.standard())) {
            port = server.port();
            run(server, "create table kept(n int)", "insert into kept values (1)");
        }

        var second = Home.open(path);
        var killed = EmbeddedPostgres.start(second, PostgresOptions.standard());
        run(killed, "insert into kept values (2)");
        for (var process : new Orphans(path.resolve("postgres/data")).all())
            process.destroyForcibly();
        second.close();

        var third = Home.open(path);
        var orphan = EmbeddedPostgres.start(third, PostgresOptions.standard());
        run(orphan, "insert into kept values (3)");
        third.close(); // as if the JVM had been killed: the server lives on

        try (var home = Home.open(path);
                var server = EmbeddedPostgres.start(home, PostgresOptions.standard())) {
            assertThat(orphan.isRunning()).isFalse();
            assertThat(one(server, "select count(*) from kept")).isEqualTo("3");
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.portChanged()).isFalse();
        }
    }

    @Test
    void busy_backends_of_a_killed_postmaster_do_not_hinder_the_next_start() throws Exception {
        var first = Home.open(path);
        var server = EmbeddedPostgres.start(first, PostgresOptions.standard());
        try (var connection =
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), "postgres", server.password());
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(0);
            var busy =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    statement.execute(
                                            "do $$ begin loop perform sqrt(2); end loop; end $$");
                                } catch (SQLException _) {
                                    // it ends when its process is ended
                                }
                            });
            while (one(
                            server,
                            "select count(*) from pg_stat_activity where query like 'do %' and state = 'active'")
                    .equals("0")) Thread.onSpinWait();
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            first.close();

            try (var home = Home.open(path);
                    var next = EmbeddedPostgres.start(home, PostgresOptions.standard())) {
                assertThat(one(next, "select 1")).isEqualTo("1");
            }
            busy.join();
        }
    }

    @Test
    void a_server_that_is_kept_alive_comes_back_on_its_port_until_it_is_stopped() throws Exception {
        try (var home = Home.open(path);
                var server = EmbeddedPostgres.start(home, PostgresOptions.standard())) {
            server.keepAlive();
            run(server, "create table kept (n int)");
            var url = server.jdbcUrl("postgres");
            for (int i = 1; i <= 2; i++) {
                run(server, "insert into kept values (%d)".formatted(i));
                var died = server.pid();
                ProcessHandle.of(died).orElseThrow().destroyForcibly();
                while (server.pid() == died || !answers(server)) Thread.sleep(20);
                assertThat(one(server, "select count(*) from kept")).isEqualTo("" + i);
                assertThat(server.jdbcUrl("postgres")).isEqualTo(url);
            }
            server.stop();
            Thread.sleep(500);
            assertThat(server.isRunning()).isFalse();
            assertThat(new Orphans(path.resolve("postgres/data")).all()).isEmpty();
        }
    }

    private static boolean answers(EmbeddedPostgres server) {
        try {
            return one(server, "select 1").equals("1");
        } catch (SQLException _) {
            return false;
        }
    }

    @Test
    void a_taken_port_is_given_up_and_the_change_is_reported() throws Exception {
        int port;
        try (var home = Home.open(path);
                var server = EmbeddedPostgres.start(home, PostgresOptions.standard())) {
            port = server.port();
        }
        try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                var home = Home.open(path);
                var server = EmbeddedPostgres.start(home, PostgresOptions.standard())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(server.portChanged()).isTrue();
            assertThat(server.port()).isNotEqualTo(port);
            assertThat(one(server, "show port")).isEqualTo(String.valueOf(server.port()));
        }
    }

    @Test
    void a_preferred_port_is_taken_at_the_first_start() throws Exception {
        int wished;
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            wished = probe.getLocalPort();
        }
        var options = new PostgresOptions(OptionalInt.of(wished), true, Map.of("work_mem", "7MB"));
        try (var home = Home.open(path);
                var server = EmbeddedPostgres.start(home, options)) {
            assertThat(server.port()).isEqualTo(wished);
            assertThat(one(server, "show work_mem")).isEqualTo("7MB");
        }
    }

    @Test
    void errors_are_logged_without_the_values_of_a_row() throws Exception {
        try (var home = Home.open(path);
                var server = EmbeddedPostgres.start(home, PostgresOptions.standard())) {
            run(
                    server,
                    "create table citizen(id text primary key)",
                    "insert into citizen values ('110101199003074258')");
            assertThatThrownBy(
                            () -> run(server, "insert into citizen values ('110101199003074258')"))
                    .hasMessageContaining("duplicate key");
        }
        assertThat(Files.readString(path.resolve("logs/postgres.log")))
                .contains("duplicate key")
                .doesNotContain("110101199003074258");
    }

    static void run(EmbeddedPostgres server, String... statements) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), "postgres", server.password());
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    static String one(EmbeddedPostgres server, String query) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), "postgres", server.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
