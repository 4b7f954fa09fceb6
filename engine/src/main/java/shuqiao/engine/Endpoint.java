package shuqiao.engine;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A database as we may reach it.
 *
 * @param applicationName what the DBA sees in pg_stat_activity; a copy shows its run instead
 * @param gate is shown the database in every session before anything is done there; throws what it
 *     will to keep us out
 */
public record Endpoint(
        DatabaseAddress address,
        String user,
        Secret password,
        Tls tls,
        Limits limits,
        String applicationName,
        Optional<Consumer<Database.Identity>> gate) {

    /** Any database that answers there. */
    public Endpoint(
            DatabaseAddress address,
            String user,
            Secret password,
            Tls tls,
            Limits limits,
            String applicationName) {
        this(address, user, password, tls, limits, applicationName, Optional.empty());
    }

    /** In the clear, with standard limits. */
    public static Endpoint of(String jdbcUrl, String user, String password) {
        var address = DatabaseAddress.parse(jdbcUrl);
        var tls = new Tls(address.tls().orElse(Tls.Mode.DISABLE), Optional.empty());
        return new Endpoint(address, user, new Secret(password), tls, Limits.standard(), "shuqiao");
    }

    public Endpoint withLimits(Limits other) {
        return new Endpoint(address, user, password, tls, other, applicationName, gate);
    }

    /** Only where the gate lets us in. */
    public Endpoint guardedBy(Consumer<Database.Identity> guard) {
        return new Endpoint(
                address, user, password, tls, limits, applicationName, Optional.of(guard));
    }

    Endpoint named(String name) {
        return new Endpoint(address, user, password, tls, limits, name, gate);
    }
}
