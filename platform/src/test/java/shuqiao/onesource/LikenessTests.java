package shuqiao.onesource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import shuqiao.engine.ValueSketch;

/** What is told of two columns: coarse, of a sample, and nothing of one value alone. */
class LikenessTests {

    private static final byte[] KEY = "a key of ours".getBytes(StandardCharsets.UTF_8);

    @Test
    void below_a_quarter_nothing_is_said_and_above_only_the_band() {
        var random = new Random(11);
        assertThat(Likeness.Band.of(0, 1_000, random)).isEqualTo(Likeness.Band.LITTLE);
        assertThat(Likeness.Band.of(210, 1_000, random)).isEqualTo(Likeness.Band.LITTLE);
        assertThat(Likeness.Band.of(290, 1_000, random)).isEqualTo(Likeness.Band.QUARTER);
        assertThat(Likeness.Band.of(540, 1_000, random)).isEqualTo(Likeness.Band.HALF);
        assertThat(Likeness.Band.of(1_000, 1_000, random)).isEqualTo(Likeness.Band.MOST);
    }

    /**
     * A department that fills a table of its own with 250 values that it knows to be in the other
     * and one that it asks about. Its answers hardly depend on the one.
     */
    @Test
    void one_value_more_changes_the_answer_in_less_than_three_of_a_hundred_comparisons() {
        var random = new Random(12);
        var without = 0;
        var with = 0;
        var times = 200_000;
        for (int time = 0; time < times; time++) {
            if (Likeness.Band.of(249, 1_000, random) != Likeness.Band.LITTLE) without++;
            if (Likeness.Band.of(250, 1_000, random) != Likeness.Band.LITTLE) with++;
        }
        assertThat((double) (with - without) / times).isBetween(0.0, 0.03);
        assertThat((double) without / times).isBetween(0.3, 0.7);
    }

    @Test
    void of_a_column_of_few_values_no_sample_is_kept() {
        assertThat(Sample.of(sketch(999, 1), KEY)).isEmpty();
        assertThat(Sample.of(sketch(1_000, 1), KEY)).isPresent();
    }

    @Test
    void two_samples_choose_the_same_values_of_those_in_both_columns() {
        var random = new Random(13);
        var both = random.longs(40_000).boxed().toList();
        var more = random.longs(30_000).boxed().toList();
        var one = Sample.of(sketch(both), KEY).orElseThrow();
        var all = new ArrayList<>(both);
        all.addAll(more);
        var two = Sample.of(sketch(all), KEY).orElseThrow();

        var level = Math.max(one.level(), two.level());
        var mine = new HashSet<>(at(one, level));
        mine.removeAll(at(two, level));

        assertThat(mine).isEmpty();
        assertThat(at(two, level).size())
                .isGreaterThan(at(one, level).size())
                .isLessThanOrEqualTo(ValueSketch.SIZE);
        assertThat(one.hashes()).hasSizeBetween(Likeness.COMPARED_MIN, ValueSketch.SIZE);
    }

    private static List<Long> at(Sample it, int level) {
        return it.hashes().subList(0, it.counts().get(level - it.level()));
    }

    /** What the server answered cannot be found again in what is kept. */
    @Test
    void what_is_kept_depends_on_the_key_and_is_not_what_came() {
        var sketch = sketch(2_000, 1);
        var one = Sample.of(sketch, KEY).orElseThrow();
        var two = Sample.of(sketch, "another".getBytes(StandardCharsets.UTF_8)).orElseThrow();

        assertThat(one.hashes()).doesNotContainAnyElementsOf(two.hashes());
        assertThat(one.hashes()).doesNotContainAnyElementsOf(sketch.hashes());
    }

    private static ValueSketch sketch(int values, long seed) {
        return sketch(new Random(seed).longs(values).boxed().toList());
    }

    private static ValueSketch sketch(List<Long> values) {
        var all = new TreeSet<Long>(Long::compareUnsigned);
        all.addAll(values);
        return new ValueSketch(
                all.stream().limit(ValueSketch.SIZE).toList(), all.size() <= ValueSketch.SIZE);
    }
}
