package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;

/** English words that follow a number go with it, in every message of every room. */
class PluralsTests {

    private static final Path ROOMS = Path.of("src/main/java/shuqiao");

    /** What is filled in, also with the kind of its name, and the words that go with it. */
    private static final Pattern PLACE = Pattern.compile("\\{\\d");

    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]\\w*)[|}]");

    /** One, then up to two words, then a word that may be a plural. */
    private static final Pattern ONE =
            Pattern.compile(
                    "(?<![\\w.,-])1(?: ([a-z-]+))??(?: ([a-z-]+))?? ([a-z-]+s|are|were|have)\\b");

    /** End in s and are no plural: verbs of the third person, and some words of one. */
    private static final Set<String> NO_PLURALS =
            Set.of(
                    ("is has was does as its this class address ms yours less allows announces asks begins"
                                    + " collects comes keeps receives differs ends exists gets holds knows lacks lies looks means"
                                    + " needs provides reads refuses repeats reports says shows stands"
                                    + " starts takes touches uses waits wants agrees")
                            .split(" "));

    /** Between the number and the word: the number does not count what follows these. */
    private static final Set<String> APART =
            Set.of(
                    ("a an and as at but by can does for from had has in into is it its may no of on or"
                                    + " over that the to under was which who with than says saw stood"
                                    + " knows keeps makes sends needs asks uses reports sketched"
                                    + " changed ended imported opened database check not send")
                            .split(" "));

    private final MessageSource messages = new Messages().messageSource();

    PluralsTests() throws IOException {}

    @Test
    void no_english_message_counts_one_as_many() throws IOException {
        var wrong = new TreeMap<String, String>();
        for (var message : english().entrySet()) {
            var shown = shown(message.getKey(), message.getValue());
            var found = ONE.matcher(shown.replaceAll("<[^>]*>", ""));
            while (found.find())
                if (Stream.of(found.group(1), found.group(2))
                                .noneMatch(word -> word != null && APART.contains(word))
                        && !NO_PLURALS.contains(found.group(3))) wrong.put(message.getKey(), shown);
        }
        assertThat(wrong)
                .as("write {0|item|items}, or {count|item|items}, for the words of a number")
                .isEmpty();
    }

    @Test
    void no_words_of_a_number_are_left_as_they_are_written() throws IOException {
        for (var message : english().entrySet())
            assertThat(shown(message.getKey(), message.getValue()))
                    .as(message.getKey())
                    .doesNotContainPattern("\\{\\w+\\||\u0001");
    }

    @Test
    void words_go_with_numbers_and_with_numbers_written_as_text() {
        assertThat(say("catalog.items.count", 1)).isEqualTo("1 item");
        assertThat(say("catalog.items.count", 1L)).isEqualTo("1 item");
        assertThat(say("catalog.items.count", "1")).isEqualTo("1 item");
        assertThat(say("catalog.items.count", 0)).isEqualTo("0 items");
        assertThat(say("catalog.items.count", "1,200")).isEqualTo("1,200 items");
        assertThat(say("compilation.report.title", 2, 1))
                .isEqualTo("Checked: 2 entries can be imported, 1 needs changes");
        assertThat(Messages.sentence(messages, "fault.too-long", Map.of("max", 1), Locale.ENGLISH))
                .isEqualTo("At most 1 character; shorten it");
    }

    private String say(String key, Object... facts) {
        return messages.getMessage(key, facts, Locale.ENGLISH);
    }

    /** The message as a page shows it when all it counts is 1. */
    private String shown(String key, String text) {
        if (key.startsWith("event.") && key.endsWith(".sentence"))
            return text.replaceAll("\\{\\w+:[\\w.-]+\\}", "X").replaceAll("\\{\\w+\\}", "1");
        if (PLACE.matcher(text).find()) return say(key, Collections.nCopies(12, 1).toArray());
        var facts =
                NAME.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .collect(Collectors.toMap(name -> name, _ -> (Object) 1));
        return Messages.sentence(messages, key, facts, Locale.ENGLISH);
    }

    private static Map<String, String> english() throws IOException {
        var all = new TreeMap<String, String>();
        try (var rooms = Files.list(ROOMS)) {
            for (var room : rooms.toList()) {
                var file = room.resolve("messages_en.properties");
                if (!Files.exists(file)) continue;
                var words = new Properties();
                try (var text = Files.newBufferedReader(file)) {
                    words.load(text);
                }
                words.forEach((key, word) -> all.put((String) key, (String) word));
            }
        }
        return all;
    }
}
