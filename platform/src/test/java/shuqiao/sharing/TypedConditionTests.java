package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shuqiao.kernel.Invalid;

/** A filter survives the way through a form. */
class TypedConditionTests {

    @Test
    void a_filter_comes_back_as_it_went() {
        var filter =
                "[{\"field\":\"code\",\"op\":\"in\",\"value\":[\"1\",\"2、3\",\"a\\\"b\"]},"
                        + "{\"field\":\"born\",\"op\":\"between\",\"value\":[\"2000-01-01\",\"2010-01-01\"]},"
                        + "{\"field\":\"name\",\"op\":\"like\",\"value\":\"李%\"},"
                        + "{\"field\":\"people\",\"op\":\"isNull\"}]";

        var lines = TypedCondition.of(filter);

        assertThat(lines)
                .extracting(TypedCondition::value)
                .containsExactly("1、\"2、3\"、\"a\"\"b\"", "2000-01-01、2010-01-01", "李%", "");
        assertThat(TypedCondition.json(new Invalid.Faults(), lines, Map.of()).toString())
                .isEqualTo(filter);
    }

    @Test
    void a_line_written_by_half_is_a_fault_and_an_empty_one_is_none() {
        var faults = new Invalid.Faults();

        TypedCondition.json(
                faults,
                List.of(TypedCondition.empty(), new TypedCondition("people", "notNull", "")),
                Map.of());
        assertThat(faults.any()).isFalse();

        TypedCondition.json(faults, List.of(new TypedCondition("people", "eq", "")), Map.of());
        assertThat(faults.any()).isTrue();
    }

    @Test
    void marks_of_both_scripts_part_values() {
        assertThat(TypedCondition.parts("a，b,c；d ; e、、\"f,g\""))
                .containsExactly("a", "b", "c", "d", "e", "f,g");
    }
}
