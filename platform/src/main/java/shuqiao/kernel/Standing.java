package shuqiao.kernel;

import java.util.Optional;

/**
 * Who somebody is by now, for work that goes on after the call that asked for it: a role taken away
 * meanwhile is gone, an account closed is nobody any more.
 */
@Offered(Offered.As.RULE)
public interface Standing {

    /** The actor with the rights of this moment, never with more than a program had then. */
    Optional<Actor> now(Actor then);
}
