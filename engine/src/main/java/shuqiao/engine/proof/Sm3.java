package shuqiao.engine.proof;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;

/** The digest SM3, GB/T 32905: 32 bytes. */
public final class Sm3 {

    private Sm3() {}

    public static byte[] digest(byte[] message) {
        var sm3 = new SM3Digest();
        sm3.update(message, 0, message.length);
        var digest = new byte[sm3.getDigestSize()];
        sm3.doFinal(digest, 0);
        return digest;
    }

    /** In lower-case hex. */
    public static String hex(byte[] message) {
        return HexFormat.of().formatHex(digest(message));
    }
}
