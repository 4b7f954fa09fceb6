package shuqiao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The platform's own files as text, for tests that read the house instead of running it. */
final class HouseFiles {

    static final Path ROOT = Path.of("src", "main", "java", "shuqiao");

    /** Comments, but not what looks like one inside a string. */
    private static final Pattern STRING_OR_COMMENT =
            Pattern.compile(
                    "(\"\"\"(?:[^\\\\]|\\\\.)*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)+')|//[^\\n]*|/\\*.*?\\*/",
                    Pattern.DOTALL);

    /**
     * @param room empty for the wiring at the root
     */
    record HouseFile(String room, String name, String text) {

        String className() {
            return name.substring(0, name.indexOf('.'));
        }

        String withoutComments() {
            return STRING_OR_COMMENT
                    .matcher(text)
                    .replaceAll(found ->
                            found.group(1) == null
                                    ? " "
                                    : java.util.regex.Matcher.quoteReplacement(found.group(1)));
        }

        @Override
        public String toString() {
            return room + "/" + name;
        }
    }

    private HouseFiles() {}

    static List<HouseFile> ending(String ending) {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(HouseFiles::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<String> rooms() {
        try (var folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static HouseFile read(Path file) {
        try {
            var inside = ROOT.relativize(file);
            var room = inside.getNameCount() > 1 ? inside.getName(0).toString() : "";
            return new HouseFile(room, file.getFileName().toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
