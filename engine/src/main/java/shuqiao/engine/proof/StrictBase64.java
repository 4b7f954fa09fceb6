package shuqiao.engine.proof;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64 of RFC 4648, section 4, in its one canonical form: padded, no line ends, unused bits zero.
 * So no character of a signed document can be changed without a trace.
 */
final class StrictBase64 {

    private StrictBase64() {}

    static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static Optional<byte[]> bytes(String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            return text(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
