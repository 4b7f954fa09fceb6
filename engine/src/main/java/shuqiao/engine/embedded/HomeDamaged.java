package shuqiao.engine.embedded;

/** The home lacks something that cannot be made again, such as the key of an existing database. */
public final class HomeDamaged extends HomeFailure {

    private static final long serialVersionUID = 1L;

    HomeDamaged(String message) {
        super(message);
    }
}
