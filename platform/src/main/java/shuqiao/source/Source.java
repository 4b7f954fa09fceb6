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
 * @param revision counts every change
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
        Instant changedAt,
        int revision) {

    /** Whether the department's administrator lets us work at that instant. */
    public boolean allows(Instant at) {
        return hours.map(it -> it.contains(at)).orElse(true);
    }

    /** One text for one place; its digest is what receipts and the ledger keep of an address. */
    public String canonicalAddress() {
        return address.canonical();
    }

    /** What the ledger and receipts keep of its address, see {@link DatabaseAddress#digest}. */
    public String addressDigest() {
        return address.digest();
    }

    /** The same with another address, user and protection of the line. */
    Source at(DatabaseAddress other, String user, Tls line) {
        return new Source(
                id,
                organization,
                name,
                other,
                user,
                line,
                limits,
                hours,
                createdAt,
                changedAt,
                revision);
    }

    Source changedAt(Instant now) {
        return new Source(
                id,
                organization,
                name,
                address,
                username,
                tls,
                limits,
                hours,
                createdAt,
                now,
                revision);
    }

    boolean isAt(DatabaseAddress other) {
        return address.host().equals(other.host()) && address.port() == other.port();
    }

    /** Where a password would go: when it changes, the password must be said again. */
    boolean leadsElsewhereThan(Source other) {
        return !address.host().equals(other.address.host())
                || address.port() != other.address.port()
                || !address.database().equals(other.address.database())
                || !username.equals(other.username)
                || tls.mode().compareTo(other.tls.mode()) < 0
                || !tls.caPem().equals(other.tls.caPem());
    }
}
