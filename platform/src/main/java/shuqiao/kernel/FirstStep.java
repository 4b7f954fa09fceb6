package shuqiao.kernel;

import java.util.function.BooleanSupplier;

/**
 * One thing an empty platform needs before work can begin, offered by a room as a bean and shown at
 * {@code /first-steps}. Words stand under {@code first-step.<key>} and {@code
 * first-step.<key>.why}.
 */
@Offered(Offered.As.LINES)
public interface FirstStep {

    /** Place in the list, ascending. */
    int order();

    String key();

    /** Where it is done. */
    String path();

    /** Which of the three administrators does it. */
    Role by();

    boolean done();

    /**
     * A step as a value.
     *
     * @param check whether it is done, asked each time
     */
    record Simple(int order, String key, String path, Role by, BooleanSupplier check)
            implements FirstStep {

        @Override
        public boolean done() {
            return check.getAsBoolean();
        }
    }
}
