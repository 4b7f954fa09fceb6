package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceCodeTest {

    @Test
    void the_example_of_the_guide_is_read_part_by_part() {
        var code = ResourceCode.of("3070210103/000001");

        assertThat(code.type()).isEqualTo("3");
        assertThat(code.item()).isEqualTo("07");
        assertThat(code.group()).isEqualTo("021");
        assertThat(code.detail()).isEqualTo("0103");
        assertThat(code.front()).isEqualTo("3070210103");
        assertThat(code.sequence()).isEqualTo(1);
        assertThat(ResourceCode.allocate("3070210103", 1))
                .isEqualTo(code)
                .hasToString("3070210103/000001");
    }

    @Test
    void detail_may_be_missing_and_sequences_may_grow_beyond_six_digits() {
        assertThat(ResourceCode.of("101001/000007").detail()).isEmpty();
        assertThat(ResourceCode.allocate("101001", 1_234_567)).hasToString("101001/1234567");
        assertThat(ResourceCode.of("112461465423/654564").sequence()).isEqualTo(654_564);
    }

    @ParameterizedTest
    @CsvSource({
        "3070210103, separator, 0",
        "307021/01/000001, separator, 10",
        "3070210103／000001, separator, 0",
        "4070210103/000001, class, 1",
        "0070210103/000001, class, 1",
        "30702/000001, length, 1",
        "30A0210103/000001, character, 3",
        "3070210１03/000001, full-width, 8",
        "307021-103/000001, character, 7",
        "3070210103/, sequence, 12",
        "3070210103/00000A, character, 17",
        "3070210103/1234567890123456789, sequence, 12",
        "'3070210103/000001 ', space, 18"
    })
    void a_refusal_says_what_is_wrong_and_where(String code, String reason, int position) {
        var refusal = Seed.refusal(() -> ResourceCode.of(code));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.position()).isEqualTo(position);
    }

    @Test
    void numbers_begin_at_one() {
        assertThat(Seed.refusal(() -> ResourceCode.allocate("307021", 0)).reason())
                .isEqualTo("sequence");
    }

    @RepeatedTest(200)
    void what_is_allocated_is_read_back() {
        var random = Seed.random();
        var front =
                (1 + random.nextInt(3))
                        + Seed.text(random, "0123456789", 5)
                        + Seed.text(random, "0123456789ABCxyz", random.nextInt(20));
        long sequence = 1 + Math.abs(random.nextLong() % 1_000_000_000_000L);

        var code = ResourceCode.of(ResourceCode.allocate(front, sequence).value());

        assertThat(code.front()).isEqualTo(front);
        assertThat(code.sequence()).isEqualTo(sequence);
        assertThat(code.type() + code.item() + code.group() + code.detail()).isEqualTo(front);
    }
}
