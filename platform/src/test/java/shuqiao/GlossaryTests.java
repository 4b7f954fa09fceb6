package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two words for one thing is a bug: doors and public values are named in the glossary. */
class GlossaryTests {

    /** The ground, the front hall and the demo name things of the house, not of the business. */
    private static final Set<String> NOT_BUSINESS = Set.of("", "kernel", "shell", "demo");

    private static final Pattern PUBLIC_TYPE =
            Pattern.compile(
                    "(?m)^public (?:final |abstract |sealed |non-sealed )*(?:class|record|enum|interface) (\\w+)");

    /** An event is named by what happened to a word, a refusal by what is wrong with one. */
    private static final Pattern DERIVED =
            Pattern.compile(
                    "(?:implements|extends) DomainEvent\\b|extends (?:Refusal|Conflict|Invalid|NotAllowed|Unknown)\\b");

    @Test
    void every_door_and_value_of_a_room_is_a_word_of_the_glossary() throws IOException {
        var glossary = Files.readString(Path.of("..", "docs", "glossary.md"));
        var missing = new ArrayList<String>();
        for (var file : HouseFiles.ending(".java")) {
            if (NOT_BUSINESS.contains(file.room())) continue;
            var code = file.withoutComments();
            var type = PUBLIC_TYPE.matcher(code);
            if (!type.find() || DERIVED.matcher(code).find()) continue;
            if (!glossary.contains("`" + type.group(1) + "`")) missing.add(file.toString());
        }
        assertThat(missing).isEmpty();
    }
}
