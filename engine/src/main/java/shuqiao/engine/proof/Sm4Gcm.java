package shuqiao.engine.proof;

import java.security.SecureRandom;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * SM4 (GB/T 32907) in Galois/Counter mode: seals a secret for storage, bound to the place where it
 * is stored. A sealed secret is version 0x01 ‖ 12 bytes of nonce ‖ ciphertext ‖ 16 bytes of tag.
 */
public final class Sm4Gcm {

    /** The key is another, the bytes were changed, or they belong to another place. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String why) {
            super(why);
        }
    }

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;

    private final MasterKey key;
    private final SecureRandom random = new SecureRandom();

    public Sm4Gcm(MasterKey key) {
        this.key = key;
    }

    /**
     * @param place associated data: table, row and column, say; needed again to open
     */
    public byte[] seal(byte[] secret, byte[] place) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = new byte[HEAD_BYTES + secret.length + TAG_BYTES];
        sealed[0] = VERSION;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
        try {
            var cipher = cipher(true, nonce, place);
            int done = cipher.processBytes(secret, 0, secret.length, sealed, HEAD_BYTES);
            cipher.doFinal(sealed, HEAD_BYTES + done);
            return sealed;
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("sealing does not check a tag", impossible);
        }
    }

    /**
     * @throws Unreadable never saying more than that
     */
    public byte[] open(byte[] sealed, byte[] place) {
        if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] != VERSION) {
            throw new Unreadable("no sealed secret of a known version");
        }
        var nonce = new byte[NONCE_BYTES];
        System.arraycopy(sealed, 1, nonce, 0, NONCE_BYTES);
        int length = sealed.length - HEAD_BYTES;
        var secret = new byte[length - TAG_BYTES];
        try {
            var cipher = cipher(false, nonce, place);
            int done = cipher.processBytes(sealed, HEAD_BYTES, length, secret, 0);
            cipher.doFinal(secret, done);
            return secret;
        } catch (InvalidCipherTextException wrongTag) {
            throw new Unreadable("the secret was sealed with another key, or changed, or moved");
        }
    }

    private GCMModeCipher cipher(boolean seal, byte[] nonce, byte[] place) {
        var cipher = GCMBlockCipher.newInstance(new SM4Engine());
        var bound = new byte[place.length + 1];
        bound[0] = VERSION;
        System.arraycopy(place, 0, bound, 1, place.length);
        cipher.init(
                seal,
                new AEADParameters(new KeyParameter(key.bytes()), TAG_BYTES * 8, nonce, bound));
        return cipher;
    }
}
