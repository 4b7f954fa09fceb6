package shuqiao.source;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
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
import shuqiao.outbound.Networks;

/**
 * Reaches departments' databases; the platform's own is never one of them, however it is addressed.
 */
@Component
class Connections {

    private static final String APPLICATION_NAME = "shuqiao";
    private static final Duration SILENCE_MIN = Duration.ofSeconds(1);

    /** Databases that every server has; in ours there is nothing of a department. */
    private static final Set<String> OF_THE_SERVER = Set.of("postgres", "template0", "template1");

    private final SourceTable table;
    private final Vault vault;
    private final Networks networks;
    private final Duration silence;

    Connections(
            SourceTable table,
            Vault vault,
            Networks networks,
            @Value("${shuqiao.line.silence:2m}") Duration silence) {
        if (silence.compareTo(SILENCE_MIN) < 0)
            throw new IllegalArgumentException("SHUQIAO_LINE_SILENCE must be 1s or more");
        this.table = table;
        this.vault = vault;
        this.networks = networks;
        this.silence = silence;
    }

    byte[] seal(long source, String password) {
        return vault.encrypt(password, context(source));
    }

    /** Names are parameters in every question; a null character alone cannot be sent. */
    static void refuseNullCharacter(String field, String name) {
        if (name.indexOf('\0') >= 0) throw Invalid.field(field, "null-character");
    }

    /** Bound to being a change: it opens nothing before a second person has seen where it goes. */
    byte[] sealChange(long source, String password) {
        return vault.encrypt(password, changeContext(source));
    }

    /** The password of a change that was seen. */
    String opened(long source, byte[] sealed) {
        try {
            return vault.decrypt(sealed, changeContext(source));
        } catch (Sm4Gcm.Unreadable _) {
            throw new Conflict("source:password-unreadable", Map.of("name", source));
        }
    }

    /** The present address with its stored password; nothing is contacted. */
    Endpoint endpoint(long id) {
        var access = table.access(id).orElseThrow(() -> new Unknown("source", id));
        return endpoint(access.source(), password(access));
    }

    private String password(SourceTable.Access access) {
        try {
            return vault.decrypt(access.password(), context(access.source().id()));
        } catch (Sm4Gcm.Unreadable _) {
            throw new Conflict(
                    "source:password-unreadable", Map.of("name", access.source().name()));
        }
    }

    /** Whether it is dialled only because it was there before the policy of networks. */
    boolean goesOnOutside(Source source) {
        var address = source.address();
        return table.goesOn(source.id(), address.host(), address.port())
                && !networks.inside(source.organization(), address.host(), address.port());
    }

    /** One sentence for all that lies outside: nobody learns here what is there. */
    void requireInside(Source source) {
        var address = source.address();
        if (!networks.inside(source.organization(), address.host(), address.port()))
            throw Invalid.field("jdbcUrl", "source.address-not-allowed");
    }

    /**
     * Dials only what the policy lets the source's department dial, asked anew for each session.
     * Whatever is opened is looked at first: it must not be our own database.
     */
    Endpoint endpoint(Source source, String password) {
        return new Endpoint(
                        source.address(),
                        source.username(),
                        new Secret(password),
                        source.tls(),
                        source.limits(),
                        APPLICATION_NAME)
                .withSilence(silence)
                .within((host, port) ->
                        networks.reach(
                                source.organization(),
                                host,
                                port,
                                table.goesOn(source.id(), host, port)))
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

    /** On the platform's own server a department has its database and no more than that. */
    private void refuseOwn(Source source, Database.Identity found) {
        var own = table.ownIdentity();
        if (found.isOfSameServer(own)
                && (found.superuser()
                        || found.databaseOid().equals(own.databaseOid())
                        || OF_THE_SERVER.contains(found.database())))
            throw new Conflict(
                    "source:own-database", Map.of("database", source.address().database()));
    }

    static void refuseInsideTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("another machine is asked inside our transaction");
    }

    private static String changeContext(long source) {
        return "source.address_change.password:" + source;
    }

    private static String context(long source) {
        return "source.source.password:" + source;
    }
}
