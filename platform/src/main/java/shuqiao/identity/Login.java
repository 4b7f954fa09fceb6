package shuqiao.identity;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Actor;

/**
 * Checks user name and password. Five wrong ones in a row lock the account for 15 minutes; what the
 * visitor is told does not show whether a name exists.
 */
@Component
class Login implements AuthenticationProvider {

    private final PersonTable people;
    private final PasswordEncoder encoder;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    /**
     * Compared with when the name is unknown, so that the answer takes as long. Made at the first
     * login, whoever it is: a start does not wait for a slow hash.
     */
    private volatile @Nullable String decoy;

    Login(
            PersonTable people,
            PasswordEncoder encoder,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.people = people;
        this.encoder = encoder;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    private String decoy() {
        var made = decoy;
        if (made == null) {
            made = Objects.requireNonNull(encoder.encode("decoy"));
            decoy = made;
        }
        return made;
    }

    @Override
    public Authentication authenticate(Authentication attempt) throws AuthenticationException {
        var username = attempt.getName().strip().toLowerCase(Locale.ROOT);
        var password = String.valueOf(attempt.getCredentials());
        var otherwise = decoy();
        var person = people.find(username);
        var hash = people.password(username).orElse(otherwise);
        var matches = password.length() <= Passwords.LENGTH_MAX && encoder.matches(password, hash);
        var now = clock.instant();
        if (person.isEmpty() || person.get().disabled()) throw new BadCredentialsException("wrong");
        if (person.get().lockedAt(now)) throw new LockedException("locked");
        if (!matches) {
            var failures =
                    transaction.execute(_ -> {
                        events.publishEvent(new LoginFailed(username, Actor.PLATFORM, now));
                        return people.fail(username, People.FAILURES_MAX, now.plus(People.LOCK));
                    });
            if (failures >= People.FAILURES_MAX) throw new LockedException("locked");
            throw new BadCredentialsException("wrong");
        }
        transaction.executeWithoutResult(_ -> {
            people.forgiveFailures(username);
            events.publishEvent(new LoggedIn(username, person.get().actor(), now));
        });
        return UsernamePasswordAuthenticationToken.authenticated(username, null, List.of());
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
