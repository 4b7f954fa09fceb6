package shuqiao.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Role;
import shuqiao.organization.Organizations;

/** Nobody sends the platform to an address that its administrator did not allow. */
@PlatformTest
class OutboundPolicyTests {

    private static final String SOURCES = "/api/v1/sources";
    private static final String PATH = "/api/v1/networks";
    private static final String PASSWORD = "Bridge-2026-networks";
    private static final ScratchPostgres.Database DATABASE = ScratchPostgres.shared().newDatabase();

    @Autowired City city;
    @Autowired Networks networks;
    @Autowired NetworkTable table;
    @Autowired Organizations organizations;
    @Autowired ApplicationEventPublisher events;
    @Autowired InstantSource clock;
    @Autowired JdbcClient db;

    private String steward;
    private String system;

    @BeforeEach
    void callers() {
        steward = city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
        system = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
    }

    /** Other tests dial this machine. */
    @AfterEach
    void as_it_was() {
        db.sql("delete from outbound.network").update();
        db.sql("delete from outbound.begun").update();
        networks.begin(true);
        db.sql("delete from source.source where name like '出站%'").update();
    }

    private static Map<String, Object> entry(String name, String jdbcUrl) {
        var entry = new HashMap<String, Object>();
        entry.put("name", name);
        entry.put("jdbcUrl", jdbcUrl);
        entry.put("username", DATABASE.user());
        entry.put("password", DATABASE.password());
        return entry;
    }

    private long registered(String name) {
        var answer = city.post(steward, SOURCES, entry(name, DATABASE.jdbcUrl()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.<Number>at("$.id").longValue();
    }

    private Networks resolvedBy(Resolver resolver) {
        return new Networks(table, resolver, organizations, events, clock);
    }

    private void allow(Map<String, Object> entry) {
        var answer = city.post(system, PATH, entry);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    @Test
    void whatever_lies_outside_is_told_by_one_sentence() {
        var sentences =
                List.of(
                                "jdbc:postgresql://203.0.113.7/x",
                                "jdbc:postgresql://169.254.169.254:80/x",
                                "jdbc:postgresql://no-such-host.invalid/x",
                                "jdbc:postgresql://0.0.0.0/x",
                                "jdbc:postgresql://[fe80::1]/x",
                                "jdbc:postgresql://[::ffff:169.254.169.254]/x",
                                "jdbc:postgresql://2852039166/x")
                        .stream()
                        .map(url -> city.post(steward, SOURCES, entry("出站外", url)))
                        .map(answer -> {
                            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
                            assertThat(answer.<String>at("$.errors[0].field")).isEqualTo("jdbcUrl");
                            return answer.<String>at("$.errors[0].detail");
                        })
                        .distinct()
                        .toList();

        assertThat(sentences).hasSize(1);
    }

    @Test
    void no_packet_leaves_for_an_address_outside() throws Exception {
        db.sql("delete from outbound.network").update();
        try (var listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            listener.setSoTimeout(200);
            var url = "jdbc:postgresql://127.0.0.1:%d/x".formatted(listener.getLocalPort());

            assertThat(city.post(steward, SOURCES, entry("出站关", url)).status()).isEqualTo(422);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "0x7f.1", "0177.0.0.1"})
    void an_odd_number_is_checked_as_the_address_that_it_means(String host) {
        db.sql("delete from outbound.network").update();
        var url = "jdbc:postgresql://%s:%d/x".formatted(host, DATABASE.port());

        assertThat(city.post(steward, SOURCES, entry("出站数", url)).status()).isEqualTo(422);
    }

    @Test
    void a_name_is_resolved_once_so_a_second_meaning_is_never_dialled() throws Exception {
        var asked = new AtomicInteger();
        var rebinding =
                resolvedBy(_ ->
                        List.of(
                                InetAddress.ofLiteral(
                                        asked.incrementAndGet() == 1
                                                ? "127.0.0.1"
                                                : "169.254.169.254")));

        var found = rebinding.reach(City.CIVIL_AFFAIRS, "db.yunze.cn", 5432, false);

        assertThat(found).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(asked).hasValue(1);
        assertThat(rebinding.reach(City.CIVIL_AFFAIRS, "db.yunze.cn", 5432, false)).isEmpty();
        assertThat(rebinding.reach(City.CIVIL_AFFAIRS, "db.yunze.cn", 5432, true))
                .as("never, as before or not")
                .isEmpty();
    }

    @Test
    void each_address_of_a_name_is_checked_and_the_order_is_kept() throws Exception {
        var many =
                resolvedBy(_ ->
                        List.of(
                                InetAddress.ofLiteral("203.0.113.9"),
                                InetAddress.ofLiteral("10.0.0.2"),
                                InetAddress.ofLiteral("169.254.169.254"),
                                InetAddress.ofLiteral("10.0.0.1")));

        assertThat(many.reach(City.POLICE, "db.yunze.cn", 5432, false))
                .containsExactly(
                        InetAddress.ofLiteral("10.0.0.2"), InetAddress.ofLiteral("10.0.0.1"));
    }

    @Test
    void a_network_of_one_organization_and_some_ports_is_open_to_no_other() throws Exception {
        db.sql("delete from outbound.network").update();
        allow(
                Map.of(
                        "network", "203.0.113.0/24",
                        "holder", City.CIVIL_AFFAIRS,
                        "ports", "5432-5440",
                        "note", "数据库区"));

        assertThat(networks.inside(City.CIVIL_AFFAIRS, "203.0.113.7", 5440)).isTrue();
        assertThat(networks.inside(City.CIVIL_AFFAIRS, "203.0.113.7", 5441)).isFalse();
        assertThat(networks.inside(City.POLICE, "203.0.113.7", 5432)).isFalse();
        assertThat(networks.inside(Networks.PLATFORM, "203.0.113.7", 5432)).isFalse();
        assertThat(city.get(system, PATH).<List<String>>at("$.items[*].ports"))
                .containsExactly("5432-5440");
    }

    @Test
    void what_is_never_dialled_is_not_dialled_even_when_everything_is_allowed() {
        allow(Map.of("network", "0.0.0.0/0"));
        allow(Map.of("network", "::/0"));

        for (var host : List.of("169.254.169.254", "100.100.100.200", "fe80::1", "0.0.0.0"))
            assertThat(networks.inside(City.POLICE, host, 80)).as(host).isFalse();
        assertThat(networks.inside(City.POLICE, "203.0.113.7", 80)).isTrue();
    }

    /** The whole list, however many sources other tests left. */
    private String outside() {
        var all = new StringBuilder();
        var path = PATH + "/outside?limit=200";
        for (var more = true; more; ) {
            var piece = city.get(system, path);
            all.append(piece.body());
            var next = piece.<List<String>>at("$..next");
            more = !next.isEmpty() && next.getFirst() != null;
            if (more) path = PATH + "/outside?limit=200&after=" + next.getFirst();
        }
        return all.toString();
    }

    @Test
    void a_stricter_policy_holds_from_the_next_connection_on() throws UnknownHostException {
        var id = registered("出站后");
        assertThat(city.post(steward, SOURCES + "/" + id + "/test", null).status()).isEqualTo(200);

        db.sql("delete from outbound.network").update();

        var answer = city.post(steward, SOURCES + "/" + id + "/test", null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:engine:address-not-allowed");
        assertThat(answer.<String>at("$.detail")).contains("允许连接的网络");
        assertThat(outside()).contains("出站后", "\"goesOn\":false");
    }

    @Test
    void a_source_from_before_the_policy_goes_on_until_somebody_decides() {
        var id = registered("出站旧");
        db.sql("update source.source set as_before = true where id = :id").param("id", id).update();
        db.sql("delete from outbound.network").update();
        var test = SOURCES + "/" + id + "/test";

        assertThat(city.post(steward, test, null).status()).isEqualTo(200);
        assertThat(city.get(steward, SOURCES + "/" + id).<Boolean>at("$.goesOnOutside")).isTrue();
        assertThat(city.get(system, PATH + "/outside").body()).contains("出站旧", "\"goesOn\":true");
        var decision = PATH + "/outside/source/" + id + "/decision";
        assertThat(city.post(system, decision, Map.of("allow", true)).status()).isEqualTo(204);
        assertThat(city.post(steward, test, null).status()).isEqualTo(200);
        assertThat(city.get(system, PATH).<List<String>>at("$.items[*].network"))
                .allMatch(it -> it.startsWith("127.0.0.1/") || it.startsWith("::1/"));
        assertThat(city.get(system, PATH).<List<String>>at("$.items[*].holder"))
                .containsOnly(City.CIVIL_AFFAIRS);

        db.sql("update source.source set as_before = true where id = :id").param("id", id).update();
        db.sql("delete from outbound.network").update();
        assertThat(city.post(system, decision, Map.of("allow", false)).status()).isEqualTo(204);
        assertThat(city.post(steward, test, null).status()).isEqualTo(409);
    }

    @Test
    void a_source_from_before_that_moves_is_under_the_policy() {
        var id = registered("出站移");
        db.sql("update source.source set as_before = true where id = :id").param("id", id).update();

        var moved =
                city.put(
                        steward,
                        SOURCES + "/" + id,
                        entry("出站移", "jdbc:postgresql://203.0.113.7/x"));

        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.<String>at("$.errors[0].field")).isEqualTo("jdbcUrl");
    }

    @Test
    void wrong_networks_are_told_field_by_field_and_only_the_system_administrator_names_them() {
        var wrong =
                city.post(
                        system,
                        PATH,
                        Map.of("network", "10.1.2.3/8", "ports", "70000", "holder", "nobody"));

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.<List<String>>at("$.errors[*].field"))
                .containsExactlyInAnyOrder("network", "ports", "holder");
        assertThat(wrong.body()).contains("10.0.0.0/8");
        for (var role : List.of(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.AUTHORITY))
            assertThat(city.get(city.token(City.BUREAU, role), PATH).status()).isEqualTo(403);
        assertThat(city.delete(system, PATH + "/999999").status()).isEqualTo(404);
    }

    @Test
    void the_administrator_names_networks_and_decides_on_a_page() {
        city.person("nw-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        var id = registered("出站页");
        var admin = city.visitor("nw-system", PASSWORD);

        assertThat(admin.get("/admin/networks").body())
                .contains("允许连接 6 个网络", "10.0.0.0/8", "所有部门和平台")
                .doesNotContain("范围之外", "??");
        var wrong = admin.submit("/admin/networks", "/admin/networks", Map.of("network", "db.cn"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("不要写主机名", "value=\"db.cn\"");
        assertThat(
                        admin.submit(
                                        "/admin/networks",
                                        "/admin/networks",
                                        Map.of("network", "203.0.113.0/24", "note", "外联区"))
                                .body())
                .contains("已允许", "203.0.113.0/24", "外联区");

        db.sql("update source.source set as_before = true where id = :id").param("id", id).update();
        db.sql("delete from outbound.network").update();
        assertThat(admin.get("/admin/networks?lang=en").body())
                .contains("goes on", "出站页", "No network is allowed yet")
                .doesNotContain("??");
        assertThat(
                        admin.submit(
                                        "/admin/networks",
                                        "/admin/networks/outside/source/" + id,
                                        Map.of("allow", "true"))
                                .body())
                .contains("This address is allowed", "127.0.0.1");
    }
}
