package shuqiao.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @Test
    void the_example_of_rfc_8785_has_the_bytes_of_the_rfc() {
        var input =
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;

        // the RFC reads numbers as doubles, so this reader does too
        var node = Json.LENIENT.readTree(input);

        assertThat(CanonicalJson.text(node))
                .isEqualTo(
                        """
                        {"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
                        "string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}\
                        """);
    }

    @Test
    void members_are_sorted_by_utf_16_code_units_as_in_rfc_8785() {
        var input =
                """
                {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh",
                 "1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control",
                 "\\u00f6":"Latin Small Letter O With Diaeresis"}
                """;

        assertThat(CanonicalJson.text(Json.MAPPER.readTree(input)))
                .containsSubsequence(
                        "Carriage Return",
                        "One",
                        "Control",
                        "Latin Small",
                        "Euro",
                        "Emoji",
                        "Hebrew");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333"
    })
    void doubles_are_printed_as_appendix_b_of_rfc_8785_says(String bits, String text) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(CanonicalJson.text(number)).isEqualTo(text);
    }

    @Test
    void random_doubles_read_back_as_themselves() {
        var random = new Random(8785);
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(number)) continue;
            var text = CanonicalJson.text(number);
            assertThat(Double.parseDouble(text)).isEqualTo(number == 0 ? 0.0 : number);
            assertThat(text).doesNotContain("E").doesNotEndWith(".0");
        }
    }

    @Test
    void maps_lists_and_nodes_of_the_same_value_have_the_same_bytes() {
        Map<String, Object> map = new HashMap<>();
        map.put("名称", "数桥");
        map.put("n", 42L);
        map.put("list", Arrays.asList(1, null, true, new BigDecimal("1.50"), BigInteger.TEN));

        var text = CanonicalJson.text(map);

        assertThat(text).isEqualTo("{\"list\":[1,null,true,1.5,10],\"n\":42,\"名称\":\"数桥\"}");
        assertThat(CanonicalJson.text(Json.MAPPER.readTree(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {9007199254740992L, -9007199254740992L, Long.MAX_VALUE, Long.MIN_VALUE})
    void whole_numbers_that_a_double_would_bend_are_refused(long number) {
        assertThatThrownBy(() -> CanonicalJson.bytes(List.of(number)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2^53");
        assertThat(CanonicalJson.text(9007199254740991L)).isEqualTo("9007199254740991");
    }

    @Test
    void what_has_no_canonical_form_is_refused() {
        for (Object value :
                List.of(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        new BigDecimal("0.12345678901234567890"),
                        new BigDecimal("1e400"),
                        "\ud83d",
                        "\ude00x",
                        Map.of(1, 2),
                        new Object())) {
            assertThatThrownBy(() -> CanonicalJson.bytes(value))
                    .as("%s", value)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
