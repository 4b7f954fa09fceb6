package shuqiao.engine;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Key of the mask {@code hash}, one per provider and consumer. It prints as stars. */
public final class HashKey {

    private static final int BLOCK = 64;

    private final byte[] bytes;

    /**
     * @param bytes at least 16, best 32 random ones
     */
    public HashKey(byte[] bytes) {
        if (bytes.length < 16)
            throw new IllegalArgumentException("a hash key of " + bytes.length + " bytes");
        this.bytes = bytes.clone();
    }

    /** The key mixed with HMAC's inner pad, 64 bytes in hex (RFC 2104). */
    String inner() {
        return padded(0x36);
    }

    String outer() {
        return padded(0x5c);
    }

    private String padded(int pad) {
        try {
            var key =
                    bytes.length > BLOCK
                            ? MessageDigest.getInstance("SHA-256").digest(bytes)
                            : bytes;
            var block = Arrays.copyOf(key, BLOCK);
            for (var i = 0; i < BLOCK; i++) block[i] ^= (byte) pad;
            return HexFormat.of().formatHex(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
