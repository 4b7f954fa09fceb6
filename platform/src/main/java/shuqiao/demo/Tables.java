package shuqiao.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;
import shuqiao.kernel.LocalDatabases;

/**
 * What the departments of the demo city keep in their databases: the real villages, and synthetic
 * people and enterprises. Each database is filled in one transaction, so it is full or empty.
 */
final class Tables {

    private Tables() {}

    static void fill(Cast.Department department, LocalDatabases.Access access)
            throws SQLException, IOException {
        try (var connection =
                DriverManager.getConnection(access.url(), access.user(), access.password())) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                try (var there =
                        statement.executeQuery(
                                "select exists (select from pg_tables where schemaname = 'public')")) {
                    there.next();
                    if (there.getBoolean(1)) return;
                }
                statement.execute(script(department.database()));
                rows(department, connection);
                statement.execute("create schema exchange");
                statement.execute("analyze");
            }
            connection.commit();
        }
    }

    private static void rows(Cast.Department department, Connection connection)
            throws SQLException, IOException {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        if (department == Cast.CIVIL_AFFAIRS) {
            try (var villages = resource("villages.csv.gz");
                    var csv = new GZIPInputStream(villages, 1 << 16)) {
                copies.copyIn("copy village from stdin (format csv, header)", csv, 1 << 16);
            }
            copies.copyIn("copy low_income from stdin", stream(Synthetic.lowIncome()));
        } else if (department == Cast.POLICE)
            copies.copyIn("copy resident from stdin", stream(Synthetic.residents()));
        else if (department == Cast.MARKET)
            copies.copyIn("copy enterprise from stdin", stream(Synthetic.enterprises()));
        else if (department == Cast.SOCIAL_SECURITY)
            copies.copyIn("copy insured from stdin", stream(Synthetic.insured()));
    }

    private static String script(@org.jspecify.annotations.Nullable String database)
            throws IOException {
        try (var script = resource(database + ".sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) throws IOException {
        var stream = Tables.class.getResourceAsStream(name);
        if (stream == null) throw new IOException("missing " + name);
        return stream;
    }

    private static InputStream stream(String rows) {
        return new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
    }
}
