package shuqiao.catalog;

import shuqiao.kernel.Offered;

/** Offered as a bean by the room that knows the rules in force: what a range of sharing means. */
@Offered(Offered.As.RULE)
public interface RangeRule {

    /** Whether departments in the range use what is shared with a condition without applying. */
    boolean isDirect();
}
