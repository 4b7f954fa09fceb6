package shuqiao.kernel;

import java.util.List;

/** A bean of a room that tells what happened, in it or in a room below. */
public interface Tells {

    List<Telling<?>> tellings();
}
