package shuqiao.engine;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Is asked before each session with a department's database is opened, and hears what became of it:
 * so that whoever counts and records sessions sees every one, also those that the engine opens by
 * itself. Requests to cancel are no sessions.
 */
@FunctionalInterface
public interface SessionWatch {

    /** The name under which a moment's look begins: at a silent line, or at who stands between. */
    String LOOK = "shuqiao watch";

    /** Whoever does not want to know. */
    SessionWatch NONE =
            (_, _) ->
                    new Ear() {
                        @Override
                        public void opened(InetAddress peer) {}

                        @Override
                        public void failed(@Nullable InetAddress last, Throwable why) {}

                        @Override
                        public void closed(long received, long sent) {}
                    };

    /**
     * Before a name is resolved or anything is dialled; throws what it will to keep us out.
     *
     * @param applicationName what the DBA will see, or {@link #LOOK}
     */
    Ear begins(Side side, String applicationName);

    /** Hears of one session: that it is open and then closed, or that it failed. Never throws. */
    interface Ear {

        /** It was let in and is ours. */
        void opened(InetAddress peer);

        /**
         * It did not come about.
         *
         * @param last the address that was tried last; null when none was
         */
        void failed(@Nullable InetAddress last, Throwable why);

        /** Bytes that came and went over the line, below its encryption. */
        void closed(long received, long sent);
    }
}
