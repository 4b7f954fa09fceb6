package shuqiao.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What is to be known of addresses whatever the policy says. */
final class Addresses {

    /**
     * Never dialled: this machine's unspecified address, the link (where clouds keep the secrets of
     * their machines), other places of such secrets, groups, broadcast and what is reserved, and
     * IPv6 addresses behind which an IPv4 address hides.
     */
    private static final List<Network> NEVER =
            List.of(
                            "0.0.0.0/8",
                            "169.254.0.0/16",
                            "100.100.100.200/32",
                            "168.63.129.16/32",
                            "192.0.0.192/32",
                            "224.0.0.0/4",
                            "240.0.0.0/4",
                            "fe80::/10",
                            "fec0::/10",
                            "ff00::/8",
                            "fd00:ec2::254/128",
                            "fd20:ce::254/128",
                            "64:ff9b::/96",
                            "64:ff9b:1::/48",
                            "2001::/32",
                            "2002::/16")
                    .stream()
                    .map(Network::parse)
                    .toList();

    /**
     * Of the old form {@code ::a.b.c.d}; {@code ::1} is no such address, {@code ::} is never one.
     */
    private static final int IPV4_COMPATIBLE_BYTES = 12;

    private Addresses() {}

    static boolean never(InetAddress address) {
        return NEVER.stream().anyMatch(it -> it.contains(address)) || hidesIpv4(address);
    }

    private static boolean hidesIpv4(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length == 4 || address.isLoopbackAddress()) return false;
        for (var at = 0; at < IPV4_COMPATIBLE_BYTES; at++) if (bytes[at] != 0) return false;
        return true;
    }

    /** Without a name, and without the interface that an IPv6 address may be bound to. */
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException never) {
            throw new IllegalArgumentException(never);
        }
    }

    /** IPv6 with its longest row of zeros left out (RFC 5952). */
    static String text(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length == 4) return address.getHostAddress();
        var plain = of(bytes).getHostAddress();
        var best = "";
        var zeros = java.util.regex.Pattern.compile("(?:^|:)0(?::0)+(?=:|$)").matcher(plain);
        while (zeros.find()) if (zeros.group().length() > best.length()) best = zeros.group();
        if (best.isEmpty()) return plain;
        var at = plain.indexOf(best);
        var rest = plain.substring(at + best.length());
        return plain.substring(0, at) + (rest.isEmpty() ? "::" : ":" + rest);
    }
}
