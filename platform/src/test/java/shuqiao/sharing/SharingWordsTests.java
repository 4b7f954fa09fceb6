package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key that the code names has words in both languages. */
class SharingWordsTests {

    private static final Pattern KEY = Pattern.compile("\"((?:sharing|calendar)[:.][a-z-]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"sharing", "calendar"})
    void both_languages_have_the_same_keys_and_the_same_facts(String room) throws IOException {
        var chinese = words(room, "zh");
        var english = words(room, "en");

        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var key : chinese.stringPropertyNames())
            assertThat(facts(chinese.getProperty(key)))
                    .as(key)
                    .isEqualTo(facts(english.getProperty(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sharing", "calendar"})
    void every_key_in_the_code_has_words(String room) throws IOException {
        var words = words(room, "zh");
        var folder = Path.of("src/main/java/shuqiao", room);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                var found = KEY.matcher(Files.readString(file));
                while (found.find()) {
                    var key = found.group(1).replace(':', '.');
                    assertThat(
                                    List.of("refusal." + key, "fault." + key, "notice." + key, key)
                                            .stream()
                                            .anyMatch(words::containsKey))
                            .as(key)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void every_constant_that_people_read_has_a_word() throws IOException {
        var words = words("sharing", "zh");
        for (var outcome : Extension.Outcome.values())
            assertThat(words.containsKey("ExtensionOutcome." + outcome)).isTrue();
        for (var kind :
                List.of(
                        RequestState.class,
                        RequestState.Move.class,
                        Purpose.class,
                        BasisKind.class,
                        Decision.Outcome.class,
                        Grant.Rule.class,
                        Limit.class,
                        Dispute.AwardOutcome.class,
                        DeadlineTable.Change.class,
                        Readers.Result.class))
            for (var constant : kind.getEnumConstants())
                assertThat(words.containsKey(kind.getSimpleName() + "." + constant))
                        .as(kind.getSimpleName() + "." + constant)
                        .isTrue();
    }

    @Test
    void whatever_waits_or_may_be_disputed_can_move_and_nothing_else_can() {
        for (var state : RequestState.values())
            assertThat(
                            Arrays.stream(RequestState.Move.values())
                                    .anyMatch(move -> state.after(move).isPresent()))
                    .as(state.name())
                    .isEqualTo(state.open() || state.disputable());
    }

    private static TreeSet<String> facts(String sentence) {
        var facts = new TreeSet<String>();
        var found = Pattern.compile("\\{([a-zA-Z]+)}").matcher(sentence);
        while (found.find()) facts.add(found.group(1));
        return facts;
    }

    private static Properties words(String room, String language) throws IOException {
        var words = new Properties();
        var file = "/shuqiao/" + room + "/messages_" + language + ".properties";
        try (var in = SharingWordsTests.class.getResourceAsStream(file)) {
            words.load(
                    new InputStreamReader(
                            java.util.Objects.requireNonNull(in), StandardCharsets.UTF_8));
        }
        return words;
    }
}
