package shuqiao.sharing;

import java.util.Set;
import shuqiao.kernel.Offered;

/** Offered as a bean by a room that knows under which grants a source is delivered into. */
@Offered(Offered.As.RULE)
public interface GrantTargets {

    /** Ids of grants that deliver, or have delivered, into the source; ended ones may be among. */
    Set<Long> into(long source);
}
