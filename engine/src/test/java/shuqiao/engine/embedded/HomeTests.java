package shuqiao.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTests {

    @TempDir Path folder = Path.of("");

    @Test
    void a_home_is_used_once_at_a_time_in_this_process() {
        try (var home = Home.open(folder)) {
            assertThat(home.path()).isEqualTo(folder.toAbsolutePath());
            assertThatThrownBy(() -> Home.open(folder))
                    .isInstanceOfSatisfying(
                            HomeInUse.class,
                            e -> assertThat(e.pid()).isEqualTo(ProcessHandle.current().pid()));
        }
        Home.open(folder).close();
    }

    @Test
    void a_home_held_by_another_process_is_refused_with_its_number_and_free_when_it_is_killed()
            throws Exception {
        var other =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElse("java"),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Holder.class.getName(),
                                        folder.toString()))
                        .start();
        assertThat(other.inputReader().readLine()).isEqualTo("held");

        assertThatThrownBy(() -> Home.open(folder))
                .isInstanceOfSatisfying(
                        HomeInUse.class, e -> assertThat(e.pid()).isEqualTo(other.pid()));

        other.destroyForcibly().waitFor();
        Home.open(folder).close();
    }

    @Test
    void a_home_of_a_newer_release_is_left_alone() throws Exception {
        var newer = Home.FORMAT + 1;
        Files.writeString(folder.resolve("version"), newer + "\n");

        assertThatThrownBy(() -> Home.open(folder))
                .isInstanceOf(HomeTooNew.class)
                .hasMessageContaining("format " + newer);
        assertThat(folder.resolve("keys")).doesNotExist();
    }

    @Test
    void a_home_of_an_older_release_is_taken_up_and_closed_to_it() throws Exception {
        Files.writeString(folder.resolve("version"), "1\n");

        Home.open(folder).close();

        assertThat(Files.readString(folder.resolve("version"))).isEqualTo(Home.FORMAT + "\n");
    }

    @Test
    void a_home_below_a_file_is_not_writable() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Home.open(file.resolve("home")))
                .isInstanceOf(HomeNotWritable.class);
    }

    /** Holds a home until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            Home.open(Path.of(arguments[0]));
            System.out.println("held");
            Thread.currentThread().join();
        }
    }
}
