package shuqiao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import shuqiao.engine.embedded.EmbeddedPostgres;
import shuqiao.engine.embedded.Home;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.SecretFile;

/**
 * Databases of the embedded server, each with an owner who is no superuser and a random password.
 */
final class EmbeddedDatabases implements LocalDatabases {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");

    private final Supplier<EmbeddedPostgres> server;
    private final Home home;

    EmbeddedDatabases(Supplier<EmbeddedPostgres> server, Home home) {
        this.server = server;
        this.home = home;
    }

    @Override
    public Access database(String name) {
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException(name);
        var postgres = server.get();
        var password = password(home.keys().resolve("database-" + name));
        if (!isThere(postgres, name, password)) create(postgres, name, password);
        return new Access(postgres.jdbcUrl(name), name, password);
    }

    @Override
    public boolean portChanged() {
        return server.get().portChanged();
    }

    private static String password(Path file) {
        try {
            return SecretFile.readOrCreate(file, () -> SecretFile.random(32));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** One try to log in is all that a warm start pays. */
    private static boolean isThere(EmbeddedPostgres postgres, String name, String password) {
        try (var _ = DriverManager.getConnection(postgres.jdbcUrl(name), name, password)) {
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    private static void create(EmbeddedPostgres postgres, String name, String password) {
        var admin =
                new SingleConnectionDataSource(
                        postgres.jdbcUrl("postgres"), postgres.user(), postgres.password(), true);
        try {
            var db = JdbcClient.create(admin);
            var role =
                    db.sql("select exists (select from pg_roles where rolname = :name)")
                            .param("name", name)
                            .query(Boolean.class)
                            .single();
            // names and passwords are of our own alphabets, checked above: nothing to quote
            db.sql(
                            (role ? "alter" : "create")
                                    + " role "
                                    + name
                                    + " login nosuperuser password '"
                                    + password
                                    + "'")
                    .update();
            var database =
                    db.sql("select exists (select from pg_database where datname = :name)")
                            .param("name", name)
                            .query(Boolean.class)
                            .single();
            if (!database) db.sql("create database " + name + " owner " + name).update();
            db.sql("revoke connect on database " + name + " from public").update();
        } finally {
            admin.destroy();
        }
    }
}
