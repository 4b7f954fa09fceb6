package shuqiao.outbound;

import java.net.InetAddress;
import java.time.Instant;

/**
 * A network that may be dialled.
 *
 * @param holder {@link Networks#EVERYBODY}, {@link Networks#PLATFORM} or a credit code
 * @param firstPort to {@code lastPort}, both in
 * @param addedBy user name or client id; {@code platform} for what the first start allowed
 */
record NetworkRule(
        long id,
        String holder,
        Network network,
        int firstPort,
        int lastPort,
        String note,
        String addedBy,
        Instant addedAt) {

    static final int PORT_MAX = 65_535;

    boolean allows(InetAddress address, int port) {
        return port >= firstPort && port <= lastPort && network.contains(address);
    }

    /** Empty for every port. */
    String ports() {
        if (firstPort == 1 && lastPort == PORT_MAX) return "";
        return firstPort == lastPort ? String.valueOf(firstPort) : firstPort + "-" + lastPort;
    }
}
