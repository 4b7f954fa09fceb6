package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The smallest hashes of a column, made by its server without a key. */
@Tag("slow")
class ValueSketchTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Fixture fixture = new Fixture();

    @Test
    void the_database_makes_the_sketch_that_is_defined() throws Exception {
        var values = new ArrayList<String>();
        for (int i = 0; i < 4_000; i++) values.add("9901022000%07dx".formatted(i * 2477));
        fixture.source.run(
                "create table person (id int, \"证件\"\"号\" char(20), note text)",
                "insert into person select g, '  9901022000' || lpad((g * 2477)::text, 7, '0') || 'x ', 'n' from generate_series(0, 3999) g",
                "insert into person select g, '9901022000' || lpad((g * 2477)::text, 7, '0') || 'X', 'n' from generate_series(0, 99) g",
                "insert into person values (1, null, ''), (2, '  ', null)");

        var sketches =
                new Database(fixture.from())
                        .sketches("public", "person", List.of("证件\"号", "note", "gone"), LONG, LONG);

        assertThat(sketches).containsOnlyKeys("证件\"号", "note");
        assertThat(sketches.get("证件\"号")).isEqualTo(expected(values));
        assertThat(sketches.get("证件\"号").complete()).isFalse();
        assertThat(sketches.get("note").hashes()).hasSize(1);
        assertThat(sketches.get("note").complete()).isTrue();
    }

    @Test
    void no_key_is_told_to_the_server() throws Exception {
        fixture.source.run(
                "create view told as select count(*) as v from pg_settings where name like 'shuqiao.%'");

        var sketches =
                new Database(fixture.from()).sketches("public", "told", List.of("v"), LONG, LONG);

        assertThat(sketches.get("v")).isEqualTo(expected(List.of("0")));
    }

    /** A server may answer with anything; it must not become an error of ours. */
    @Test
    void what_is_no_hash_is_no_sketch() {
        var one = "0000000000000001";
        var last = "ffffffffffffffff";

        assertThat(said(one, last).orElseThrow().hashes()).containsExactly(1L, -1L);
        assertThat(said(one, "zz' or 1=1")).isEmpty();
        assertThat(said(one, "-000000000000002")).isEmpty();
        assertThat(said(last, one)).isEmpty();
        assertThat(said(one, one)).isEmpty();
        assertThat(ValueSketch.said(List.of(Optional.empty()), 3)).isEmpty();
        assertThat(said("1".repeat(16), "2".repeat(16), "3".repeat(16), "4".repeat(16), last))
                .as("more than were asked for")
                .isEmpty();
    }

    private static Optional<ValueSketch> said(String... rows) {
        return ValueSketch.said(java.util.Arrays.stream(rows).map(Optional::of).toList(), 3);
    }

    @Test
    void a_column_that_takes_too_long_is_left_out() {
        fixture.source.run(
                "create view slow as select (select count(*) from generate_series(1, 30000000 + g))::text as v, g as w from generate_series(1, 3) g");

        var sketches =
                new Database(fixture.from())
                        .sketches(
                                "public", "slow", List.of("v", "w"), Duration.ofMillis(300), LONG);

        assertThat(sketches).containsOnlyKeys("w");
    }

    private static ValueSketch expected(List<String> values) throws Exception {
        var all = new TreeSet<Long>(Long::compareUnsigned);
        for (var value : values)
            all.add(
                    ByteBuffer.wrap(
                                    MessageDigest.getInstance("SHA-256")
                                            .digest(
                                                    ("shuqiao/sketch/2:"
                                                                    + value.strip()
                                                                            .toUpperCase(
                                                                                    java.util.Locale
                                                                                            .ROOT))
                                                            .getBytes(StandardCharsets.UTF_8)))
                            .getLong());
        return new ValueSketch(
                all.stream().limit(ValueSketch.SIZE).toList(), all.size() <= ValueSketch.SIZE);
    }
}
