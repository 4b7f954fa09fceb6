package shuqiao.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTests {

    @Test
    void words_have_a_key_or_both_languages() {
        assertThat(Words.of("kit.yes").key()).isEqualTo("kit.yes");
        assertThat(new Words(null, "名称", "Name", List.of()).en()).isEqualTo("Name");
    }

    @ParameterizedTest
    @CsvSource({",,", ",名称,", ",,Name", "kit.yes,名称,Name"})
    void words_in_one_language_or_from_two_places_are_refused(
            @Nullable String key, @Nullable String zh, @Nullable String en) {
        assertThatThrownBy(() -> new Words(key, zh, en, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("words have a key, or both languages");
    }
}
