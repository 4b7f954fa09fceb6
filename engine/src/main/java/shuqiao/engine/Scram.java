package shuqiao.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's half of SCRAM-SHA-256 (RFC 7677), without channel binding. */
final class Scram {

    private static final int ITERATIONS_MAX = 1_000_000;

    /**
     * Salted passwords of the last connections, as RFC 5802 lets a client keep them: the work of
     * thousands of rounds is done once for a database, not for each connection.
     */
    private static final Map<String, byte[]> SALTED =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, .75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
                            return size() > SALTED_MAX;
                        }
                    });

    private static final int SALTED_MAX = 100;

    private final String password;
    private final String nonce;
    private final String firstBare;
    private String expectedSignature = "";

    Scram(Secret password) {
        this.password = Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC);
        var random = new byte[18];
        new SecureRandom().nextBytes(random);
        this.nonce = Base64.getEncoder().encodeToString(random);
        this.firstBare = "n=,r=" + nonce;
    }

    String first() {
        return "n,," + firstBare;
    }

    /** Answers the server's first message. */
    String last(String serverFirst) throws GeneralSecurityException {
        String combined = part(serverFirst, 'r');
        if (!combined.startsWith(nonce) || combined.length() == nonce.length())
            throw new GeneralSecurityException("the server's nonce does not continue ours");
        var iterations = Integer.parseInt(part(serverFirst, 'i'));
        if (iterations < 1 || iterations > ITERATIONS_MAX)
            throw new GeneralSecurityException("iterations " + iterations);
        var salted = salted(Base64.getDecoder().decode(part(serverFirst, 's')), iterations);
        var clientKey = hmac(salted, "Client Key");
        var withoutProof = "c=biws,r=" + combined;
        var signed = firstBare + "," + serverFirst + "," + withoutProof;
        var proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), signed);
        for (var i = 0; i < proof.length; i++) proof[i] ^= clientKey[i];
        expectedSignature =
                Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), signed));
        return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
    }

    /** Checks that the server knows the password too. */
    void verify(String serverLast) throws GeneralSecurityException {
        var same =
                MessageDigest.isEqual(
                        part(serverLast, 'v').getBytes(StandardCharsets.US_ASCII),
                        expectedSignature.getBytes(StandardCharsets.US_ASCII));
        if (!same || expectedSignature.isEmpty())
            throw new GeneralSecurityException("the server's signature is wrong");
    }

    private byte[] salted(byte[] salt, int iterations) throws GeneralSecurityException {
        if (password.isEmpty()) throw new GeneralSecurityException("the password is empty");
        var name = named(salt, iterations);
        var known = SALTED.get(name);
        if (known != null) return known;
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 256);
        var salted =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded();
        SALTED.put(name, salted);
        return salted;
    }

    /** Another password, salt or number of rounds has another name; the password cannot be read. */
    private String named(byte[] salt, int iterations) throws GeneralSecurityException {
        return iterations
                + " "
                + Base64.getEncoder().encodeToString(salt)
                + " "
                + Base64.getEncoder().encodeToString(hmac(salt, password));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String message, char name) throws GeneralSecurityException {
        for (var part : message.split(",", -1))
            if (part.startsWith(name + "=")) return part.substring(2);
        throw new GeneralSecurityException("the server's message lacks " + name);
    }
}
