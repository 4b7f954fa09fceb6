package shuqiao.kernel;

/** Has something told after the commit that no event stands for. */
@Offered(Offered.As.SERVICE)
public interface Afterwards {

    /**
     * Puts it down in the caller's transaction, or in one of its own. Where a telling asks, it is
     * told at once, in that telling's transaction.
     *
     * @param telling the id of a {@link Telling} of a message of this class
     */
    void tell(String telling, Object message);
}
