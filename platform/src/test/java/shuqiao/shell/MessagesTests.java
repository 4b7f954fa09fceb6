package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
