package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every word stands in both languages, and every word a page asks for is there. */
class MessagesTests {

    private static final Path ROOMS = Path.of("src/main/java/shuqiao");

    /** Written in a page as a whole, not put together from a value. */
    private static final Pattern ASKED = Pattern.compile("#\\{([a-z][a-zA-Z0-9._-]*)[(}]");

    private static final Pattern CALLED = Pattern.compile("#messages\\.msg\\('([^']*[^.'])'");

    private static final Pattern CONTROL = Pattern.compile("<(?:a|button)\\b[^>]*>");
    private static final Pattern NAMED = Pattern.compile("aria-label=#\\{([a-zA-Z0-9._-]+)(.*)");
    private static final Pattern SHOWN = Pattern.compile("th:text=\"#\\{([a-zA-Z0-9._-]+)");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]+}");

    @Test
    void every_room_says_the_same_in_chinese_and_in_english() throws IOException {
        try (var rooms = Files.list(ROOMS)) {
            for (var room : rooms.filter(Files::isDirectory).toList()) {
                var zh = room.resolve("messages_zh.properties");
                if (!Files.exists(zh)) continue;
                assertThat(keys(room.resolve("messages_en.properties")))
                        .as(room.getFileName().toString())
                        .containsExactlyElementsOf(keys(zh));
            }
        }
    }

    @Test
    void no_sentence_is_empty() throws IOException {
        for (var file : files("messages_", ".properties"))
            read(file)
                    .forEach((key, word) ->
                            assertThat((String) word).as(file + " " + key).isNotEmpty());
    }

    @Test
    void every_word_that_a_page_asks_for_exists() throws IOException {
        var known = new TreeSet<String>();
        for (var file : files("messages_zh", ".properties")) known.addAll(keys(file));
        for (var page : files("", ".html")) {
            var text = Files.readString(page);
            for (var pattern : new Pattern[] {ASKED, CALLED})
                assertThat(pattern.matcher(text).results().map(found -> found.group(1)))
                        .as(page.toString())
                        .isSubsetOf(known);
        }
    }

    /** WCAG 2.5.3: who speaks to the machine says the words that are seen. */
    @Test
    void the_name_of_a_control_holds_the_words_that_it_shows() throws IOException {
        for (var language : List.of("zh", "en")) {
            var words = new Properties();
            for (var file : files("messages_" + language, ".properties")) words.putAll(read(file));
            for (var page : files("", ".html"))
                for (var control : CONTROL.matcher(Files.readString(page)).results().toList()) {
                    var name = NAMED.matcher(control.group());
                    var shown = SHOWN.matcher(control.group());
                    // a name that is put together gets the words as its first part
                    if (!name.find()
                            || !shown.find()
                            || name.group(2).contains("'" + shown.group(1) + "'")) continue;
                    assertThat(words.getProperty(name.group(1)))
                            .as(page + " " + language)
                            .containsIgnoringCase(
                                    PLACE.matcher(words.getProperty(shown.group(1)))
                                            .replaceAll("")
                                            .strip());
                }
        }
    }

    @Test
    void no_page_carries_a_style_or_a_script_of_its_own() throws IOException {
        for (var page : files("", ".html"))
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .doesNotContain("<style", " style=", "th:style", " onclick", "javascript:")
                    .doesNotContainPattern("<script(?![^>]*th:src)");
    }

    private static Set<String> keys(Path file) throws IOException {
        return new TreeSet<>(read(file).stringPropertyNames());
    }

    private static Properties read(Path file) throws IOException {
        var words = new Properties();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            words.load(text);
        }
        return words;
    }

    private static java.util.List<Path> files(String prefix, String suffix) throws IOException {
        try (var all = Files.walk(ROOMS)) {
            return all.filter(
                            file -> {
                                var name = file.getFileName().toString();
                                return name.startsWith(prefix) && name.endsWith(suffix);
                            })
                    .toList();
        }
    }
}
