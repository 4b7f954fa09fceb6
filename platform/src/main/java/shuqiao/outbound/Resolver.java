package shuqiao.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks what a name stands for. */
@FunctionalInterface
interface Resolver {

    /**
     * All its addresses, in the order to try them.
     *
     * @throws UnknownHostException when it has none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
