package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * SQL is written in one place per table, names only its own room's tables, and is never joined from
 * a caller's words.
 */
class SqlStaysHomeTests {

    private static final String ROOMS = String.join("|", HouseFiles.rooms());

    private static final Pattern TABLE =
            Pattern.compile(
                    "(?i)\\b(?:from|join|into|update|table|references|truncate|on|exists)\\s+(?:only\\s+)?("
                            + ROOMS
                            + ")\\s*\\.\\s*\"?[a-z_]");

    private static final Pattern STRING =
            Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

    private static final Pattern SPEAKS_SQL =
            Pattern.compile(
                    "\\bJdbcClient\\b|\\bJdbcTemplate\\b|\\bNamedParameterJdbcTemplate\\b|\\bprepareStatement\\(|\\bcreateStatement\\(");

    /** Rooms whose tables another may name, with the reason. */
    private static final Map<String, Set<String>> MAY_NAME =
            // the front hall owns no schema; its one table of settings is ground, migrated first
            Map.of("shell", Set.of("kernel"));

    /** Not tables, but allowed to speak SQL, with the reason. */
    private static final Set<String> SPEAKERS =
            // fills the databases of the demo's departments, which are not ours;
            // gives repositories connections and says nothing over them itself
            Set.of("demo/Tables.java", "kernel/Lifeline.java");

    /**
     * What an SQL text may be joined from besides literals: constants, a choice of two literals,
     * the kernel's own Where.
     */
    private static final Pattern JOINED_FROM =
            Pattern.compile(
                    "(?:[A-Z][A-Za-z]*\\.)?[A-Z][A-Z_0-9]*|where\\.sql\\(\\)|which|\\(\\w+ \\?\\s+:\\s+\\)");

    @Test
    void no_room_names_the_tables_of_another() {
        var wrong = new ArrayList<String>();
        for (var file : HouseFiles.ending(".java")) {
            if (file.room().isEmpty()) continue;
            var strings = STRING.matcher(file.withoutComments());
            while (strings.find()) check(file, strings.group(), wrong);
        }
        for (var file : HouseFiles.ending(".sql")) check(file, file.text(), wrong);
        assertThat(wrong).isEmpty();
    }

    private static void check(HouseFiles.HouseFile file, String sql, ArrayList<String> wrong) {
        var tables = TABLE.matcher(sql);
        while (tables.find()) {
            var room = tables.group(1);
            if (!room.equals(file.room())
                    && !MAY_NAME.getOrDefault(file.room(), Set.of()).contains(room))
                wrong.add(file + " names " + tables.group());
        }
    }

    @Test
    void only_repositories_speak_sql_and_they_are_not_public() {
        var wrong = new ArrayList<String>();
        var speakers = 0;
        for (var file : HouseFiles.ending(".java")) {
            if (file.room().isEmpty() || SPEAKERS.contains(file.toString())) continue;
            var code = file.withoutComments();
            if (!SPEAKS_SQL.matcher(code).find()) continue;
            speakers++;
            if (!code.contains("@Repository")) wrong.add(file + " is no @Repository");
            if (code.contains("public class " + file.className())
                    || code.contains("public final class " + file.className()))
                wrong.add(file + " is public");
        }
        assertThat(speakers).isGreaterThan(5);
        assertThat(wrong).isEmpty();
    }

    @Test
    void controllers_are_not_public() {
        for (var file : HouseFiles.ending(".java")) {
            var code = file.withoutComments();
            if (code.contains("@RestController") || code.contains("@Controller\n"))
                assertThat(code)
                        .as(file.toString())
                        .doesNotContainPattern("public (final )?class " + file.className());
        }
    }

    @Test
    void sql_is_joined_from_constants_only() {
        var wrong = new ArrayList<String>();
        for (var file : HouseFiles.ending(".java")) {
            if (file.room().isEmpty()) continue;
            var code = file.withoutComments();
            for (var at = code.indexOf(".sql("); at >= 0; at = code.indexOf(".sql(", at + 1)) {
                var argument = argument(code, at + ".sql(".length());
                for (var part : STRING.matcher(argument).replaceAll("").split("\\+", -1))
                    if (!part.isBlank() && !JOINED_FROM.matcher(part.strip()).matches())
                        wrong.add(file + ": " + part.strip());
            }
        }
        assertThat(wrong).isEmpty();
    }

    /**
     * The text of a call's arguments, from after its parenthesis; parentheses in strings do not
     * count.
     */
    private static String argument(String code, int from) {
        var strings = STRING.matcher(code);
        var depth = 1;
        for (var i = from; i < code.length(); i++) {
            if (code.charAt(i) == '"' && strings.find(i) && strings.start() == i) {
                i = strings.end() - 1;
                continue;
            }
            if (code.charAt(i) == '(') depth++;
            if (code.charAt(i) == ')' && --depth == 0) return code.substring(from, i);
        }
        throw new IllegalStateException("a call that does not end");
    }

    @Test
    void only_the_clock_of_the_kernel_asks_the_machine_for_the_time() {
        var asked =
                Pattern.compile(
                        "\\b(?:Instant|LocalDate|LocalDateTime|LocalTime|OffsetDateTime|ZonedDateTime|Year|YearMonth)\\.now\\(|currentTimeMillis\\(|new Date\\(\\)|InstantSource\\.system\\(|Clock\\.system");
        for (var file : HouseFiles.ending(".java")) {
            if (file.toString().equals("kernel/Clock.java")) continue;
            assertThat(file.withoutComments()).as(file.toString()).doesNotContainPattern(asked);
        }
    }

    @Test
    void only_the_demo_city_sets_the_clock_back() {
        for (var file : HouseFiles.ending(".java"))
            if (!file.room().equals("demo") && !file.toString().equals("kernel/Clock.java"))
                assertThat(file.withoutComments()).as(file.toString()).doesNotContain("Clock.Told");
    }

    @Test
    void migrations_are_numbered_without_a_gap() {
        for (var room : HouseFiles.rooms()) {
            var numbers =
                    HouseFiles.ending(".sql").stream()
                            .filter(file ->
                                    file.room().equals(room) && file.name().matches("V\\d+__.*"))
                            .map(file ->
                                    Integer.parseInt(file.name().replaceAll("^V(\\d+)__.*", "$1")))
                            .sorted()
                            .toList();
            for (var i = 0; i < numbers.size(); i++)
                assertThat(numbers.get(i)).as(room).isEqualTo(i + 1);
        }
    }
}
