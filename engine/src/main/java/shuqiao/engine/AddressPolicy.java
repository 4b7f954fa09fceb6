package shuqiao.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Says what of a host may be dialled. Asked once for each session; only what it returns is dialled,
 * so a name that means something else a moment later leads nowhere.
 */
@FunctionalInterface
public interface AddressPolicy {

    /** Whatever the name means. */
    AddressPolicy ANY = (host, _) -> resolved(host);

    /**
     * The addresses to try, in order; none when the host has some but may not be reached.
     *
     * @throws UnknownHostException when the host has no address at all
     */
    List<InetAddress> reach(String host, int port) throws UnknownHostException;

    /** The addresses that a name or a number stands for, as this machine understands it. */
    static List<InetAddress> resolved(String host) throws UnknownHostException {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (IllegalArgumentException notAnAddress) {
            // a number in a form that may be read in two ways
            throw new UnknownHostException(host);
        }
    }
}
