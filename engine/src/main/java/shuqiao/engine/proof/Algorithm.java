package shuqiao.engine.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The two signature algorithms, by their names in receipts and key documents. */
public enum Algorithm {
    /** RFC 8032. Private key: 32 bytes of seed; public key 32 bytes; signature 64. */
    ED25519("Ed25519", new byte[] {0x01}),

    /**
     * GB/T 32918 with SM3, curve sm2p256v1, the user identity of GM/T 0009 ({@code
     * 1234567812345678}). Private key: 32 bytes; public key 65 bytes, uncompressed; signature in
     * DER.
     *
     * <p>C2SP signed-note assigns no type to it; as it asks, the type is 0xff and a longer name.
     */
    SM2("SM2-SM3", ("\u00ff" + "shuqiao/sm2-sm3").getBytes(StandardCharsets.ISO_8859_1));

    private final String title;
    private final byte[] noteType;

    Algorithm(String title, byte[] noteType) {
        this.title = title;
        this.noteType = noteType;
    }

    /** {@code Ed25519} or {@code SM2-SM3}. */
    public String title() {
        return title;
    }

    public static Optional<Algorithm> find(String title) {
        return Arrays.stream(values()).filter(a -> a.title.equals(title)).findFirst();
    }

    byte[] newPrivateKey() {
        return switch (this) {
            case ED25519 -> Ed25519.newPrivateKey();
            case SM2 -> Sm2.newPrivateKey();
        };
    }

    byte[] publicKey(byte[] privateKey) {
        return switch (this) {
            case ED25519 -> Ed25519.publicKey(privateKey);
            case SM2 -> Sm2.publicKey(privateKey);
        };
    }

    /** What signs with a private key, for as often as one likes and from any thread. */
    Signer signer(byte[] privateKey) {
        return switch (this) {
            case ED25519 -> Ed25519.signer(privateKey);
            case SM2 -> Sm2.signer(privateKey);
        };
    }

    /** Holds a private key ready for use. */
    @FunctionalInterface
    interface Signer {
        byte[] sign(byte[] message);
    }

    /** False for anything that is no signature, never an exception. */
    boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return switch (this) {
            case ED25519 -> Ed25519.verify(publicKey, message, signature);
            case SM2 -> Sm2.verify(publicKey, message, signature);
        };
    }

    boolean isPublicKey(byte[] publicKey) {
        return switch (this) {
            case ED25519 -> publicKey.length == Ed25519.KEY_BYTES;
            case SM2 -> Sm2.isPublicKey(publicKey);
        };
    }

    /** Short name of a key: the first 8 bytes of SHA-256(algorithm ‖ 0x0A ‖ public key), in hex. */
    String keyId(byte[] publicKey) {
        var sha = MerkleTree.sha256();
        sha.update((title + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha.digest(publicKey), 0, 8);
    }

    /** C2SP signed-note: SHA-256(name ‖ 0x0A ‖ type ‖ public key), the first 4 bytes. */
    byte[] noteKeyId(String name, byte[] publicKey) {
        var sha = MerkleTree.sha256();
        sha.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        sha.update(noteType);
        return Arrays.copyOf(sha.digest(publicKey), 4);
    }
}
