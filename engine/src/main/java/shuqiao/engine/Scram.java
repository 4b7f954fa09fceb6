package shuqiao.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's half of SCRAM-SHA-256 (RFC 7677), without channel binding. */
final class Scram {

    /**
     * RFC 7677's least: a server that asks for fewer would make what we send cheap to guess from.
     */
    static final int ROUNDS_MIN = 4_096;

    /** What OWASP asks for, and half a second of a processor. */
    static final int ROUNDS_MAX = 600_000;

    /** In this order, without extensions: nonce, salt of up to 128 bytes, rounds. */
    private static final Pattern FIRST =
            Pattern.compile(
                    "r=([\\x21-\\x2B\\x2D-\\x7E]{1,256}),s=([A-Za-z0-9+/]{4,172}={0,2}),i=([1-9][0-9]{0,8})");

    private static final Pattern LAST = Pattern.compile("v=([A-Za-z0-9+/]{43}=)");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int WORKERS = 2;
    private static final int SALTED_MAX = 100;

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

    /**
     * Rounds are work that no virtual thread gives way in: whatever servers ask for, it takes no
     * more than these threads.
     */
    private static final ExecutorService ROUNDS = workers();

    /** The server asks for fewer or more rounds than we take. */
    static final class RoundsRefused extends GeneralSecurityException {
        private static final long serialVersionUID = 1L;
        private final String rounds;

        private RoundsRefused(String rounds) {
            super("rounds " + rounds);
            this.rounds = rounds;
        }

        String rounds() {
            return rounds;
        }
    }

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

    /**
     * Answers the server's first message.
     *
     * @throws RoundsRefused for a number of rounds that we do not do
     * @throws GeneralSecurityException when we have no password
     * @throws StrangeAnswer for a message that is not the protocol's
     */
    String last(String serverFirst) throws GeneralSecurityException, IOException {
        var parts = FIRST.matcher(serverFirst);
        if (!parts.matches()) throw StrangeAnswer.of("a SCRAM message that is none");
        var combined = parts.group(1);
        if (!combined.startsWith(nonce) || combined.length() == nonce.length())
            throw StrangeAnswer.of("a SCRAM nonce that does not continue ours");
        var rounds = Integer.parseInt(parts.group(3));
        if (rounds < ROUNDS_MIN || rounds > ROUNDS_MAX) throw new RoundsRefused(parts.group(3));
        var salted = salted(salt(parts.group(2)), rounds);
        var clientKey = hmac(salted, "Client Key");
        var withoutProof = "c=biws,r=" + combined;
        var signed = firstBare + "," + serverFirst + "," + withoutProof;
        var proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), signed);
        for (var i = 0; i < proof.length; i++) proof[i] ^= clientKey[i];
        expectedSignature =
                Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), signed));
        return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
    }

    /** Whether the server showed that it knows the password too. */
    boolean isProvenBy(String serverLast) {
        var parts = LAST.matcher(serverLast);
        return parts.matches()
                && !expectedSignature.isEmpty()
                && MessageDigest.isEqual(
                        parts.group(1).getBytes(StandardCharsets.US_ASCII),
                        expectedSignature.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] salt(String text) throws IOException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw StrangeAnswer.of("a SCRAM salt that is no base64");
        }
    }

    private byte[] salted(byte[] salt, int rounds) throws GeneralSecurityException, IOException {
        if (password.isEmpty()) throw new GeneralSecurityException("the password is empty");
        var name = named(salt, rounds);
        var known = SALTED.get(name);
        if (known != null) return known;
        var salted = done(salt, rounds);
        SALTED.put(name, salted);
        return salted;
    }

    private byte[] done(byte[] salt, int rounds) throws GeneralSecurityException, IOException {
        var work =
                ROUNDS.submit(() ->
                        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                                .generateSecret(
                                        new PBEKeySpec(password.toCharArray(), salt, rounds, 256))
                                .getEncoded());
        try {
            return work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException("too many logins at once", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException failed) {
            throw new GeneralSecurityException(failed.getCause());
        } finally {
            work.cancel(false);
        }
    }

    /** Another password, salt or number of rounds has another name; the password cannot be read. */
    private String named(byte[] salt, int rounds) throws GeneralSecurityException {
        return rounds
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

    private static ExecutorService workers() {
        var workers =
                new ThreadPoolExecutor(
                        WORKERS,
                        WORKERS,
                        1,
                        TimeUnit.MINUTES,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("shuqiao-scram-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
