package shuqiao.outbound;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import shuqiao.kernel.Invalid;

/**
 * A block of addresses as CIDR writes it (RFC 4632, RFC 4291): all whose first bits are those of
 * the base.
 *
 * @param bits 0 to 32 of IPv4, 0 to 128 of IPv6
 */
record Network(InetAddress base, int bits) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
    private static final String FIELD = "network";

    /**
     * Reads {@code 10.0.0.0/8}, {@code fc00::/7}, or one address without a slash. Never asks a name
     * server.
     *
     * @throws Invalid when it has another shape, or bits after the first ones are set
     */
    static Network parse(String written) {
        var text = written.strip().toLowerCase(Locale.ROOT);
        var slash = text.indexOf('/');
        var base = address(slash < 0 ? text : text.substring(0, slash));
        var longest = base.getAddress().length * 8;
        var bits = slash < 0 ? longest : bits(text.substring(slash + 1), longest);
        var network = new Network(base, bits);
        if (!network.first().equals(base))
            throw Invalid.field(
                    FIELD,
                    "outbound.host-bits",
                    Map.of("network", new Network(network.first(), bits).text()));
        return network;
    }

    private static InetAddress address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches())
            throw Invalid.field(FIELD, "outbound.network");
        try {
            var address = InetAddress.ofLiteral(text);
            // an IPv4 address in the dress of IPv6 is dialled as IPv4, so it is written as IPv4
            if (text.indexOf(':') >= 0 && address.getAddress().length == 4)
                throw Invalid.field(FIELD, "outbound.network");
            return address;
        } catch (IllegalArgumentException _) {
            throw Invalid.field(FIELD, "outbound.network");
        }
    }

    private static int bits(String text, int longest) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > longest)
            throw Invalid.field(FIELD, "outbound.network");
        return Integer.parseInt(text);
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length == base.getAddress().length
                && masked(address).equals(base);
    }

    String text() {
        return Addresses.text(base) + "/" + bits;
    }

    private InetAddress first() {
        return masked(base);
    }

    private InetAddress masked(InetAddress address) {
        var bytes = address.getAddress();
        for (var at = 0; at < bytes.length; at++) {
            var kept = Math.clamp(bits - at * 8L, 0, 8);
            bytes[at] &= (byte) (0xff << (8 - kept));
        }
        return Addresses.of(bytes);
    }
}
