package shuqiao.ledger;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a tile in C2SP tlog-tiles: {@code /x001/x234/067} is number 1234067, {@code .p/17}
 * asks for its first 17 hashes.
 *
 * @param width 1 to 255; 0 for a whole tile
 */
record Tile(long index, int width) {

    private static final Pattern NAME =
            Pattern.compile("((?:/x[0-9]{3}){0,5}/[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    static Optional<Tile> parse(String path) {
        var parts = NAME.matcher(path);
        if (!parts.matches()) return Optional.empty();
        var width = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
        if (width > 255) return Optional.empty();
        return Optional.of(new Tile(Long.parseLong(parts.group(1).replaceAll("[/x]", "")), width));
    }
}
