package shuqiao.engine.embedded;

/** PostgreSQL did not come up; the message ends with the last lines of its log. */
public final class NotStarted extends HomeFailure {

    private static final long serialVersionUID = 1L;

    NotStarted(String message) {
        super(message);
    }

    NotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
