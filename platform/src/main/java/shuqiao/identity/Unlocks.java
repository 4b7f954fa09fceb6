package shuqiao.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.embedded.Home;
import shuqiao.identity.IdentityEvent.LockoutEnded;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Beat;

/**
 * Does what {@code ./shuqiao unlock NAME} asks for: it leaves a file {@code HOME/unlock-NAME}, of a
 * platform at work or of the next start. The file goes when the lock-out has ended and stands in
 * the ledger; for a name without an account it becomes {@code unlock-NAME.unknown}.
 */
@Component
class Unlocks extends Beat {

    private static final Logger LOG = LoggerFactory.getLogger(Unlocks.class);
    private static final String START = "unlock-";
    static final String UNKNOWN = ".unknown";

    private final Path home;
    private final PersonTable people;
    private final SignInThrottle throttle;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Unlocks(
            Home home,
            PersonTable people,
            SignInThrottle throttle,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        super("unlocks", Duration.ofMillis(500));
        this.home = home.path();
        this.people = people;
        this.throttle = throttle;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    protected boolean turn() {
        try (var asked = Files.newDirectoryStream(home, START + "*")) {
            for (var file : asked) if (!file.toString().endsWith(UNKNOWN)) unlock(file);
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be looked through for unlocks", home, unreadable);
        }
        return false;
    }

    private void unlock(Path file) throws IOException {
        var username = file.getFileName().toString().substring(START.length());
        if (!People.USERNAME.matcher(username).matches() || people.find(username).isEmpty()) {
            Files.move(file, file.resolveSibling(file.getFileName() + UNKNOWN));
            return;
        }
        throttle.forget(username);
        transaction.executeWithoutResult(_ ->
                events.publishEvent(new LockoutEnded(username, Actor.PLATFORM, clock.instant())));
        Files.delete(file);
        LOG.info("the lock-out of {} was ended at the console", username);
    }
}
