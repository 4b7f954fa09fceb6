package shuqiao.engine;

/**
 * A database as we may reach it.
 *
 * @param applicationName what the DBA sees in pg_stat_activity; a copy shows its run instead
 */
public record Endpoint(
        DatabaseAddress address,
        String user,
        Secret password,
        Tls tls,
        Limits limits,
        String applicationName) {

    /** In the clear, with standard limits. */
    public static Endpoint of(String jdbcUrl, String user, String password) {
        var address = DatabaseAddress.parse(jdbcUrl);
        var tls = new Tls(address.tls().orElse(Tls.Mode.DISABLE), java.util.Optional.empty());
        return new Endpoint(address, user, new Secret(password), tls, Limits.standard(), "shuqiao");
    }

    public Endpoint withLimits(Limits other) {
        return new Endpoint(address, user, password, tls, other, applicationName);
    }

    Endpoint named(String name) {
        return new Endpoint(address, user, password, tls, limits, name);
    }
}
