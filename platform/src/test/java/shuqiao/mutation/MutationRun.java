package shuqiao.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A test of the tests, run by {@code ./shuqiao test mutations}: draws changes of the heart, each
 * part in its turn, and looks whether a test fails. Its name keeps it out of every other run.
 */
@Tag("mutations")
class MutationRun {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TABLE = ROOT.resolve("platform/target/mutations.md");

    private final long seed = Long.getLong("mutations.seed", 20261201);
    private final int count = Integer.getInteger("mutations.count", 50);

    @Test
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void nine_mutants_of_ten_are_found() throws Exception {
        var only = numbers(System.getProperty("mutations.only", ""));
        var missed = new ArrayList<Integer>();
        var judges = new LinkedHashSet<String>();
        say("seed %d, %d mutations".formatted(seed, count));
        try (var laboratory = new Laboratory(ROOT)) {
            var drawn = drawn(laboratory);
            for (var i = 0; i < drawn.size(); i++) {
                if (!only.isEmpty() && !only.contains(i + 1)) continue;
                var mutation = drawn.get(i);
                if (Boolean.getBoolean("mutations.list")) {
                    say("| %d | %s".formatted(i + 1, row(mutation)));
                    continue;
                }
                laboratory.compiles(mutation);
                var outcome = laboratory.examine(mutation, part(mutation));
                laboratory.takeBack(mutation);
                System.out.println(outcome.why().lines().limit(12).toList());
                var by = outcome.by().replaceAll("^.*\\.([^.]+#)", "$1").replace("#", " ");
                if (outcome.found()) judges.add(mutation.module() + " " + outcome.by());
                else missed.add(i + 1);
                say(
                        "| %d | %s %s | %d |"
                                .formatted(
                                        i + 1,
                                        row(mutation),
                                        outcome.found()
                                                ? by
                                                : "**missed** by %d tests"
                                                        .formatted(outcome.tests()),
                                        outcome.took().toSeconds()));
            }
            acquit(laboratory, judges);
        }
        assertThat(missed).as("missed").hasSizeLessThanOrEqualTo(count / 10);
    }

    /** A judge that fails without a mutant has found none. */
    private void acquit(Laboratory laboratory, LinkedHashSet<String> judges) throws Exception {
        for (var module : List.of("standard", "engine", "platform")) {
            var tests = new TreeSet<String>();
            for (var judge : judges) {
                var name = judge.substring(judge.indexOf(' ') + 1).replaceAll("#.*|\\$.*", "");
                var file = ROOT.resolve(module + "/target/test-classes");
                if (Files.exists(file.resolve(name.replace('.', '/') + ".class"))) tests.add(name);
            }
            if (tests.isEmpty()) continue;
            var outcome = laboratory.run(module, List.copyOf(tests));
            say(
                    "%s: %d classes that found a mutant, without one: %s"
                            .formatted(
                                    module,
                                    tests.size(),
                                    outcome.found() ? outcome.by() : "all pass"));
            assertThat(outcome.by()).isEmpty();
        }
    }

    /** The same for a seed as long as the sources of the heart are the same. */
    private List<Mutation> drawn(Laboratory laboratory) throws IOException {
        var lots = new ArrayList<List<Mutation>>();
        for (var part : Part.HEART) {
            var files = part.files(ROOT).stream().map(file -> file.toAbsolutePath()).toList();
            var places = Places.of(ROOT, part.name(), files, laboratory.classPath());
            say("%s: %d places in %d files".formatted(part.name(), places.size(), files.size()));
            lots.add(
                    new ArrayList<>(
                            places.stream()
                                    .sorted(Comparator.comparing(place -> place.lot(seed)))
                                    .toList()));
        }
        var drawn = new ArrayList<Mutation>();
        var taken = new HashSet<String>();
        while (drawn.size() < count) {
            var lot = lots.get(drawn.size() % lots.size());
            var next = lot.removeFirst();
            if (!taken.add(next.file() + next.method())) continue; // one for each method
            if (laboratory.compiles(next)) drawn.add(next);
            laboratory.takeBack(next);
        }
        return drawn;
    }

    private static Part part(Mutation mutation) {
        return Part.HEART.stream()
                .filter(part -> part.name().equals(mutation.part()))
                .findAny()
                .orElseThrow();
    }

    private static String row(Mutation mutation) {
        return "%s | %s | %s | `%s` |"
                .formatted(
                        mutation.part(),
                        mutation.place(),
                        mutation.operator(),
                        mutation.words().replace("|", "\\|"));
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(","))
                .filter(number -> !number.isBlank())
                .map(Integer::valueOf)
                .toList();
    }

    private static void say(String line) throws IOException {
        System.out.println(line);
        Files.writeString(TABLE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
