package shuqiao.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rule of one route: who may call it. A route without a rule answers nobody, and a test fails
 * for it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allows {

    /** Any of these roles; empty means everybody who is signed in. */
    Role[] value() default {};

    /** Open to visitors without login. */
    boolean anyone() default false;
}
