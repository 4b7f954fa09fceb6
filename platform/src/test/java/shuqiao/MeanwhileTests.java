package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import shuqiao.exchange.ExchangeGround;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Role;

/**
 * Each door that asks a department's database is held up while it asks, and somebody else acts.
 * What comes of it is what one of the two orders would give: either the door was first, and what
 * follows from the other act follows for its work too, or the act was first, and the door refuses
 * in words.
 */
class MeanwhileTests extends ExchangeGround {

    /** What asks another machine between its checks and what it writes. */
    enum Door {
        SEND,
        DRAFT,
        PROPOSE,
        DECIDE,
        AGREE,
        AWARD,
        PUBLISH,
        NEXT_VERSION,
        CHECK,
        COMPARE,
        MAP,
        ORDER,
        RUN
    }

    /** What another actor does in between. */
    enum Act {
        WITHDRAW,
        NEXT_VERSION,
        ANNOUNCE_END,
        END_GRANT
    }

    private static final String PASSWORD = "Bridge-2026-meanwhile";

    private Gate gate;
    private String reviewer;
    private String authority;
    private String receiver;
    private long resource;
    private long source;
    private long target;
    private long grant;
    private String table;
    private String mine;

    @BeforeEach
    void prepare() throws Exception {
        var address = URI.create(PROVIDER.jdbcUrl().substring("jdbc:".length()));
        gate = new Gate(address.getHost(), address.getPort());
        reviewer = city.token(City.CIVIL_AFFAIRS, Role.REVIEWER);
        authority = city.token(City.BUREAU, Role.AUTHORITY);
        receiver = city.token(City.POLICE, Role.REVIEWER);
        table = table(1_200);
        source = through(steward, PROVIDER.jdbcUrl(), PROVIDER.user(), PROVIDER.password());
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
    }

    /** A source that is reached through the gate. Both databases are on one server. */
    private long through(String token, String jdbcUrl, String user, String password) {
        var there = URI.create(jdbcUrl.substring("jdbc:".length()));
        var answer =
                city.post(
                        token,
                        "/api/v1/sources",
                        Map.of(
                                "name",
                                "门后的库" + NEXT.incrementAndGet(),
                                "jdbcUrl",
                                jdbcUrl.replace(
                                        there.getHost() + ":" + there.getPort(),
                                        "127.0.0.1:" + gate.port()),
                                "username",
                                user,
                                "password",
                                password));
        return ok(answer).<Number>at("$.id").longValue();
    }

    private static City.Answer ok(City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 201, 202);
        return answer;
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void a_resource_is_withdrawn_meanwhile(Door door) throws Exception {
        meanwhile(door, Act.WITHDRAW);
    }

    @Test
    void the_next_version_is_published_while_it_is_decided() throws Exception {
        var refused = meanwhile(Door.DECIDE, Act.NEXT_VERSION);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>at("$.type")).contains("superseded-meanwhile");
        assertThat(refused.<String>at("$.detail")).contains("第 2 版", "第 1 版");
    }

    static Stream<Arguments> all() {
        var pairs = new ArrayList<Arguments>();
        for (var door : Door.values())
            for (var act : Act.values()) if (suits(door, act)) pairs.add(Arguments.of(door, act));
        return pairs.stream();
    }

    private static boolean suits(Door door, Act act) {
        return switch (door) {
            case MAP, ORDER, RUN -> true;
            case PUBLISH, NEXT_VERSION -> act == Act.WITHDRAW || act == Act.ANNOUNCE_END;
            case SEND, DRAFT, PROPOSE, DECIDE, AGREE, AWARD, CHECK, COMPARE -> act != Act.END_GRANT;
        };
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("all")
    void whatever_happens_meanwhile_the_end_is_that_of_one_order(Door door, Act act)
            throws Exception {
        meanwhile(door, act);
    }

    private City.Answer meanwhile(Door door, Act act) throws Exception {
        var call = ready(door);
        var shut = gate.shut();
        var answer =
                CompletableFuture.supplyAsync(
                        call::get, task -> Thread.ofVirtual().name("door").start(task));
        try {
            assertThat(shut.someoneWaits()).as("the door asks the database").isTrue();
            shutFor(act, door);
        } finally {
            shut.open();
        }
        var got = answer.get(60, TimeUnit.SECONDS);
        assertThat(got.status()).as(got.body()).isLessThan(500);
        if (got.status() >= 400) assertThat(told(got)).isNotBlank().doesNotContain("refusal.");
        oneOrder(door, act, got);
        return got;
    }

    /** The sentence of a refusal, as a program or on a page. */
    private static String told(City.Answer refused) {
        if (!refused.body().startsWith("<")) return refused.at("$.detail");
        assertThat(refused.body()).contains("id=\"faults\"");
        return refused.body();
    }

    private interface Call {
        City.Answer get();
    }

    // the doors

    private Call ready(Door door) throws Exception {
        return switch (door) {
            case SEND -> {
                resource = resource(source, table);
                var id = draft(resource, Map.of());
                yield () -> city.post(receiver, "/api/v1/requests/" + id + "/sending", Map.of());
            }
            case DRAFT -> {
                resource = resource(source, table);
                var body = new HashMap<String, Object>();
                body.put("resource", resource);
                body.put("purpose", "BUSINESS_COOPERATION");
                body.put("purposeText", "测试");
                body.put("basis", "国发〔2016〕51号");
                body.put("until", LocalDate.now(Clock.ZONE).plusYears(1).toString());
                body.put("filter", List.of(Map.of("field", "id", "op", "le", "value", 5)));
                yield () -> city.post(consumer, "/api/v1/requests", body);
            }
            case PROPOSE -> {
                resource = resource(source, table, "CONDITIONAL");
                var id = draft(resource, Map.of());
                does(receiver, id, "sending", Map.of());
                does(authority, id, "acceptance", Map.of());
                var visitor =
                        city.visitor(
                                "meanwhile-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
                yield () -> {
                    var page =
                            visitor.submit(
                                    "/notices",
                                    "/requests/" + id + "/decision",
                                    Map.of(
                                            "outcome", "GRANT_IN_PART",
                                            "fields", "id",
                                            "why-name", "用途不需要",
                                            "why-amount", "用途不需要",
                                            "why-note", "用途不需要",
                                            "do", "submit"));
                    return new City.Answer(page.statusCode(), page.body(), page.headers());
                };
            }
            case DECIDE -> {
                var id = prepared();
                yield () ->
                        city.post(
                                reviewer,
                                "/api/v1/requests/" + id + "/decision",
                                Map.of("outcome", "GRANT"));
            }
            case AGREE -> {
                var id = talkedOver();
                yield () ->
                        city.post(
                                reviewer,
                                "/api/v1/requests/" + id + "/negotiation/decision",
                                Map.of("outcome", "GRANT", "reason", "应当共享"));
            }
            case AWARD -> {
                var id = appealed();
                yield () ->
                        city.post(
                                authority,
                                "/api/v1/requests/" + id + "/arbitration/award",
                                Map.of(
                                        "outcome", "PROVIDE",
                                        "reason", "应当共享",
                                        "basis", "《条例》第九条"));
            }
            case PUBLISH -> {
                resource = resource(source, table);
                nextUntilApproved();
                yield () ->
                        city.post(
                                authority,
                                "/api/v1/resources/" + resource + "/publication",
                                Map.of());
            }
            case NEXT_VERSION -> {
                resource = resource(source, table);
                ok(city.post(steward, "/api/v1/resources/" + resource + "/check", Map.of()));
                PROVIDER.run("alter table " + table + " add column later text");
                ok(city.post(steward, "/api/v1/resources/" + resource + "/check", Map.of()));
                yield () ->
                        city.post(
                                steward,
                                "/api/v1/resources/" + resource + "/differences/draft",
                                Map.of());
            }
            case CHECK -> {
                resource = resource(source, table);
                PROVIDER.run("alter table " + table + " add column later text");
                yield () ->
                        city.post(steward, "/api/v1/resources/" + resource + "/check", Map.of());
            }
            case COMPARE -> {
                PROVIDER.run(
                        "alter table " + table + " add column ware text",
                        "update " + table + " set ware = 'w' || id",
                        "comment on column " + table + ".ware is '器材" + table + "'");
                resource = resource(source, table);
                ok(
                        city.put(
                                steward,
                                "/api/v1/resources/" + resource + "/comparison",
                                Map.of("columns", List.of("ware"))));
                yield () ->
                        city.post(steward, "/api/v1/resources/" + resource + "/sketch", Map.of());
            }
            case MAP -> {
                granted();
                mine = "meanwhile" + NEXT.incrementAndGet();
                CONSUMER.run("create table " + mine + " (bh bigint primary key, xm text)");
                yield () ->
                        city.put(
                                consumer,
                                "/api/v1/mappings",
                                Map.of(
                                        "grant",
                                        grant,
                                        "target",
                                        target,
                                        "schema",
                                        "public",
                                        "table",
                                        mine,
                                        "columns",
                                        Map.of("id", "bh", "name", "xm"),
                                        "key",
                                        List.of("bh")));
            }
            case ORDER -> {
                granted();
                yield () ->
                        city.post(
                                consumer,
                                "/api/v1/schedules",
                                Map.of(
                                        "grant",
                                        grant,
                                        "target",
                                        target,
                                        "schema",
                                        "public",
                                        "table",
                                        "meanwhile" + NEXT.incrementAndGet(),
                                        "rhythm",
                                        "AFTER_UPDATE"));
            }
            case RUN -> {
                granted();
                yield () -> ask(grant, target, "meanwhile" + NEXT.incrementAndGet());
            }
        };
    }

    private void granted() {
        resource = resource(source, table);
        grant = request(resource, Map.of());
        target = through(consumer, CONSUMER.jdbcUrl(), CONSUMER.user(), CONSUMER.password());
    }

    private int prepared() {
        resource = resource(source, table, "CONDITIONAL");
        var id = draft(resource, Map.of());
        does(receiver, id, "sending", Map.of());
        does(authority, id, "acceptance", Map.of());
        does(steward, id, "preparation", Map.of("proposal", "拟同意"));
        return id;
    }

    private int appealed() {
        var id = refused("ARBITRATION");
        does(receiver, id, "arbitration", Map.of("reason", "履职必需"));
        return id;
    }

    private int talkedOver() {
        var id = refused("NEGOTIATION");
        does(receiver, id, "negotiation", Map.of("reason", "履职必需"));
        return id;
    }

    /** Under a law that knows this way to contradict. */
    private int refused(String way) {
        var code = "MEANWHILE" + NEXT.incrementAndGet();
        ok(
                city.post(
                        city.token(City.BUREAU, Role.SYSTEM_ADMIN),
                        "/api/v1/legal-profiles",
                        Map.of(
                                "code",
                                code,
                                "name",
                                "某市办法",
                                "verified",
                                true,
                                "clockStart",
                                "SENT",
                                "scopeRule",
                                "APPLY_ALWAYS",
                                "negotiation",
                                way.equals("NEGOTIATION"),
                                "arbitration",
                                way.equals("ARBITRATION"),
                                "bases",
                                List.of("LAW"),
                                "limits",
                                Map.of(
                                        "ANSWER_CONDITIONAL",
                                        Map.of("workingDays", 10, "article", "某办法第八条"),
                                        way,
                                        Map.of("workingDays", 10, "article", "某办法第九条")))));
        profiles.choose(Actor.PLATFORM, code);
        try {
            var id = prepared();
            does(
                    reviewer,
                    id,
                    "decision",
                    Map.of(
                            "outcome", "REFUSE",
                            "basisKind", "LAW",
                            "basis", "《某法》第一条",
                            "reason", "不宜提供"));
            return id;
        } finally {
            profiles.choose(Actor.PLATFORM, "SEED_2017");
        }
    }

    private void does(String token, long request, String step, Map<String, Object> body) {
        ok(city.post(token, "/api/v1/requests/" + request + "/" + step, body));
    }

    // the other actor

    private void shutFor(Act act, Door door) {
        var path = "/api/v1/resources/" + resource;
        switch (act) {
            case WITHDRAW -> ok(city.post(authority, path + "/withdrawal", Map.of("reason", "并入")));
            case NEXT_VERSION -> {
                // its own look at the table must not wait for the door's
                var shut = gate.shut();
                shut.open();
                nextUntilApproved();
                ok(city.post(authority, path + "/publication", Map.of()));
            }
            case ANNOUNCE_END ->
                    ok(
                            city.post(
                                    authority,
                                    path + "/ending",
                                    Map.of(
                                            "day",
                                            LocalDate.now(Clock.ZONE).plusDays(40).toString(),
                                            "reason",
                                            "改由省级提供")));
            case END_GRANT ->
                    ok(
                            city.post(
                                    reviewer,
                                    "/api/v1/grants/" + grant + "/revocation",
                                    Map.of("reason", "超出目的")));
        }
    }

    private void nextUntilApproved() {
        var path = "/api/v1/resources/" + resource;
        var yes = Map.of("approve", true, "opinion", "同意");
        ok(city.post(steward, path + "/new-version", Map.of()));
        ok(city.post(steward, path + "/submission", Map.of()));
        ok(city.post(reviewer, path + "/department-review", yes));
        ok(city.post(authority, path + "/authority-review", yes));
    }

    // what must hold in the end

    private void oneOrder(Door door, Act act, City.Answer got) {
        assertThat(
                        found(
                                """
                                sharing."grant" g left join sharing.grant_end e on e."grant" = g.id
                                join catalog.resource r on r.id = g.resource
                                where r.id = %d and e.at is null and r.stage = 'WITHDRAWN'
                                """))
                .as("no grant lives on what was withdrawn")
                .isZero();
        assertThat(
                        found(
                                """
                                sharing."grant" g join catalog.resource r on r.id = g.resource
                                where r.id = %d and g.version < r.published_version and g.issued_at >
                                    (select published_at from catalog.version v
                                     where v.resource = r.id and v.number = r.published_version)
                                """))
                .as("no grant is issued on what was superseded")
                .isZero();
        assertThat(
                        found(
                                """
                                sharing."grant" g left join sharing.grant_end e on e."grant" = g.id
                                join upkeep.ending w on w.resource = g.resource and w.announced_at < g.issued_at
                                where g.resource = %d and e.at is null and w.taken_back_at is null
                                """))
                .as("no grant is issued on what was announced to end")
                .isZero();
        assertThat(
                        found(
                                """
                                schedule.schedule s join sharing.grant_end e on e."grant" = s.grant_id
                                where s.resource = %d and s.state <> 'ENDED'
                                """))
                .as("no schedule goes on under a grant that was ended")
                .isZero();
        assertThat(
                        found(
                                """
                                onesource.agreement a join catalog.resource r on r.id = a.resource
                                where r.id = %d and r.stage = 'WITHDRAWN'
                                """))
                .as("nothing is compared of what was withdrawn")
                .isZero();
        assertThat(
                        found(
                                """
                                upkeep.watch a join catalog.resource r on r.id = a.resource
                                where r.id = %d and r.stage = 'WITHDRAWN'
                                """))
                .as("nothing is watched of what was withdrawn")
                .isZero();
        if (door == Door.PROPOSE && got.status() >= 400)
            assertThat(
                            found(
                                    """
                                    sharing.proposal p join sharing.request q on q.id = p.request
                                    where q.resource = %d and p.ready
                                    """))
                    .as("nothing is handed to the reviewer that was refused")
                    .isZero();
        if (act == Act.WITHDRAW && door == Door.PUBLISH)
            assertThat(found("catalog.version where resource = %d and number = 2")).isZero();
        if (act == Act.WITHDRAW && door != Door.CHECK)
            assertThat(got.status()).as(got.body()).isEqualTo(409);
        if (act == Act.END_GRANT) assertThat(got.status()).as(got.body()).isEqualTo(409);
    }

    private long found(String from) {
        return db.sql("select count(*) from " + from.formatted(resource))
                .query(Long.class)
                .single();
    }
}
