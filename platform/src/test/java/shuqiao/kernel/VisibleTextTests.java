package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTests {

    @ParameterizedTest
    @ValueSource(
            chars = {0x1, 0x1B, 0x7F, 0x85, 0x61C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069})
    void what_is_obeyed_instead_of_shown_is_written_out(char mark) {
        assertThat(VisibleText.shown("甲" + mark + "乙"))
                .isEqualTo("甲" + String.format("\\u%04X", (int) mark) + "乙");
        assertThat(VisibleText.fileName("甲" + mark + "乙.xlsx")).isEqualTo("甲乙.xlsx");
    }

    @Test
    void writing_of_the_world_and_lines_stay() {
        var words = "云泽 Straße עברית العربية हिन्दी\t\r\n👨‍👩‍👧";

        assertThat(VisibleText.shown(words)).isSameAs(words);
        assertThat(VisibleText.fileName("一\r\n二\t.csv")).isEqualTo("一二.csv");
    }
}
