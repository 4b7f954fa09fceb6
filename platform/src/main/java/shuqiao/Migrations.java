package shuqiao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings each room's schema up to date: own folder, own numbering, own history. No foreign key
 * crosses a schema, so the order of rooms does not matter. A fingerprint of all scripts lets a warm
 * start pass in one query.
 */
final class Migrations {

    private Migrations() {}

    static void run(DataSource dataSource) {
        var rooms = rooms();
        var fingerprint = fingerprint(rooms);
        if (fingerprint.equals(applied(dataSource))) return;
        for (var room : rooms) {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:shuqiao/" + room.name())
                    .schemas(room.name())
                    .defaultSchema(room.name())
                    .table("schema_history")
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        }
        var db = JdbcClient.create(dataSource);
        db.sql(
                        """
                        create table if not exists kernel.migrated
                            (only_row boolean primary key default true check (only_row), fingerprint text not null)
                        """)
                .update();
        db.sql(
                        """
                        insert into kernel.migrated (fingerprint) values (:fingerprint)
                        on conflict (only_row) do update set fingerprint = excluded.fingerprint
                        """)
                .param("fingerprint", fingerprint)
                .update();
    }

    private static String applied(DataSource dataSource) {
        var db = JdbcClient.create(dataSource);
        var there =
                db.sql("select to_regclass('kernel.migrated') is not null")
                        .query(Boolean.class)
                        .single();
        return there
                ? db.sql("select fingerprint from kernel.migrated")
                        .query(String.class)
                        .optional()
                        .orElse("")
                : "";
    }

    private record Room(String name, List<Resource> scripts) {}

    private static List<Room> rooms() {
        try {
            var found = new ArrayList<Room>();
            var resources =
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:shuqiao/*/V*__*.sql");
            for (var script : resources) {
                var path = script.getURL().getPath();
                var folder = path.substring(0, path.lastIndexOf('/'));
                var name = folder.substring(folder.lastIndexOf('/') + 1);
                found.stream()
                        .filter(room -> room.name().equals(name))
                        .findFirst()
                        .orElseGet(() -> {
                            var room = new Room(name, new ArrayList<>());
                            found.add(room);
                            return room;
                        })
                        .scripts()
                        .add(script);
            }
            found.sort(Comparator.comparing(Room::name));
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String fingerprint(List<Room> rooms) {
        var crc = new CRC32();
        try {
            for (var room : rooms) {
                var scripts = new ArrayList<>(room.scripts());
                scripts.sort(Comparator.comparing(script -> String.valueOf(script.getFilename())));
                for (var script : scripts) {
                    crc.update(
                            String.valueOf(script.getFilename())
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    crc.update(script.getContentAsByteArray());
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Long.toHexString(crc.getValue());
    }
}
