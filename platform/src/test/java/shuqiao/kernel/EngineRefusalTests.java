package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.InvalidFilter;
import shuqiao.engine.Reason;

/** Whatever the engine meets is said in both languages. */
class EngineRefusalTests {

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_has_a_sentence_that_uses_only_its_arguments(Reason reason)
            throws IOException {
        for (var language : new String[] {"zh", "en"}) {
            var sentence = words(language).getProperty("refusal.engine." + reason.key());

            assertThat(sentence).as(reason + " in " + language).isNotBlank();
            assertThat(NAME.matcher(sentence).results().map(found -> found.group(1)))
                    .isSubsetOf(reason.arguments());
        }
    }

    /** What an administrator is asked for is said; a bare «ask them» helps nobody. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void a_sentence_about_a_side_names_it_and_says_what_to_do(Reason reason) throws IOException {
        var chinese = String.valueOf(words("zh").getProperty("refusal.engine." + reason.key()));
        var english = String.valueOf(words("en").getProperty("refusal.engine." + reason.key()));

        if (reason.arguments().contains("side") && reason != Reason.ADDRESS_NOT_ALLOWED) {
            assertThat(chinese).contains("{side}");
            assertThat(english).contains("{side}");
        }
        assertThat(chinese).doesNotContain("请联系").doesNotEndWith("管理员");
        assertThat(english).doesNotMatch(".*(ask|contact) its administrator$");
    }

    @ParameterizedTest
    @EnumSource(InvalidFilter.Problem.class)
    void every_problem_of_a_filter_has_a_sentence(InvalidFilter.Problem problem)
            throws IOException {
        for (var language : new String[] {"zh", "en"})
            assertThat(words(language).getProperty("fault.engine.filter." + problem.key()))
                    .as(problem + " in " + language)
                    .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:mysql://h/d", "jdbc:postgresql://h:0/d", "jdbc:postgresql://h/%00"})
    void a_wrong_address_names_its_field(String url) throws IOException {
        var refusal = refusal(url);

        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
        assertThat(refusal.faults()).hasSize(1);
        assertThat(refusal.faults().getFirst().field()).isEqualTo("jdbcUrl");
        for (var language : new String[] {"zh", "en"})
            assertThat(words(language)).containsKey("fault." + refusal.faults().getFirst().key());
    }

    @Test
    void a_refused_parameter_is_named() {
        var refusal = refusal("jdbc:postgresql://h/d?socketFactory=evil.Factory");

        assertThat(refusal.key()).isEqualTo("engine:parameter-refused");
        assertThat(refusal.facts()).containsEntry("parameter", "socketFactory");
        assertThat(refusal.getMessage()).doesNotContain("evil.Factory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "source", "catalog"})
    void both_languages_have_the_same_keys(String room) throws IOException {
        var chinese = words(room, "zh").stringPropertyNames();
        var english = words(room, "en").stringPropertyNames();

        assertThat(chinese).isEqualTo(english);
    }

    private static EngineRefusal refusal(String url) {
        var holder = new EngineRefusal[1];
        assertThatThrownBy(() -> EngineRefusal.asked(() -> DatabaseAddress.parse(url)))
                .isInstanceOfSatisfying(EngineRefusal.class, refusal -> holder[0] = refusal);
        return Objects.requireNonNull(holder[0]);
    }

    private static Properties words(String language) throws IOException {
        return words("kernel", language);
    }

    private static Properties words(String room, String language) throws IOException {
        var words = new Properties();
        try (var file =
                Messages.class.getResourceAsStream(
                        "/shuqiao/" + room + "/messages_" + language + ".properties")) {
            words.load(new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8));
        }
        return words;
    }
}
