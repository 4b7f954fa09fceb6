package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InvalidCodeTest {

    @Test
    void each_reason_is_listed_once_and_makes_a_whole_sentence() {
        assertThat(InvalidCode.REASONS).doesNotHaveDuplicates().hasSizeGreaterThan(30);
        for (var reason : InvalidCode.REASONS) {
            var refusal = new InvalidCode(reason.kind(), "x", 3, reason.reason(), "E", "F");
            assertThat(refusal.getMessage())
                    .startsWith(reason.kind())
                    .contains("3")
                    .doesNotContain("{");
        }
    }

    @Test
    void a_reason_that_is_not_listed_cannot_be_thrown() {
        assertThatThrownBy(() -> new InvalidCode("credit-code", "x", 0, "unheard-of", "", ""))
                .isInstanceOf(IllegalStateException.class);
    }
}
