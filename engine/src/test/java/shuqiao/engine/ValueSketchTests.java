package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What two columns have in common is estimated from keyed hashes alone. */
@Tag("slow")
class ValueSketchTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Fixture fixture = new Fixture();

    @Test
    void the_database_makes_the_sketch_that_is_defined() throws Exception {
        var values = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) values.add("9901022000%07dx".formatted(i * 7919));
        fixture.source.run(
                "create table person (id int, \"证件\"\"号\" char(20), note text)",
                "insert into person select g, '  9901022000' || lpad((g * 7919)::text, 7, '0') || 'x ', 'n' from generate_series(0, 999) g",
                "insert into person select g, '9901022000' || lpad((g * 7919)::text, 7, '0') || 'X', 'n' from generate_series(0, 99) g",
                "insert into person values (1, null, ''), (2, '  ', null)");

        var sketches =
                new Database(fixture.from())
                        .sketches(
                                "public",
                                "person",
                                List.of("证件\"号", "note", "gone"),
                                Fixture.KEY,
                                LONG,
                                LONG);

        assertThat(sketches).containsOnlyKeys("证件\"号", "note");
        assertThat(sketches.get("证件\"号")).isEqualTo(expected(values));
        assertThat(sketches.get("证件\"号").complete()).isFalse();
        assertThat(sketches.get("note").hashes()).hasSize(1);
        assertThat(sketches.get("note").complete()).isTrue();
    }

    @Test
    void another_key_gives_other_hashes_and_no_value_is_among_them() {
        fixture.source.run("create table t (v text)", "insert into t values ('张三'), ('李四')");
        var database = new Database(fixture.from());
        var other =
                new HashKey("another key of at least 16 bytes".getBytes(StandardCharsets.US_ASCII));

        var one = database.sketches("public", "t", List.of("v"), Fixture.KEY, LONG, LONG).get("v");
        var two = database.sketches("public", "t", List.of("v"), other, LONG, LONG).get("v");

        assertThat(one.hashes()).hasSize(2).doesNotContainAnyElementsOf(two.hashes());
    }

    @Test
    void a_column_that_takes_too_long_is_left_out() {
        fixture.source.run(
                "create view slow as select (select count(*) from generate_series(1, 30000000 + g))::text as v, g as w from generate_series(1, 3) g");

        var sketches =
                new Database(fixture.from())
                        .sketches(
                                "public",
                                "slow",
                                List.of("v", "w"),
                                Fixture.KEY,
                                Duration.ofMillis(300),
                                LONG);

        assertThat(sketches).containsOnlyKeys("w");
    }

    /**
     * 2,000 pairs of columns of all sizes: the interval holds the truth about as often as it says.
     */
    @Test
    void the_estimate_keeps_its_bound() {
        var random = new Random(20_261_122);
        var kept = 0;
        var contained = 0;
        var said = 0;
        var widest = 0.0;
        var trials = 2_000;
        for (int trial = 0; trial < trials; trial++) {
            var shared = random.nextInt(3_000);
            var mine = 300 + random.nextInt(3_000);
            var theirs = 300 + random.nextInt(3_000);
            var both = random.longs(shared).boxed().toList();
            var one = sketch(both, random.longs(mine).boxed().toList());
            var other = sketch(both, random.longs(theirs).boxed().toList());

            var overlap = one.overlap(other).orElseThrow();

            var truth = (double) shared / (shared + mine + theirs);
            if (overlap.low() <= truth && truth <= overlap.high()) kept++;
            widest = Math.max(widest, overlap.high() - overlap.low());
            assertThat(overlap).isEqualTo(other.overlap(one).orElseThrow());
            var part = one.containedIn(other).orElse(null);
            if (part == null) continue;
            said++;
            var share = (double) shared / (shared + mine);
            if (part.low() <= share && share <= part.high()) contained++;
        }
        assertThat(kept).isGreaterThan((int) (trials * 0.93));
        assertThat(said).isGreaterThan(trials / 2);
        assertThat(contained).isGreaterThan((int) (said * 0.92));
        assertThat(widest).isLessThan(0.13);
    }

    @Test
    void of_columns_that_are_known_in_whole_the_share_is_exact() {
        var random = new Random(7);
        var both = random.longs(60).boxed().toList();
        var one = sketch(both, random.longs(20).boxed().toList());
        var other = sketch(both, random.longs(40).boxed().toList());

        var overlap = one.overlap(other).orElseThrow();

        assertThat(overlap.exact()).isTrue();
        assertThat(overlap.share()).isEqualTo(0.5);
        assertThat(one.containedIn(other).orElseThrow().share()).isEqualTo(0.75);
    }

    @Test
    void of_a_handful_of_values_nothing_is_said() {
        var random = new Random(8);
        var both = random.longs(5).boxed().toList();

        assertThat(sketch(both, List.of()).overlap(sketch(both, List.of()))).isEmpty();
    }

    private static ValueSketch sketch(Collection<Long> some, Collection<Long> others) {
        var all = new TreeSet<Long>(Long::compareUnsigned);
        all.addAll(some);
        all.addAll(others);
        return new ValueSketch(
                all.stream().limit(ValueSketch.SIZE).toList(), all.size() <= ValueSketch.SIZE);
    }

    private static ValueSketch expected(List<String> values) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Fixture.KEY_BYTES, "HmacSHA256"));
        var hashes = new TreeSet<Long>(Long::compareUnsigned);
        for (var value : values)
            hashes.add(
                    ByteBuffer.wrap(
                                    mac.doFinal(
                                            value.strip()
                                                    .toUpperCase(java.util.Locale.ROOT)
                                                    .getBytes(StandardCharsets.UTF_8)))
                            .getLong());
        return sketch(hashes, List.of());
    }
}
