package shuqiao.onesource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shuqiao.catalog.Item;
import shuqiao.catalog.Sensitivity;

/** What an item stands for, by its name. */
class ElementsTests {

    private final Elements elements = new Elements();

    @Test
    void names_of_one_thing_are_one() {
        var id = elements.key("公民身份号码").orElseThrow();

        for (var name :
                List.of(
                        "身份证号",
                        "身份证号码",
                        " 身份证　号 ",
                        "证件号码",
                        "身份证号（加密）",
                        "ＳＦＺＨ",
                        "id_card",
                        "ID-CARD")) assertThat(elements.key(name)).as(name).contains(id);
        assertThat(elements.isElement(id)).isTrue();
        assertThat(elements.name(id)).isEqualTo("公民身份号码");
        assertThat(elements.key("统一社会信用代码")).isNotEqualTo(elements.key("组织机构代码"));
    }

    @Test
    void a_name_that_is_no_element_stands_for_itself_without_width_blanks_and_punctuation() {
        assertThat(elements.key("低保·金额（元）")).isEqualTo(elements.key("低保金额")).contains("低保金额");
    }

    private static Item item(String name, String element) {
        return new Item(
                name, "", null, null, "", "", false, Sensitivity.NONE, true, true, element, "");
    }

    @Test
    void the_element_that_a_department_names_comes_before_the_name() {
        for (var said : List.of("E00001", "e00001 ", "公民身份号码", "身份证号"))
            assertThat(elements.key(item("编号", said))).as(said).contains("E00001");
        assertThat(elements.key(item("甲", "YZ-D 0017")))
                .isEqualTo(elements.key(item("乙", "yz-d0017")));
        assertThat(elements.key(item("身份证号", ""))).contains("E00001");
        assertThat(elements.key(item("编号", ""))).isEmpty();
        assertThat(elements.label("e00001")).isEqualTo("公民身份号码 E00001");
        assertThat(elements.label("YZ-D 0017")).isEqualTo("YZ-D 0017");
    }

    @Test
    void names_that_say_too_little_stand_for_nothing() {
        for (var name : List.of("备注", "编号", "名 称", "ID", "更新时间", "—", ""))
            assertThat(elements.key(name)).as(name).isEmpty();
    }

    @Test
    void blanks_and_punctuation_never_make_a_difference() {
        var random = new Random(9);
        var noise = List.of(" ", "　", "-", "_", "、", "·", "．", "\u200b");
        for (var name : List.of("公民身份号码", "低保金额", "法定代表人", "creditcode"))
            for (int trial = 0; trial < 200; trial++) {
                var noisy = new StringBuilder();
                for (int at = 0; at < name.length(); at++) {
                    if (random.nextInt(3) == 0)
                        noisy.append(noise.get(random.nextInt(noise.size())));
                    noisy.append(name.charAt(at));
                }
                assertThat(elements.key(noisy.toString())).isEqualTo(elements.key(name));
            }
    }
}
