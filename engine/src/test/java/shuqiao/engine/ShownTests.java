package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownTests {

    @Test
    void what_a_terminal_or_a_page_would_obey_is_written_out() {
        assertThat(Shown.line("a\u202Eb")).isEqualTo("a\\u202Eb");
        assertThat(Shown.line("a\u2066\u2069\u200F\u061Cb"))
                .isEqualTo("a\\u2066\\u2069\\u200F\\u061Cb");
        assertThat(Shown.line("a\r\nb\u0000\u001B[31m\u0085\u2028"))
                .isEqualTo("a\\u000D\\u000Ab\\u0000\\u001B[31m\\u0085\\u2028");
        assertThat(Shown.line("a\uD83Db")).isEqualTo("a\\uD83Db");
        assertThat(Shown.line("汉字 😀 é\u200D")).isEqualTo("汉字 😀 é\u200D");
    }

    @Test
    void every_character_that_turns_the_direction_is_written_out_and_none_beside_them() {
        for (int point = 0x2000; point <= 0x2070; point++) {
            var turns =
                    point == 0x200E
                            || point == 0x200F
                            || point >= 0x202A && point <= 0x202E
                            || point >= 0x2066 && point <= 0x2069;
            var obeyed = turns || point == 0x2028 || point == 0x2029;

            assertThat(Shown.line("a" + (char) point).startsWith("a\\u"))
                    .as("%x", point)
                    .isEqualTo(obeyed);
        }
    }

    @Test
    void a_text_is_cut_between_characters() {
        assertThat(Shown.line("😀".repeat(3), 2)).isEqualTo("😀😀…");
        assertThat(Shown.line("x".repeat(1 << 20))).hasSize(Shown.LINE_MAX + 1).endsWith("x…");
        assertThat(Shown.line("x".repeat(Shown.LINE_MAX))).doesNotEndWith("…");
    }

    @Test
    void a_comment_keeps_its_lines() {
        assertThat(Shown.comment("姓名\r\n\t见说明\u202E")).contains("姓名\r\n\t见说明\\u202E");
        assertThat(Shown.comment("长".repeat(1 << 20)).orElseThrow()).hasSize(Shown.COMMENT_MAX + 1);
    }

    @Test
    void an_engine_failure_holds_nothing_else() {
        var failure = new EngineFailure(Reason.UNKNOWN_FIELD, Map.of("field", "a\u202E\nb"));

        assertThat(failure.arguments()).containsEntry("field", "a\\u202E\\u000Ab");
        assertThat(failure.getMessage()).isEqualTo("unknown-field {field=a\\u202E\\u000Ab}");
    }
}
