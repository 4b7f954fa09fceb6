package shuqiao.notice;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name by which we greet a mail server (RFC 5321, 4.1.1.1): the whole name of the platform, or
 * its address in brackets where it has none. Servers refuse {@code localhost} and short names.
 */
final class OwnName {

    private static final int ANY_PORT = 25;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*|.*:.*");
    private static final Pattern WHOLE = Pattern.compile("[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+");

    private OwnName() {}

    /**
     * @param told the public address of the platform, or null
     * @param servers what will be dialled; nothing is sent to find out from where
     */
    static String of(@Nullable URI told, List<InetAddress> servers) {
        var host = told == null ? "" : String.valueOf(told.getHost());
        if (!host.isEmpty() && !ADDRESS.matcher(host).matches()) {
            var ascii = ascii(host);
            if (WHOLE.matcher(ascii).matches()) return ascii;
        }
        if (host.startsWith("[")) return "[IPv6:" + host.substring(1);
        if (!host.isEmpty() && ADDRESS.matcher(host).matches()) return "[" + host + "]";
        return "[" + from(servers) + "]";
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** The address of ours from which the first of them is reached. */
    private static String from(List<InetAddress> servers) {
        for (var server : servers)
            try (var socket = new DatagramSocket()) {
                socket.connect(new InetSocketAddress(server, ANY_PORT));
                var own = socket.getLocalAddress();
                if (own.isAnyLocalAddress()) continue;
                return own instanceof Inet6Address
                        ? "IPv6:" + own.getHostAddress().replaceAll("%.*", "")
                        : own.getHostAddress();
            } catch (IOException | RuntimeException _) {
                // the next one
            }
        return InetAddress.getLoopbackAddress().getHostAddress();
    }
}
