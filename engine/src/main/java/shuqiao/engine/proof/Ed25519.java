package shuqiao.engine.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Ed25519 over raw keys: Bouncy Castle signs, since the JDK computes the public key anew for each
 * signature and takes ten times as long; the JDK verifies, so that one checks the other.
 */
final class Ed25519 {

    static final int KEY_BYTES = 32;

    /** SubjectPublicKeyInfo of RFC 8410 up to the key. */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static byte[] newPrivateKey() {
        var seed = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(seed);
        return seed;
    }

    static byte[] publicKey(byte[] seed) {
        return new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    }

    /** The key keeps its public half once that was computed; it is never given from outside. */
    static Algorithm.Signer signer(byte[] seed) {
        var key = new Ed25519PrivateKeyParameters(seed, 0);
        return message -> {
            var signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        };
    }

    static boolean verify(byte[] publicKey, byte[] message, byte[] signed) {
        if (publicKey.length != KEY_BYTES || signed.length != 64) return false;
        var encoded = new byte[X509_HEAD.length + KEY_BYTES];
        System.arraycopy(X509_HEAD, 0, encoded, 0, X509_HEAD.length);
        System.arraycopy(publicKey, 0, encoded, X509_HEAD.length, KEY_BYTES);
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded)));
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException notAKeyOrSignature) {
            return false;
        }
    }
}
