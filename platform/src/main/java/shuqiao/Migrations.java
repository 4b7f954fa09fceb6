package shuqiao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        refuseNewer(dataSource, rooms);
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

    /**
     * Of two releases on one database only the newer one starts: an older one would write what the
     * newer no longer reads.
     */
    private static void refuseNewer(DataSource dataSource, List<Room> rooms) {
        var db = JdbcClient.create(dataSource);
        for (var room : rooms) {
            var history =
                    db.sql("select to_regclass(:table) is not null")
                            .param("table", room.name() + ".schema_history")
                            .query(Boolean.class)
                            .single();
            if (!history) continue;
            // the name is a folder of this release
            var found =
                    db.sql(
                                    "select version from "
                                            + room.name()
                                            + ".schema_history where version is not null")
                            .query(String.class)
                            .list();
            var newest = found.stream().mapToInt(Integer::parseInt).max().orElse(0);
            if (newest > room.newest())
                throw new DatabaseTooNew(room.name(), newest, room.newest());
        }
    }

    private record Room(String name, List<Resource> scripts) {

        private static final Pattern NUMBER = Pattern.compile("V(\\d+)__.*");

        /** Number of the last script. */
        int newest() {
            return scripts.stream()
                    .map(script -> NUMBER.matcher(String.valueOf(script.getFilename())))
                    .filter(Matcher::matches)
                    .mapToInt(number -> Integer.parseInt(number.group(1)))
                    .max()
                    .orElse(0);
        }
    }

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
