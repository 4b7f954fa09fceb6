package shuqiao.kernel;

/** A piece of work that the platform does by itself broke, and which one it was. */
public final class ItemBroke extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Object item;
    private final RuntimeException why;

    public ItemBroke(Object item, RuntimeException cause) {
        super(String.valueOf(item), cause);
        this.item = item;
        this.why = cause;
    }

    /** What went wrong with it. */
    public RuntimeException why() {
        return why;
    }

    public Object item() {
        return item;
    }
}
