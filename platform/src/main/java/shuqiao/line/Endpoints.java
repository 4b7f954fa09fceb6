package shuqiao.line;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import shuqiao.engine.Database;
import shuqiao.engine.Endpoint;
import shuqiao.engine.SessionWatch;
import shuqiao.kernel.Conflict;
import shuqiao.outbound.Networks;

/**
 * From a place to what the engine dials: only what the policy of networks lets its department dial,
 * asked anew for each session; and the platform's own database is never one of them, however it is
 * addressed.
 */
@Component
class Endpoints {

    private static final String APPLICATION_NAME = "shuqiao";
    private static final Duration SILENCE_MIN = Duration.ofSeconds(1);

    /** Databases that every server has; in ours there is nothing of a department. */
    private static final Set<String> OF_THE_SERVER = Set.of("postgres", "template0", "template1");

    private final LineTable table;
    private final Networks networks;
    private final Duration silence;

    Endpoints(
            LineTable table,
            Networks networks,
            @Value("${shuqiao.line.silence:2m}") Duration silence) {
        if (silence.compareTo(SILENCE_MIN) < 0)
            throw new IllegalArgumentException("SHUQIAO_LINE_SILENCE must be 1s or more");
        this.table = table;
        this.networks = networks;
        this.silence = silence;
    }

    /** Whatever is opened is looked at first: it must not be our own database. */
    Endpoint of(Place place, SessionWatch sessions) {
        return new Endpoint(
                        place.address(),
                        place.user(),
                        place.password(),
                        place.tls(),
                        place.limits(),
                        APPLICATION_NAME)
                .withSilence(silence)
                .withRowSecurity(place.rowSecurity())
                .within((host, port) ->
                        networks.reach(
                                place.organization(), host, port, place.asBefore().getAsBoolean()))
                .guardedBy(found -> refuseOwn(place, found))
                .heardBy(sessions);
    }

    /** Whether an address of an open session may still be dialled. */
    boolean mayStill(Place place, InetAddress peer) {
        try {
            return networks.reach(
                            place.organization(),
                            place.address().host(),
                            place.address().port(),
                            place.asBefore().getAsBoolean())
                    .contains(peer);
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /** On the platform's own server a department has its database and no more than that. */
    private void refuseOwn(Place place, Database.Identity found) {
        var own = table.ownIdentity();
        if (found.isOfSameServer(own)
                && (found.superuser()
                        || found.databaseOid().equals(own.databaseOid())
                        || OF_THE_SERVER.contains(found.database())))
            throw new Conflict(
                    "source:own-database", Map.of("database", place.address().database()));
    }
}
