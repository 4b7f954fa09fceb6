package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pages of the plan that tests draw: written as the house is, and a failure where it changed. */
public final class Plan {

    private Plan() {}

    /** Draws the page anew; fails once where it was not the same before, for it to be committed. */
    public static void drawn(String name, CharSequence text) throws IOException {
        var page = Files.createDirectories(Path.of("..", "docs", "plan")).resolve(name);
        var before = Files.exists(page) ? Files.readString(page) : "";
        Files.writeString(page, text);
        assertThat(before)
                .as("%s was drawn anew: look at it and commit it", page)
                .isEqualTo(text.toString());
    }
}
