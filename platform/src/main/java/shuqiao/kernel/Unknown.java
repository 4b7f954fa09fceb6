package shuqiao.kernel;

import java.util.Map;

/** Nothing there, or nothing the actor may see: the two are not told apart. */
public final class Unknown extends Refusal {

    /** What is the glossary word of the thing, in lower case, such as {@code resource}. */
    public Unknown(String what, Object id) {
        super(Kind.UNKNOWN, "unknown:" + what, Map.of("id", String.valueOf(id)));
    }
}
