package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.catalog.Classification;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.sharing.Profiles;

/** 民政局 shares tables of its database with 公安局, which has one of its own. All over REST. */
@PlatformTest
public abstract class ExchangeGround {

    protected static final ScratchPostgres.Database PROVIDER =
            ScratchPostgres.shared().newDatabase();
    protected static final ScratchPostgres.Database CONSUMER =
            ScratchPostgres.shared().newDatabase();
    protected static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired protected City city;
    @Autowired protected JdbcClient db;
    @Autowired protected Profiles profiles;
    @Autowired protected Classification classification;

    protected String steward;
    protected String consumer;

    /** Whose reviewer sends what {@link #consumer} asks for. */
    protected String consumerCode = City.POLICE;

    @BeforeEach
    void ground() {
        city.build();
        profiles.adopt("SEED_2017");
        if (classification.all(Actor.PLATFORM).stream()
                .noneMatch(node -> node.fullCode().equals("307990")))
            classification.add(
                    Actor.PLATFORM, new Classification.NewClassNode("307", "990", "云泽市市级政务部门", ""));
        steward = city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
        consumer = city.token(City.POLICE, Role.STEWARD);
    }

    /** A table of so many rows at the provider, under a name of its own. */
    protected String table(int rows) throws Exception {
        var name = "t" + NEXT.incrementAndGet();
        PROVIDER.run(
                "create table "
                        + name
                        + " (id bigint primary key, name text not null, amount numeric(10,2), note text)",
                "insert into "
                        + name
                        + " select g, '户' || g, g / 3.0, repeat('文', 20) from generate_series(1, "
                        + rows
                        + ") g");
        return name;
    }

    protected long source(
            String token, ScratchPostgres.Database database, Map<String, Object> limits) {
        var body = new HashMap<String, Object>(limits);
        body.put("name", "交换库" + NEXT.incrementAndGet());
        body.put("jdbcUrl", database.jdbcUrl());
        body.put("username", database.user());
        body.put("password", database.password());
        var answer = city.post(token, "/api/v1/sources", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.<Integer>at("$.id");
    }

    /** A grant of all fields of the table, unconditional, at once. */
    protected long grant(String table, Map<String, Object> limits) {
        return request(resource(source(steward, PROVIDER, limits), table), Map.of());
    }

    protected long resource(long source, String table) {
        return resource(source, table, "UNCONDITIONAL");
    }

    protected long resource(long source, String table, String sharingKind) {
        var id = drafted(source, table, sharingKind);
        drafted(id, source, table);
        var path = "/api/v1/resources/" + id;
        var yes = Map.of("approve", true, "opinion", "同意");
        var authority = city.token(City.BUREAU, Role.AUTHORITY);
        done(city.post(steward, path + "/submission", Map.of()));
        done(
                city.post(
                        city.token(City.CIVIL_AFFAIRS, Role.REVIEWER),
                        path + "/department-review",
                        yes));
        done(city.post(authority, path + "/authority-review", yes));
        done(city.post(authority, path + "/publication", Map.of()));
        return id;
    }

    /** The id of a draft that is complete. */
    protected int drafted(long source, String table, String sharingKind) {
        var described = new HashMap<String, Object>();
        described.put("name", "资源 " + table);
        described.put("classification", "307990");
        described.put("summary", "测试");
        described.put("formatKind", "DATABASE");
        described.put("formatType", "PostgreSQL");
        described.put("sharingKind", sharingKind);
        if (sharingKind.equals("CONDITIONAL")) described.put("sharingCondition", "依法履职需要");
        described.put("sharingMethodKind", "PLATFORM");
        described.put("sharingMethodType", "DATABASE");
        described.put("updateCycle", "DAILY");
        var draft =
                city.post(
                        steward,
                        "/api/v1/resources",
                        Map.of(
                                "source", source,
                                "schema", "public",
                                "table", table,
                                "description", described));
        assertThat(draft.status()).as(draft.body()).isEqualTo(201);
        return draft.at("$.id");
    }

    /** For who wants to mount it otherwise, before it goes to review. */
    protected void drafted(int resource, long source, String table) {}

    protected long request(long resource, Map<String, Object> more) {
        var sent =
                city.post(
                        city.token(consumerCode, Role.REVIEWER),
                        "/api/v1/requests/" + draft(resource, more) + "/sending",
                        Map.of());
        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        return sent.<Integer>at("$.grant");
    }

    /** The id of a request that is not sent yet. */
    protected int draft(long resource, Map<String, Object> more) {
        var today = LocalDate.now(shuqiao.kernel.Clock.ZONE);
        var body = new HashMap<String, Object>(more);
        body.put("resource", resource);
        body.put("purpose", "BUSINESS_COOPERATION");
        body.put("purposeText", "测试");
        body.put("basis", "国发〔2016〕51号");
        body.put("until", today.plusYears(1).toString());
        var draft = city.post(consumer, "/api/v1/requests", body);
        assertThat(draft.status()).as(draft.body()).isEqualTo(201);
        return draft.at("$.id");
    }

    protected City.Answer ask(long grant, long target, String table) {
        return city.post(
                consumer,
                "/api/v1/runs",
                Map.of("grant", grant, "target", target, "schema", "public", "table", table));
    }

    /** Asks and returns the id of the run. */
    protected String run(long grant, long target, String table) {
        var answer = ask(grant, target, table);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.at("$.id");
    }

    protected City.Answer see(String run) {
        return city.get(consumer, "/api/v1/runs/" + run);
    }

    protected String state(String run) {
        return see(run).at("$.state");
    }

    protected City.Answer awaitState(String run, String... anyOf) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> List.of(anyOf).contains(state(run)));
        return see(run);
    }

    protected void delivered(String run) {
        var seen = awaitState(run, "DELIVERED", "FAILED", "CANCELLED");
        assertThat(seen.<String>at("$.state")).as(seen.body()).isEqualTo("DELIVERED");
    }

    protected static @Nullable String count(String table) throws Exception {
        return CONSUMER.one("select count(*) from " + table);
    }

    protected static boolean exists(String table) throws Exception {
        return "t".equals(CONSUMER.one("select to_regclass('public." + table + "') is not null"));
    }

    private static void done(City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
