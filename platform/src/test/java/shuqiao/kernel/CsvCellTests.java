package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTests {

    @ParameterizedTest
    @ValueSource(strings = {"=1+2", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＠a"})
    void nothing_is_taken_for_a_formula(String words) {
        assertThat(CsvCell.safe(words)).isEqualTo("'" + words);
    }

    @Test
    void nothing_turns_the_writing_around() {
        assertThat(CsvCell.quoted("\u202Egnp.exe")).isEqualTo("\"\\u202Egnp.exe\"");
        assertThat(CsvCell.safe("a\u2066b\u0007\n")).isEqualTo("a\\u2066b\\u0007\n");
    }

    @Test
    void other_words_stay_and_quotes_are_doubled() {
        assertThat(CsvCell.quoted("低保 \"对象\"=1")).isEqualTo("\"低保 \"\"对象\"\"=1\"");
        assertThat(CsvCell.safe("")).isEmpty();
    }
}
