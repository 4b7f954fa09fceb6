package shuqiao.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool that tests the tests. */
class MutationTests {

    @TempDir Path folder;

    @Test
    void every_operator_finds_its_places() throws IOException {
        var found =
                words(
                        """
                        class Toll {
                            private final java.util.List<String> paid = new java.util.ArrayList<>();

                            int due(int axles, int weight, boolean local) {
                                if (axles < 2) return 0;
                                if (local && !paid.isEmpty()) paid.clear();
                                return due(axles, weight, true) * 3;
                            }
                        }
                        """);

        assertThat(found)
                .containsOnly(
                        "negate a condition: axles < 2 → !(axles < 2)",
                        "remove a guard: if (axles < 2) return 0;",
                        "shift a boundary: < → <=",
                        "change a constant: 2 → 2 + 1",
                        "return one more: 0 → 0 + 1",
                        "change a constant: 0 → 0 + 1",
                        "negate a condition: local && !paid.isEmpty() → !(local && !paid.isEmpty())",
                        "other connective: && → ||",
                        "drop a not: !paid.isEmpty() → paid.isEmpty()",
                        "remove a statement: paid.clear();",
                        "return one more: due(axles, weight, true) * 3 → due(axles, weight, true) * 3 + 1",
                        "other arithmetic: * → /",
                        "swap arguments: axles, weight → weight, axles",
                        "change a constant: true → false",
                        "change a constant: 3 → 3 + 1");
    }

    @Test
    void a_statement_in_sql_is_changed_in_its_own_words() {
        var changes =
                SqlWords.changes(
                        "select id from t where due <= :now and note <> 'a and b' order by id desc");

        assertThat(changes)
                .extracting(change -> change.operator() + ": " + change.after())
                .containsExactlyInAnyOrder(
                        "shift a boundary (SQL): <",
                        "negate (SQL): =",
                        "and to or (SQL): or",
                        "turn the order (SQL): asc");
        assertThat(SqlWords.changes("this and that, not more")).isEmpty();
    }

    @Test
    void a_lot_hangs_on_the_seed_and_the_text_but_not_on_the_line() {
        var here = mutation(3);
        var moved = mutation(90);

        assertThat(moved.lot(1)).isEqualTo(here.lot(1)).isNotEqualTo(here.lot(2));
        assertThat(here.in("if (a < b)")).isEqualTo("if (a <= b)");
    }

    @Test
    void every_part_of_the_heart_has_sources() {
        var root = Path.of("..").toAbsolutePath().normalize();

        assertThat(Part.HEART)
                .allSatisfy(part -> {
                    assertThat(part.files(root)).isNotEmpty();
                    assertThat(part.tests()).isNotEmpty();
                });
    }

    private static Mutation mutation(int line) {
        var file = Path.of("engine/src/main/java/shuqiao/engine/A.java");
        return new Mutation("swap", file, line, "m", "shift a boundary", 6, 7, "<", "<=", 1);
    }

    private List<String> words(String source) throws IOException {
        var file = folder.resolve("Toll.java");
        Files.writeString(file, source);
        return Places.of(folder, "toll", List.of(file), "").stream()
                .map(place -> place.operator() + ": " + place.words())
                .toList();
    }
}
