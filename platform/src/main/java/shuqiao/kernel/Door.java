package shuqiao.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Component;

/**
 * The front door of a room: the one class that others call. Holds transactions, order of steps,
 * authorisation and events; no SQL, no HTTP. Each public method takes the {@link Actor} or says by
 * {@link Trusted} why it needs none; a test lists them.
 */
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Door {}
