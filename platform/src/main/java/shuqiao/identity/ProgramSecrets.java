package shuqiao.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Hashes of the secrets of programs. We make these secrets ourselves, 40 random characters: nobody
 * guesses one, so one round of SHA-256 keeps them as well as a slow hash would, and a stranger who
 * sends thousands of wrong ones costs nothing. Secrets of before are kept slowly hashed until their
 * first use; until then wrong ones are counted as those of people are.
 */
@Component
record ProgramSecrets(Hashing slow, SignInThrottle throttle) implements PasswordEncoder {

    private static final String FAST = "{sha256}";

    @Override
    public String encode(@Nullable CharSequence secret) {
        try {
            var text = secret == null ? "" : secret.toString();
            return FAST
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256")
                                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
        if (secret == null || hash == null || secret.length() > Passwords.LENGTH_MAX) return false;
        if (hash.startsWith(FAST))
            return MessageDigest.isEqual(
                    hash.getBytes(StandardCharsets.UTF_8),
                    encode(secret).getBytes(StandardCharsets.UTF_8));
        // the hash stands for the program: it is not told here which one asks
        var attempt = throttle.begin(hash, new SignInThrottle.Place(address(), null));
        return attempt != null && attempt.judge(() -> slow.matches(secret, hash));
    }

    /** A secret of before that was right is kept anew. */
    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return hash != null && !hash.startsWith(FAST);
    }

    private static String address() {
        return RequestContextHolder.getRequestAttributes()
                        instanceof ServletRequestAttributes request
                ? request.getRequest().getRemoteAddr()
                : "";
    }
}
