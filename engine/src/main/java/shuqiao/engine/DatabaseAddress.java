package shuqiao.engine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is. What a caller wrote is taken apart and never reaches a driver.
 *
 * @param host name, IPv4 or IPv6 address, without brackets
 * @param tls the mode the address asks for by {@code sslmode}, if it does
 */
public record DatabaseAddress(String host, int port, String database, Optional<Tls.Mode> tls) {

    private static final Pattern URL =
            Pattern.compile(
                    "jdbc:postgresql://(\\[[0-9A-Fa-f:.%]+]|[^/?#:\\[\\]]+)(?::([^/?#]*))?/([^?#]+)(?:\\?([^#]*))?");

    /** What the driver of Java takes and we do not: whose content it is must be known. */
    private static final Pattern SEVERAL = Pattern.compile("jdbc:postgresql://[^/?#,]*,");

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?");
    private static final int NAME_BYTES_MAX = 63;

    public DatabaseAddress {
        if (!HOST.matcher(host).matches()) throw new InvalidAddress("host");
        if (port < 1 || port > 65535) throw new InvalidAddress("port");
        if (database.isEmpty() || database.indexOf('\0') >= 0) throw new InvalidAddress("database");
        if (database.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX)
            throw new InvalidAddress("database");
    }

    /**
     * Reads {@code jdbc:postgresql://host[:port]/database[?sslmode=…]}.
     *
     * @throws InvalidAddress when it has another shape, or naming a parameter other than {@code
     *     sslmode}
     */
    public static DatabaseAddress parse(String jdbcUrl) {
        if (SEVERAL.matcher(jdbcUrl.strip()).lookingAt()) throw new InvalidAddress("hosts");
        var parts = URL.matcher(jdbcUrl.strip());
        if (!parts.matches()) throw new InvalidAddress("shape");
        var host =
                parts.group(1).startsWith("[")
                        ? parts.group(1).substring(1, parts.group(1).length() - 1)
                        : parts.group(1);
        return new DatabaseAddress(
                host, port(parts.group(2)), decoded(parts.group(3)), parameters(parts.group(4)));
    }

    /** The address in the form that {@link #parse} reads. */
    public String jdbcUrl() {
        var name = java.net.URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        var written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "jdbc:postgresql://%s:%d/%s".formatted(written, port, name);
    }

    /**
     * One text for one place, whatever the letters of its host and however its name was written:
     * {@code host:port/database}, IPv6 in brackets. Stable, because digests of it are kept.
     */
    public String canonical() {
        var plain = host.toLowerCase(Locale.ROOT);
        if (plain.length() > 1 && plain.endsWith("."))
            plain = plain.substring(0, plain.length() - 1);
        return "%s:%d/%s"
                .formatted(plain.indexOf(':') >= 0 ? "[" + plain + "]" : plain, port, database);
    }

    /**
     * {@code sha256:} and the digest of {@link #canonical} in UTF-8: what receipts and the ledger
     * keep of an address. It names no machine; who knows the address can compare.
     */
    public String digest() {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(canonical().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static int port(@org.jspecify.annotations.Nullable String text) {
        if (text == null) return 5432;
        if (!text.matches("[0-9]{1,5}")) throw new InvalidAddress("port");
        return Integer.parseInt(text);
    }

    private static Optional<Tls.Mode> parameters(@org.jspecify.annotations.Nullable String query) {
        Optional<Tls.Mode> tls = Optional.empty();
        if (query == null || query.isEmpty()) return tls;
        for (var pair : query.split("&", -1)) {
            var name = decoded(pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair);
            if (!name.equals("sslmode")) throw InvalidAddress.parameter(name);
            tls = Optional.of(mode(pair.substring(Math.min(pair.length(), "sslmode=".length()))));
        }
        return tls;
    }

    private static Tls.Mode mode(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "disable" -> Tls.Mode.DISABLE;
            case "require" -> Tls.Mode.REQUIRE;
            case "verify-ca" -> Tls.Mode.VERIFY_CA;
            case "verify-full" -> Tls.Mode.VERIFY_FULL;
            default -> throw InvalidAddress.parameter("sslmode=" + word);
        };
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new InvalidAddress("shape");
        }
    }
}
