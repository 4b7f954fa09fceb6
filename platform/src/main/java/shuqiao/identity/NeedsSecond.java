package shuqiao.identity;

import shuqiao.kernel.Conflict;

/** Touches what administrators are, so no administrator does it alone. */
public final class NeedsSecond extends Conflict {

    NeedsSecond() {
        super("identity:needs-second");
    }
}
