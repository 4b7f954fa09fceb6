package shuqiao.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;

/** Whole folders: remove one, see who owns one. */
final class Folders {

    private Folders() {}

    /**
     * Removes a folder with all it holds; an absent one is fine. Links are removed, not followed.
     */
    static void remove(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(path);
        }
    }

    /** Removes what an interrupted start left: siblings whose name starts so. */
    static void removeStartingWith(Path parent, String prefix) throws IOException {
        try (var children = Files.list(parent)) {
            for (var child : children.toList())
                if (child.getFileName().toString().startsWith(prefix)) remove(child);
        }
    }
}
