package shuqiao.source;

import java.time.Instant;
import java.util.Optional;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.Limits;
import shuqiao.engine.Tls;

/**
 * A database connection of a department, without its password.
 *
 * @param organization credit code of the department it belongs to
 * @param name as its department calls it, unique there
 * @param hours when it may be used; empty for always
 */
public record Source(
        long id,
        String organization,
        String name,
        DatabaseAddress address,
        String username,
        Tls tls,
        Limits limits,
        Optional<AllowedHours> hours,
        Instant createdAt,
        Instant changedAt) {

    /** Whether the department's administrator lets us work at that instant. */
    public boolean allows(Instant at) {
        return hours.map(it -> it.contains(at)).orElse(true);
    }

    /** Where a password would go: when it changes, the password must be said again. */
    boolean leadsElsewhereThan(Source other) {
        return !address.host().equals(other.address.host())
                || address.port() != other.address.port()
                || !username.equals(other.username)
                || tls.mode().compareTo(other.tls.mode()) < 0
                || !tls.caPem().equals(other.tls.caPem());
    }
}
