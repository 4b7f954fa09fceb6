package shuqiao.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import shuqiao.kernel.LocalDatabases;

/**
 * What the departments of the demo city keep in their databases: real public lists, and synthetic
 * people and enterprises. Each database is filled in one transaction, so it is full or empty.
 */
final class Tables {

    private Tables() {}

    static void fill(
            List<Sheet> sheets, Population city, LocalDate today, LocalDatabases.Access access)
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
                for (var sheet : sheets) {
                    statement.execute(definition(sheet));
                    rows(sheet, city, today, connection);
                    statement.execute(key(sheet));
                }
                statement.execute("create schema exchange");
                statement.execute("analyze");
            }
            connection.commit();
        }
    }

    /** One more column of a table that was delivered to the department. */
    static void addColumn(LocalDatabases.Access access, String table, String column)
            throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                access.url(), access.user(), access.password());
                var statement = connection.createStatement()) {
            statement.execute("set search_path to exchange");
            statement.execute(
                    "alter table " + table + " add column if not exists " + column + " text");
        }
    }

    /** Widens a table of their own. */
    static void widen(LocalDatabases.Access access, String table, String column, String comment)
            throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                access.url(), access.user(), access.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    "alter table " + table + " add column if not exists " + column + " text");
            statement.execute(
                    "comment on column " + table + "." + column + " is '" + comment + "'");
        }
    }

    /** The key comes after the rows: sorted once instead of row by row. */
    private static String definition(Sheet sheet) {
        var sql = new StringBuilder("create table ").append(sheet.table()).append(" (\n");
        sql.append(
                sheet.columns().stream()
                        .map(column ->
                                "    "
                                        + column.name()
                                        + " "
                                        + column.type()
                                        + (column.key() || column.required() ? " not null" : ""))
                        .collect(Collectors.joining(",\n")));
        sql.append(");\ncomment on table ").append(sheet.table());
        sql.append(" is '").append(sheet.title()).append("';\n");
        for (var column : sheet.columns()) {
            sql.append("comment on column ").append(sheet.table()).append('.');
            sql.append(column.name()).append(" is '").append(column.comment()).append("';\n");
        }
        return sql.toString();
    }

    private static String key(Sheet sheet) {
        return sheet.columns().stream()
                .filter(Sheet.Column::key)
                .map(Sheet.Column::name)
                .collect(
                        Collectors.joining(
                                ", ", "alter table " + sheet.table() + " add primary key (", ")"));
    }

    private static void rows(Sheet sheet, Population city, LocalDate today, Connection connection)
            throws SQLException, IOException {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        if (sheet.fromFile()) {
            file(sheet, copies);
            return;
        }
        var copy = copies.copyIn("copy " + sheet.table() + " from stdin (freeze)");
        try {
            Rows.write(
                    sheet,
                    city,
                    today,
                    lines -> {
                        var bytes = lines.getBytes(StandardCharsets.UTF_8);
                        try {
                            copy.writeToCopy(bytes, 0, bytes.length);
                        } catch (SQLException failed) {
                            throw new IOException(failed);
                        }
                    });
            copy.endCopy();
        } finally {
            if (copy.isActive()) copy.cancelCopy();
        }
    }

    private static void file(Sheet sheet, CopyManager copies) throws SQLException, IOException {
        var name = sheet.rows().substring("file ".length());
        try (var stream = Sheets.resource(name);
                InputStream csv =
                        name.endsWith(".gz") ? new GZIPInputStream(stream, 1 << 16) : stream) {
            copies.copyIn(
                    "copy " + sheet.table() + " from stdin (freeze, format csv, header)",
                    csv,
                    1 << 16);
        }
    }
}
