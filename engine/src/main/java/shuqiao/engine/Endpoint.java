package shuqiao.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A database as we may reach it.
 *
 * @param applicationName what the DBA sees in pg_stat_activity; a copy shows its run instead
 * @param gate is shown the database in every session before anything is done there; throws what it
 *     will to keep us out
 * @param silence after which a line that we wait for is cut, unless the server is at work for us
 * @param addresses asked before each session what of the host may be dialled
 * @param rowSecurity whether rows that it hides from us may be left out, as the owner declared
 * @param sessions hears of each session that is opened
 */
public record Endpoint(
        DatabaseAddress address,
        String user,
        Secret password,
        Tls tls,
        Limits limits,
        String applicationName,
        Optional<Consumer<Database.Identity>> gate,
        Duration silence,
        AddressPolicy addresses,
        boolean rowSecurity,
        SessionWatch sessions) {

    private static final Duration USUAL_SILENCE = Duration.ofMinutes(2);

    public Endpoint {
        if (!silence.isPositive()) throw new IllegalArgumentException("silence " + silence);
    }

    /** Any database that answers there. */
    public Endpoint(
            DatabaseAddress address,
            String user,
            Secret password,
            Tls tls,
            Limits limits,
            String applicationName) {
        this(
                address,
                user,
                password,
                tls,
                limits,
                applicationName,
                Optional.empty(),
                USUAL_SILENCE,
                AddressPolicy.ANY,
                false,
                SessionWatch.NONE);
    }

    /** In the clear, with standard limits. */
    public static Endpoint of(String jdbcUrl, String user, String password) {
        var address = DatabaseAddress.parse(jdbcUrl);
        var tls = new Tls(address.tls().orElse(Tls.Mode.DISABLE), Optional.empty());
        return new Endpoint(address, user, new Secret(password), tls, Limits.standard(), "shuqiao");
    }

    public Endpoint withLimits(Limits other) {
        return new Endpoint(
                address,
                user,
                password,
                tls,
                other,
                applicationName,
                gate,
                silence,
                addresses,
                rowSecurity,
                sessions);
    }

    /** Only where the gate lets us in. */
    public Endpoint guardedBy(Consumer<Database.Identity> guard) {
        return new Endpoint(
                address,
                user,
                password,
                tls,
                limits,
                applicationName,
                Optional.of(guard),
                silence,
                addresses,
                rowSecurity,
                sessions);
    }

    public Endpoint withSilence(Duration other) {
        return new Endpoint(
                address,
                user,
                password,
                tls,
                limits,
                applicationName,
                gate,
                other,
                addresses,
                rowSecurity,
                sessions);
    }

    /** Only at addresses that the policy lets us dial. */
    public Endpoint within(AddressPolicy policy) {
        return new Endpoint(
                address,
                user,
                password,
                tls,
                limits,
                applicationName,
                gate,
                silence,
                policy,
                rowSecurity,
                sessions);
    }

    /**
     * As a source of which row security may show us a part.
     *
     * @param declared whether its owner says that this part is what is meant; else such a table is
     *     refused
     */
    public Endpoint withRowSecurity(boolean declared) {
        return new Endpoint(
                address,
                user,
                password,
                tls,
                limits,
                applicationName,
                gate,
                silence,
                addresses,
                declared,
                sessions);
    }

    /** Each session of it is told to this one, and begins only where it lets it. */
    public Endpoint heardBy(SessionWatch watch) {
        return new Endpoint(
                address,
                user,
                password,
                tls,
                limits,
                applicationName,
                gate,
                silence,
                addresses,
                rowSecurity,
                watch);
    }

    Endpoint named(String name) {
        return new Endpoint(
                address,
                user,
                password,
                tls,
                limits,
                name,
                gate,
                silence,
                addresses,
                rowSecurity,
                sessions);
    }
}
