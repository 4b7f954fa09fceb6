package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Departments' databases are dialled from one room: no other one can, not even by mistake. */
class OneLineTests {

    /** What opens a session or a socket, or can be made to. */
    private static final Pattern DIALS =
            Pattern.compile(
                    "\\b(?:WireConnection|DriverManager|DriverManagerDataSource|SimpleDriverDataSource|SingleConnectionDataSource|DataSourceBuilder|PG\\w*DataSource|HikariDataSource|HikariConfig|PgConnection|CopyManager|CopyRun|FileRun|Endpoint|HeldSession|Socket|SSLSocket|SocketFactory|SSLSocketFactory|SocketChannel|AsynchronousSocketChannel)\\b|\\bnew Database\\(|\\bDatabase::new\\b|\\bjava\\.sql\\.Driver\\b");

    /** Who may, and to where. */
    private static final Map<String, String> MAY =
            Map.of(
                    "/EmbeddedDatabases.java", "the server that we start ourselves",
                    "/Persistence.java", "our own database",
                    "kernel/Lifeline.java", "our own database",
                    "demo/Tables.java", "the demo's databases on the server that we start",
                    "notice/CheckedSockets.java", "the mail server, under the same policy");

    @Test
    void no_other_room_opens_a_session_to_a_departments_database() {
        var dialling = new ArrayList<String>();
        for (var file : HouseFiles.ending(".java")) {
            if (file.room().equals("line") || MAY.containsKey(file.toString())) continue;
            var found = DIALS.matcher(file.withoutComments());
            if (found.find()) dialling.add(file + ": " + found.group());
        }
        assertThat(dialling).isEmpty();
    }

    @Test
    void who_may_still_does() {
        for (var file : MAY.keySet())
            assertThat(
                            HouseFiles.ending(".java").stream()
                                    .filter(it -> it.toString().equals(file))
                                    .filter(it -> DIALS.matcher(it.withoutComments()).find()))
                    .as(file)
                    .isNotEmpty();
    }
}
