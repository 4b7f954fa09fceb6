package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalFormTests {

    @Test
    void what_is_written_by_people_is_nfkc() {
        for (var text : new String[] {"低保（城市）", "ＡＢ１２", "e\u0301", "ｶﾞ", "\uD834\uDD5E", ""})
            assertThat(NormalForm.of(text))
                    .isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFKC));
    }

    /** Marks of two classes in turn: each is moved past all of the other before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0301\u0316",
                "\uD834\uDD65\uD834\uDD7B",
                "\uFF9E\u0301",
                "\u0301\u034F\u0316"
            })
    void a_heap_of_marks_is_set_apart_every_thirty(String two) {
        var form = NormalForm.of("a" + two.repeat(400_000));

        assertThat(form.codePoints().filter(c -> c == 0x034F).count()).isGreaterThan(20_000);
    }

    @Test
    void thirty_marks_are_no_heap() {
        assertThat(NormalForm.isHeapOfMarks("a" + "\u0301".repeat(30))).isFalse();
        assertThat(NormalForm.isHeapOfMarks("a" + "\u0301".repeat(31))).isTrue();
        assertThat(NormalForm.isHeapOfMarks("aﾞ\uD834\uDD65".repeat(100))).isFalse();
    }
}
