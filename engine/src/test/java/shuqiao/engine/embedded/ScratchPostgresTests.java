package shuqiao.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScratchPostgresTests {

    @Test
    void every_database_is_fresh_and_its_owner_is_no_superuser() {
        var one = ScratchPostgres.shared().newDatabase();
        var other = ScratchPostgres.shared().newDatabase();
        one.run("create table here(n int)");

        assertThat(other.one("select count(*) from pg_class where relname = 'here'"))
                .isEqualTo("0");
        assertThat(one.one("select rolsuper from pg_roles where rolname = current_user"))
                .isEqualTo("f");
    }

    @Test
    void a_copy_has_all_that_is_in_the_first_and_what_is_done_to_it_stays_there() {
        var first = ScratchPostgres.shared().newDatabase();
        first.run("create table here(n int)", "insert into here values (7)");

        var copy = ScratchPostgres.shared().copy(first);
        copy.run("update here set n = 8", "alter table here add column more text");

        assertThat(copy.one("select n from here")).isEqualTo("8");
        assertThat(first.one("select n from here")).isEqualTo("7");
    }

    @Test
    void a_killed_test_process_leaves_neither_server_nor_files() throws Exception {
        var other =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElse("java"),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Starter.class.getName()))
                        .start();
        String line;
        try (var lines = other.inputReader()) {
            do line = lines.readLine();
            while (line != null && !line.startsWith("scratch "));
        }
        assertThat(line).isNotNull();
        var words = line.split(" ");
        var server = ProcessHandle.of(Long.parseLong(words[1])).orElseThrow();
        other.destroyForcibly().waitFor();

        server.onExit().get();
        while (Files.exists(Path.of(words[2]))) Thread.onSpinWait();
    }

    /** Starts a scratch server and waits to be killed. */
    static final class Starter {
        public static void main(String[] arguments) throws InterruptedException {
            var scratch = ScratchPostgres.shared();
            var folder = scratch.folder();
            System.out.println("scratch " + scratch.server().pid() + " " + folder);
            Thread.currentThread().join();
        }
    }
}
