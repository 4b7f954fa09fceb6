package shuqiao.engine.embedded;

import java.nio.file.Path;

/** The home, or a folder in it, cannot be created or written by this user. */
public final class HomeNotWritable extends HomeFailure {

    private static final long serialVersionUID = 1L;

    HomeNotWritable(Path path, Throwable cause) {
        super("The home cannot be written at %s: %s".formatted(path, cause.getMessage()), cause);
    }
}
