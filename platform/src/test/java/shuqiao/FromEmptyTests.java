package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.engine.embedded.ScratchPostgres;

/** From a platform that holds nothing to a receipt, with nothing but what a city is given. */
@Tag("slow")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
@Tag("process")
class FromEmptyTests {

    /** From December on the next year's notice is a first step, too. */
    private static void nextYear(Visitor system) {
        var year = LocalDate.now(ZoneId.of("Asia/Shanghai")).getYear() + 1;
        var off =
                Stream.of("01-01", "02-06", "05-01", "10-01", "10-02", "10-03")
                        .map(day -> year + "-" + day + ",off")
                        .collect(Collectors.joining("\n"));
        system.submit(
                "/admin/calendar",
                "/admin/calendar",
                Map.of("year", "" + year, "source", "放假安排的通知", "csv", off));
        assertThat(system.get("/admin/calendar/" + year).statusCode()).isEqualTo(200);
    }

    private static final String OWN = "Bridge-2026-own";

    @TempDir static Path folder;

    @Test
    void three_administrators_lead_an_empty_platform_to_its_first_receipt() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var home = folder.toRealPath().resolve("home");
        try (var platform = ChildPlatform.started(home)) {
            var url = platform.url();
            var file = home.resolve("first-login.json");
            var system = administrator(url, file, "sysadmin");
            var security = administrator(url, file, "secadmin");
            assertThat(file).exists();
            administrator(url, file, "auditadmin");
            assertThat(file).as("all three have their own passwords").doesNotExist();

            organization(system, City.BUREAU, "云泽市大数据管理中心", true);
            organization(system, City.CIVIL_AFFAIRS, "云泽市民政局", false);
            organization(system, City.POLICE, "云泽市公安局", false);
            system.submit(
                    "/admin/legal-profile", "/admin/legal-profile", Map.of("code", "SEED_2017"));

            nextYear(system);

            var oneTime = person(security, "zhoumin", City.CIVIL_AFFAIRS, "STEWARD");
            assertThat(password(new Visitor(url), "zhoumin", oneTime).uri().getPath())
                    .isEqualTo("/");
            person(security, "sunyan", City.BUREAU, "AUTHORITY");

            var chain =
                    new OutsideChain(
                            program(platform, security, City.CIVIL_AFFAIRS, "STEWARD"),
                            program(platform, security, City.CIVIL_AFFAIRS, "REVIEWER"),
                            program(platform, security, City.POLICE, "STEWARD"),
                            program(platform, security, City.POLICE, "REVIEWER"),
                            program(platform, security, City.BUREAU, "AUTHORITY"));
            assertThat(security.get("/admin/programs").body())
                    .contains("登记了 5 个程序", "p-steward-2")
                    .doesNotContain("class=\"secret\"");
            assertThat(system.get("/first-steps").body())
                    .contains("写明允许连接哪些网络")
                    .doesNotContain("准备就绪");

            var from = ScratchPostgres.shared().newDatabase();
            var to = ScratchPostgres.shared().newDatabase();
            assertThatThrownBy(() -> chain.granted(place(from), place(to)))
                    .as("nothing is dialled before a network is named")
                    .hasMessageContaining("address-not-allowed");
            system.submit(
                    "/admin/networks",
                    "/admin/networks",
                    Map.of("network", "127.0.0.0/8", "note", "本机的测试库"));
            assertThat(system.get("/first-steps").body()).contains("准备就绪");
            from.run(
                    "create table village (code text primary key, name text not null)",
                    "insert into village select 'c' || i, '村' || i from generate_series(1, 1000) i");
            var granted = chain.granted(place(from), place(to));
            var run = chain.delivered(granted).<String>at("$.id");
            var receipt = chain.receipt(run, home);

            assertThat(receipt.number("$.rowsWritten")).isEqualTo(1000);
            assertThat(receipt.<String>at("$.provider")).isEqualTo(City.CIVIL_AFFAIRS);
            assertThat(to.one("select count(*) || max(name) from village")).isEqualTo("1000村999");
            assertThat(platform.terminate()).isZero();
        }
    }

    private static OutsideChain.Place place(ScratchPostgres.Database it) {
        return new OutsideChain.Place(it.jdbcUrl(), it.user(), it.password(), "public", "village");
    }

    static Visitor administrator(String url, Path file, String username) throws IOException {
        var visitor = new Visitor(url);
        var oneTime =
                JsonPath.<List<String>>read(
                                Files.readString(file),
                                "$.users[?(@.username == '%s')].password".formatted(username))
                        .getFirst();
        assertThat(password(visitor, username, oneTime).uri().getPath()).isEqualTo("/first-steps");
        return visitor;
    }

    /** The first login: nothing else opens before an own password is set. */
    private static java.net.http.HttpResponse<String> password(
            Visitor visitor, String username, String oneTime) {
        assertThat(visitor.login(username, oneTime).uri().getPath()).isEqualTo("/account/password");
        return visitor.submit(
                "/account/password",
                "/account/password",
                Map.of("present", oneTime, "wanted", OWN, "again", OWN));
    }

    static void organization(Visitor system, String code, String name, boolean authority) {
        var fields = new HashMap<String, String>();
        fields.put("code", code);
        fields.put("name", name);
        fields.put("division", "990100");
        fields.put("level", "CITY");
        if (authority) fields.put("authority", "true");
        var page = system.submit("/admin/organizations", "/admin/organizations", fields);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains(name);
    }

    private static String person(
            Visitor security, String username, String organization, String role) {
        var page =
                security.submit(
                        "/admin/users",
                        "/admin/users",
                        Map.of(
                                "username", username,
                                "name", username,
                                "organization", organization,
                                "roles", role));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return Visitor.secret(page.body());
    }

    private static int number;

    static OutsideProgram program(
            ChildPlatform platform, Visitor security, String organization, String role)
            throws IOException {
        var id = "p-" + role.toLowerCase(Locale.ROOT) + "-" + number++;
        var page =
                security.submit(
                        "/admin/programs",
                        "/admin/programs",
                        Map.of(
                                "clientId", id,
                                "name", "对接程序 " + id,
                                "organization", organization,
                                "scopes", role));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("class=\"secret\"");
        // the secret goes to somebody of the department, not to who asked for it
        var hand = new Visitor(platform.url());
        password(hand, "h-" + id, person(security, "h-" + id, organization, role));
        var shown = hand.submit("/programs", "/programs/" + id + "/secret", Map.of());
        return new OutsideProgram(platform::url, id, Visitor.secret(shown.body()));
    }
}
