package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Three rings: what needs no context (untagged), what needs the one shared context ({@code
 * platform}), and journeys: by a browser ({@code browser}), along all links ({@code links}), on a
 * platform that is a process of its own ({@code process}). A test says by its tags where it stands,
 * as the quick and the plain suite and {@code test long NAME} choose by them.
 */
class RingsTests {

    private static final Path TESTS = Path.of("src", "test", "java", "shuqiao");

    private static final Pattern DECLARED =
            Pattern.compile(
                    "(?m)^(?:public )?(?:abstract |final )*class (\\w+)(?: extends (\\w+))?");
    private static final Pattern TAG = Pattern.compile("(?m)^@Tag\\(\"(\\w+)\"\\)");
    private static final Pattern TEST = Pattern.compile("@(?:Test|ParameterizedTest)\\b");

    /** Each of these is another context in each process, at 10 seconds. */
    private static final Set<String> OWN_CONTEXT = Set.of("SharingGround", "FirstLoginTests");

    private static final Pattern CONTEXT =
            Pattern.compile(
                    "@(?:SpringBootTest|ContextConfiguration|TestConfiguration|TestPropertySource|DirtiesContext|DynamicPropertySource|MockitoBean|MockitoSpyBean|TestBean|ActiveProfiles|ApplicationModuleTest|WebMvcTest|JdbcTest)\\b"
                            + "|(?m)^@Import\\b|\\bnew SpringApplication|\\bSpringApplication\\.run|\\bnew \\w*ApplicationContext\\(");

    private record Source(String name, String parent, String text) {

        boolean isTest() {
            return TEST.matcher(text).find() && name.endsWith("Tests");
        }

        Set<String> ownTags() {
            var tags = new TreeSet<String>();
            TAG.matcher(text).results().forEach(tag -> tags.add(tag.group(1)));
            if (text.contains("\n@PlatformTest")) tags.add("platform");
            return tags;
        }
    }

    private final List<Source> sources = read();

    @Test
    void only_the_shared_context_is_started_and_few_have_one_of_their_own() {
        assertThat(named(it -> CONTEXT.matcher(it.text()).find()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(OWN_CONTEXT.stream(), Stream.of("PlatformTest")).toList());
    }

    @Test
    void who_is_given_a_bean_is_a_test_of_the_platform() {
        assertThat(
                        named(it ->
                                it.isTest()
                                        && it.text().contains("@Autowired")
                                        && !tags(it).contains("platform")))
                .isEmpty();
    }

    @Test
    void who_needs_a_browser_says_so() {
        assertThat(
                        named(it ->
                                it.isTest()
                                        && (it.text().contains("Browsers.")
                                                || it.text().contains("com.microsoft.playwright"))))
                .hasSizeGreaterThan(3)
                .isEqualTo(named(it -> it.isTest() && tags(it).contains("browser")));
    }

    @Test
    void who_starts_a_platform_as_a_process_says_so_and_is_not_in_the_quick_suite() {
        assertThat(
                        named(it ->
                                it.isTest()
                                        && (it.text().contains("ChildPlatform.")
                                                || it.text().contains("Program.class.getName()"))))
                .hasSizeGreaterThan(5)
                .isEqualTo(named(it -> it.isTest() && tags(it).contains("process")))
                .isEqualTo(
                        named(it ->
                                it.isTest()
                                        && tags(it).contains("process")
                                        && (tags(it).contains("slow")
                                                || tags(it).contains("long"))));
    }

    @Test
    void the_launcher_names_every_part_when_it_is_asked_for_another() throws Exception {
        var asked =
                new ProcessBuilder("sh", "../shuqiao", "test", "long", "no-such-part")
                        .redirectErrorStream(true)
                        .start();
        var answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(asked.waitFor()).isEqualTo(64);
        assertThat(answer).contains("没有名为「no-such-part」的部分", "There is no part named");
        assertThat(List.of(answer.lines().toList().getLast().replaceAll(".*: ", "").split(" ")))
                .contains("standard", "engine", "house", "browser", "process", "kill")
                .containsAll(roomsWithTests());
    }

    private static List<String> roomsWithTests() throws IOException {
        try (var folders = Files.list(TESTS)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    private Set<String> tags(Source test) {
        var tags = test.ownTags();
        for (var other : sources) if (other.name().equals(test.parent())) tags.addAll(tags(other));
        return tags;
    }

    private Set<String> named(Predicate<Source> which) {
        var names = new TreeSet<String>();
        for (var source : sources) if (which.test(source)) names.add(source.name());
        return names;
    }

    private static List<Source> read() {
        try (var files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("RingsTests.java"))
                    .map(RingsTests::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Source read(Path file) {
        try {
            var text = Files.readString(file);
            var name = file.getFileName().toString().replace(".java", "");
            var declared = DECLARED.matcher(text);
            var parent = declared.find() && declared.group(2) != null ? declared.group(2) : "";
            return new Source(name, parent, text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
