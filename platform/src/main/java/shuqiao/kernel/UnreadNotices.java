package shuqiao.kernel;

/** How many notices somebody has not read, for the header of each page; offered as a bean. */
@Offered(Offered.As.LINES)
public interface UnreadNotices {

    long unread(Actor actor);
}
