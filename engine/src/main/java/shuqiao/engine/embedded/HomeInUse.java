package shuqiao.engine.embedded;

import java.nio.file.Path;

/** Another living process uses this home. */
public final class HomeInUse extends HomeFailure {

    private static final long serialVersionUID = 1L;

    private final long pid;

    HomeInUse(Path home, long pid) {
        super(
                pid > 0
                        ? "The home %s is in use by process %d.".formatted(home, pid)
                        : "The home %s is in use by another process.".formatted(home));
        this.pid = pid;
    }

    /** The process that holds the home; 0 when it has not yet written its number. */
    public long pid() {
        return pid;
    }
}
