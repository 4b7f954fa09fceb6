package shuqiao.identity;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.BoundedPool;
import shuqiao.kernel.TooBusy;

/**
 * Hashes passwords (Argon2id, RFC 9106), slowly on purpose, on threads of its own: see {@link
 * BoundedPool}. Whoever would wait behind {@link #WAITING_MAX} others is told to come back ({@link
 * TooBusy}); so nobody calls it in a transaction, which would hold a connection meanwhile.
 */
@Component
class Hashing implements PasswordEncoder, AutoCloseable {

    /** About half a second of work for two threads. */
    static final int WAITING_MAX = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    // 19 MiB, 2 passes, 1 lane: the least that OWASP advises, about 25 ms here
    private final PasswordEncoder slow =
            new DelegatingPasswordEncoder(
                    "argon2", Map.of("argon2", new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2)));
    private final BoundedPool pool = new BoundedPool("hashing", BoundedPool.cores(), WAITING_MAX);

    @Override
    public String encode(@Nullable CharSequence password) {
        return pool(() -> Objects.requireNonNull(slow.encode(password)));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        return pool(() -> slow.matches(password, hash));
    }

    private <T> T pool(java.util.concurrent.Callable<T> work) {
        try {
            return pool.call(PATIENCE, work);
        } catch (BoundedPool.TookTooLong machineIsBusy) {
            throw new TooBusy();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
