package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of an item, read as people write them down. */
class CodeSetTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 男；2 女",
                "1男 2女",
                "1=男,2=女",
                "1：男；2：女；",
                "1、男\n2、女",
                "1-男，2-女",
                "1.男；2.女",
                "1男、2女",
                "1 男 ;  2 女"
            })
    void codes_are_read_however_they_are_written(String text) {
        assertThat(CodeSet.of(text).text()).isEqualTo("1 男；2 女");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GB/T 4754-2017",
                "GB/T 2261.1-2003 个人基本信息分类与代码",
                "GB 11643；GB 32100",
                "0-100，5-10",
                "2026-01-01，2026-12-31",
                "3年，5年",
                "3G,4G",
                "男、女",
                "1 男"
            })
    void what_is_no_list_of_codes_stays_words(String text) {
        assertThat(CodeSet.of(text).codes()).isEmpty();
    }

    @Test
    void a_code_that_stands_twice_is_told() {
        assertThat(CodeSet.of("01 正常；02 注销；01 吊销").twice()).hasValue("01");
        assertThat(CodeSet.of("01 正常；1 注销").twice()).isEmpty();
    }

    @Test
    void a_comment_of_a_column_may_hold_them() {
        assertThat(CodeSet.inComment("性别（1男 2女）").text()).isEqualTo("1 男；2 女");
        assertThat(CodeSet.inComment("状态：0=停用，1=启用").text()).isEqualTo("0 停用；1 启用");
        assertThat(CodeSet.inComment("金额（万元）").text()).isEmpty();
        assertThat(CodeSet.inComment("状态（1 在业；1 注销）").text()).isEmpty();
    }
}
