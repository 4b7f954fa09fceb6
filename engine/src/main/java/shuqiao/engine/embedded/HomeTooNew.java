package shuqiao.engine.embedded;

import java.nio.file.Path;

/** The home was written by a newer release; nothing in it was touched. */
public final class HomeTooNew extends HomeFailure {

    private static final long serialVersionUID = 1L;

    HomeTooNew(Path home, String found, String known) {
        super(
                "The home %s has format %s, this release knows up to %s: start a newer release."
                        .formatted(home, found, known));
    }
}
