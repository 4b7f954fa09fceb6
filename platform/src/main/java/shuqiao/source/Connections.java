package shuqiao.source;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shuqiao.engine.Database;
import shuqiao.engine.Endpoint;
import shuqiao.engine.Secret;
import shuqiao.engine.proof.Sm4Gcm;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.Vault;

/**
 * Reaches departments' databases; the platform's own is never one of them, however it is addressed.
 */
@Component
class Connections {

    private static final String APPLICATION_NAME = "shuqiao";
    private static final Duration SILENCE_MIN = Duration.ofSeconds(1);

    private final SourceTable table;
    private final Vault vault;
    private final Duration silence;

    Connections(
            SourceTable table, Vault vault, @Value("${shuqiao.line.silence:2m}") Duration silence) {
        if (silence.compareTo(SILENCE_MIN) < 0)
            throw new IllegalArgumentException("SHUQIAO_LINE_SILENCE must be 1s or more");
        this.table = table;
        this.vault = vault;
        this.silence = silence;
    }

    byte[] seal(long source, String password) {
        return vault.encrypt(password, context(source));
    }

    /** Names are parameters in every question; a null character alone cannot be sent. */
    static void refuseNullCharacter(String field, String name) {
        if (name.indexOf('\0') >= 0) throw Invalid.field(field, "null-character");
    }

    /** With the stored password; nothing is contacted. */
    Endpoint endpoint(Source source) {
        var sealed =
                table.password(source.id()).orElseThrow(() -> new Unknown("source", source.id()));
        try {
            return endpoint(source, vault.decrypt(sealed, context(source.id())));
        } catch (Sm4Gcm.Unreadable _) {
            throw new Conflict("source:password-unreadable", Map.of("name", source.name()));
        }
    }

    /** Whatever is opened by it is looked at first: it must not be our own database. */
    Endpoint endpoint(Source source, String password) {
        return new Endpoint(
                        source.address(),
                        source.username(),
                        new Secret(password),
                        source.tls(),
                        source.limits(),
                        APPLICATION_NAME)
                .withSilence(silence)
                .guardedBy(found -> refuseOwn(source, found));
    }

    /**
     * Asks the other machine.
     *
     * @throws shuqiao.engine.EngineFailure as the engine says it
     */
    <T> T ask(Endpoint endpoint, Function<Database, T> question) {
        refuseInsideTransaction();
        return question.apply(new Database(endpoint));
    }

    private void refuseOwn(Source source, Database.Identity found) {
        if (found.equals(table.ownIdentity()))
            throw new Conflict(
                    "source:own-database", Map.of("database", source.address().database()));
    }

    static void refuseInsideTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("another machine is asked inside our transaction");
    }

    private static String context(long source) {
        return "source.source.password:" + source;
    }
}
