package shuqiao.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an interface that rooms above implement by beans, so that a room asks those it may not call. A
 * call upwards that no import shows: {@code docs/plan/offers.md} is drawn of all of them, and a
 * test fails on one that does not say why it is none of the rows that the asking room could keep.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Offered {

    As value();

    /** Why it is asked, and not told beforehand. */
    enum As {
        /** The answer allows, stops or explains an act, so it must be that of this moment. */
        RULE,
        /** A part of a page: whose words and numbers they are draws them. */
        PART,
        /** Lines gathered for one reader, of whom a page asks by what he may see just now. */
        LINES,
        /** How a thing is called by now. */
        NAME,
        /** What the platform does or tells by itself. */
        WORK,
        /** Something that the ground needs and a room above has. */
        SERVICE
    }
}
