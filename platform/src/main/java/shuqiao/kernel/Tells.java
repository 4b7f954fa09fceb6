package shuqiao.kernel;

import java.util.List;

/** A bean of a room that tells what happened, in it or in a room below. */
@Offered(Offered.As.WORK)
public interface Tells {

    List<Telling<?>> tellings();
}
