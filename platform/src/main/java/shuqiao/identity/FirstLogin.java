package shuqiao.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.embedded.Home;
import shuqiao.identity.IdentityEvent.PasswordChanged;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Role;
import shuqiao.kernel.SecretFile;
import tools.jackson.databind.json.JsonMapper;

/**
 * The three administrators of an empty platform. Their one-time passwords stand in {@code
 * HOME/first-login.json} until all three have set their own.
 */
@Component
class FirstLogin {

    private static final Logger LOG = LoggerFactory.getLogger(FirstLogin.class);
    private static final Map<String, Role> ADMINISTRATORS = administrators();
    private static final int PASSWORD_LENGTH = 16;

    private record User(String username, String password, List<Role> roles) {}

    private record Content(String baseUrl, List<User> users) {}

    private final People people;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Path file;

    FirstLogin(People people, TransactionTemplate transaction, JsonMapper json, Home home) {
        this.people = people;
        this.transaction = transaction;
        this.json = json;
        this.file = home.path().resolve("first-login.json");
    }

    @EventListener
    void open(Opening opening) {
        if (opening.empty() && people.nobody()) create(opening.baseUrl());
        else removeWhenUsed();
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void passwordSet(PasswordChanged changed) {
        removeWhenUsed();
    }

    /**
     * The file is written before the accounts are committed: nobody is ever locked out of a new
     * home.
     */
    private void create(String baseUrl) {
        transaction.executeWithoutResult(_ -> {
            var users = new ArrayList<User>();
            ADMINISTRATORS.forEach((username, role) -> {
                var password = SecretFile.random(PASSWORD_LENGTH);
                people.add(
                        Actor.PLATFORM,
                        new People.Entry(username, username, null, Set.of(role), false),
                        password,
                        true);
                users.add(new User(username, password, List.of(role)));
            });
            write(new Content(baseUrl, users));
        });
        LOG.info("one-time passwords of the three administrators are in {}", file);
    }

    private void write(Content content) {
        try {
            SecretFile.write(
                    file, json.writerWithDefaultPrettyPrinter().writeValueAsString(content));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void removeWhenUsed() {
        try {
            if (Files.exists(file) && people.administratorsHaveOwnPasswords()) {
                Files.delete(file);
                LOG.info("all administrators have own passwords, {} is removed", file);
            }
        } catch (IOException stays) {
            LOG.warn("{} could not be removed; remove it by hand", file, stays);
        }
    }

    private static Map<String, Role> administrators() {
        var administrators = new LinkedHashMap<String, Role>();
        administrators.put("sysadmin", Role.SYSTEM_ADMIN);
        administrators.put("secadmin", Role.SECURITY_ADMIN);
        administrators.put("auditadmin", Role.AUDIT_ADMIN);
        return administrators;
    }
}
