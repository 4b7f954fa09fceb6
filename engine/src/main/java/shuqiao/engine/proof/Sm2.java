package shuqiao.engine.proof;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** SM2 signatures with SM3 over raw keys, without registering a security provider. */
final class Sm2 {

    private static final int SCALAR_BYTES = 32;
    private static final ECDomainParameters CURVE =
            new ECDomainParameters(CustomNamedCurves.getByName("sm2p256v1"));

    private Sm2() {}

    /** A scalar from 1 to n - 2 (GB/T 32918.1, 6.1). */
    static byte[] newPrivateKey() {
        var d =
                BigIntegers.createRandomInRange(
                        BigInteger.ONE, CURVE.getN().subtract(BigInteger.TWO), new SecureRandom());
        return BigIntegers.asUnsignedByteArray(SCALAR_BYTES, d);
    }

    static byte[] publicKey(byte[] privateKey) {
        return new FixedPointCombMultiplier()
                .multiply(CURVE.getG(), new BigInteger(1, privateKey))
                .getEncoded(false);
    }

    static boolean isPublicKey(byte[] publicKey) {
        if (publicKey.length != 1 + 2 * SCALAR_BYTES || publicKey[0] != 4) return false;
        try {
            // refuses a point that is not on the curve
            new ECPublicKeyParameters(CURVE.getCurve().decodePoint(publicKey), CURVE);
            return true;
        } catch (IllegalArgumentException notAPoint) {
            return false;
        }
    }

    static Algorithm.Signer signer(byte[] privateKey) {
        var key =
                new ParametersWithRandom(
                        new ECPrivateKeyParameters(new BigInteger(1, privateKey), CURVE),
                        new SecureRandom());
        return message -> sign(key, message);
    }

    private static byte[] sign(ParametersWithRandom key, byte[] message) {
        var signer = new SM2Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException bug) {
            throw new IllegalStateException("cannot sign with SM2", bug);
        }
    }

    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (!isPublicKey(publicKey)) return false;
        var signer = new SM2Signer();
        signer.init(
                false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(publicKey), CURVE));
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }
}
