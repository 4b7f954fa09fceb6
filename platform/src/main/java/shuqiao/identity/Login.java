package shuqiao.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.identity.IdentityEvent.LoggedIn;

/**
 * Checks user name and password, as often as {@link SignInThrottle} lets. A wrong password, an
 * unknown name, a closed account and one try too many are answered alike, and after about the same
 * time.
 */
@Component
class Login implements AuthenticationProvider {

    private final PersonTable people;
    private final Hashing hashing;
    private final SignInThrottle throttle;
    private final FailedLogins failed;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    /**
     * Compared with when the name is unknown, so that the answer takes as long. Made at the first
     * login, whoever it is: a start does not wait for a slow hash.
     */
    private volatile @Nullable String decoy;

    /** How long a comparison took of late, its wait included. */
    private volatile long usualNanos = TimeUnit.MILLISECONDS.toNanos(30);

    Login(
            PersonTable people,
            Hashing hashing,
            SignInThrottle throttle,
            FailedLogins failed,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.people = people;
        this.hashing = hashing;
        this.throttle = throttle;
        this.failed = failed;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The name that a login form brings. */
    static String username(HttpServletRequest request) {
        var typed =
                request.getParameter(
                        UsernamePasswordAuthenticationFilter.SPRING_SECURITY_FORM_USERNAME_KEY);
        return typed == null ? "" : normal(typed);
    }

    private static String normal(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    private String decoy() {
        var made = decoy;
        if (made == null) {
            made = hashing.encode("decoy");
            decoy = made;
        }
        return made;
    }

    /**
     * Whether a try would not even be judged; if so, it has taken as long as one that was. Asks
     * memory alone, so that a flood of tries costs next to nothing.
     */
    boolean isSpent(String username, SignInThrottle.Place place) {
        if (!throttle.isSpent(key(username), place)) return false;
        pause();
        return true;
    }

    private static boolean isName(String username) {
        return People.USERNAME.matcher(username).matches();
    }

    /** What cannot be a name is nobody's, and never reaches the database. */
    private static String key(String username) {
        return isName(username) ? username : "";
    }

    @Override
    public Authentication authenticate(Authentication attempt) throws AuthenticationException {
        var username = normal(attempt.getName());
        var named = isName(username);
        var one = throttle.begin(key(username), place(attempt));
        if (one == null) {
            pause();
            throw new BadCredentialsException("throttled");
        }
        var person = named ? people.find(username).orElse(null) : null;
        var right =
                one.judge(() ->
                        compared(username, named, String.valueOf(attempt.getCredentials()))
                                && person != null
                                && !person.disabled());
        if (!right) {
            if (person != null && !person.disabled()) failed.count(username);
            throw new BadCredentialsException("wrong");
        }
        var actor = Objects.requireNonNull(person).actor();
        transaction.executeWithoutResult(
                _ -> events.publishEvent(new LoggedIn(username, actor, clock.instant())));
        var in = UsernamePasswordAuthenticationToken.authenticated(username, null, List.of());
        in.setDetails(""); // where it came from is not kept with the session
        return in;
    }

    private boolean compared(String username, boolean named, String password) {
        var otherwise = decoy();
        var hash = named ? people.password(username).orElse(otherwise) : otherwise;
        var begun = System.nanoTime();
        var matches =
                hashing.matches(password.length() <= Passwords.LENGTH_MAX ? password : "", hash);
        usualNanos += (System.nanoTime() - begun - usualNanos) / 8;
        return matches;
    }

    /** As long as a comparison: who has no try left is not to learn it from the time. */
    private void pause() {
        try {
            var usual = usualNanos;
            TimeUnit.NANOSECONDS.sleep(
                    ThreadLocalRandom.current().nextLong(usual * 3 / 4, usual * 5 / 4));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static SignInThrottle.Place place(Authentication attempt) {
        return attempt.getDetails() instanceof SignInThrottle.Place place
                ? place
                : new SignInThrottle.Place("", null);
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
