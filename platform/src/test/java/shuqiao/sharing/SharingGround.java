package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.catalog.Classification;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** 民政局 publishes a table, 公安局 asks for it, 大数据管理中心 is the authority; time stands still. */
@PlatformTest
@Import(SharingGround.Time.class)
abstract class SharingGround {

    /** A clock that only moves when a test moves it. */
    static final class Hands implements InstantSource {
        private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);

        @Override
        public Instant instant() {
            return now.get();
        }

        void set(String day) {
            now.set(Instant.parse(day + "T01:00:00Z"));
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {
        @Bean
        @Primary
        Hands hands() {
            return new Hands();
        }
    }

    /** 2026-09-24, a Thursday, at nine; the tenth working day after it is 2026-10-15. */
    static final Instant MORNING = Instant.parse("2026-09-24T01:00:00Z");

    static final String REQUESTS = "/api/v1/requests";
    static final String GRANTS = "/api/v1/grants";
    static final ScratchPostgres.Database CIVIL = ScratchPostgres.shared().newDatabase();
    static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired City city;
    @Autowired Classification classification;
    @Autowired Sharing sharing;
    @Autowired Decisions decisions;
    @Autowired Grants grants;
    @Autowired Profiles profiles;
    @Autowired JdbcClient db;
    @Autowired Hands time;

    String steward;
    String reviewer;
    String authority;
    String police;

    /** Signs for the police what {@link #police} wrote: four eyes hold for programs too. */
    String signs;

    String stranger;
    String admin;
    String table;

    @BeforeEach
    void prepare() {
        time.set("2026-09-24");
        steward = city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
        reviewer = city.token(City.CIVIL_AFFAIRS, Role.REVIEWER);
        authority = city.token(City.BUREAU, Role.AUTHORITY);
        police = city.token(City.POLICE, Role.STEWARD, Role.REVIEWER);
        signs = city.token(City.POLICE, Role.REVIEWER);
        stranger = city.token(City.BUREAU, Role.STEWARD, Role.REVIEWER);
        admin = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        profiles.choose(Actor.PLATFORM, "SEED_2017");
        for (var node : List.of(List.of("307", "021"), List.of("307021", "0103")))
            if (classification.all(Actor.PLATFORM).stream()
                    .noneMatch(it -> it.fullCode().equals(node.get(0) + node.get(1))))
                classification.add(
                        Actor.PLATFORM,
                        new Classification.NewClassNode(
                                node.get(0), node.get(1), "民政" + node.get(1), null));
    }

    /**
     * A published resource with columns code, name, people, born, secret; the last is not
     * shareable.
     */
    long published(String kind, List<String> range) {
        table = "village_" + NEXT.incrementAndGet();
        CIVIL.run(
                "create table %s (code varchar(12) primary key, name text, people int, born date, secret text)"
                        .formatted(table),
                "comment on table %s is '村委会名录%s'".formatted(table, table));
        var source =
                ok(
                                city.post(
                                        steward,
                                        "/api/v1/sources",
                                        Map.of(
                                                "name", "库" + table,
                                                "jdbcUrl", CIVIL.jdbcUrl(),
                                                "username", CIVIL.user(),
                                                "password", CIVIL.password())),
                                201)
                        .<Number>at("$.id")
                        .longValue();
        var resources = "/api/v1/resources";
        var id =
                ok(
                                city.post(
                                        steward,
                                        resources,
                                        Map.of(
                                                "source", source, "schema", "public", "table",
                                                table)),
                                201)
                        .<Number>at("$.id")
                        .longValue();
        var description =
                new HashMap<>(
                        city.get(steward, resources + "/" + id)
                                .<Map<String, Object>>at("$.description"));
        description.put("classification", "3070210103");
        description.put("summary", "全市村委会名录");
        description.put("sharingKind", kind);
        if (kind.equals("CONDITIONAL")) description.put("sharingCondition", "因履行职责需要");
        if (kind.equals("NOT_SHARED")) {
            description.put("sharingBasis", "《某法》第一条");
            description.remove("sharingMethodKind");
            description.remove("sharingMethodType");
        } else description.put("sharingRange", range);
        description.put("updateCycle", "MONTHLY");
        var items = new java.util.ArrayList<Map<String, Object>>();
        for (var item : (List<?>) description.get("items")) {
            var one = new HashMap<String, Object>();
            ((Map<?, ?>) item).forEach((key, value) -> one.put(String.valueOf(key), value));
            if ("secret".equals(one.get("column"))) one.put("shareable", false);
            items.add(one);
        }
        description.put("items", items);
        var path = resources + "/" + id;
        ok(city.put(steward, path, description), 200);
        ok(city.post(steward, path + "/submission", Map.of()), 200);
        ok(city.post(reviewer, path + "/department-review", Map.of("approve", true)), 200);
        ok(city.post(authority, path + "/authority-review", Map.of("approve", true)), 200);
        ok(city.post(authority, path + "/publication", Map.of()), 200);
        return id;
    }

    long conditional() {
        return published("CONDITIONAL", List.of());
    }

    /** A whole and right request for a resource; tests spoil it. */
    Map<String, Object> ask(long resource) {
        var body = new HashMap<String, Object>();
        body.put("resource", resource);
        body.put("fields", List.of("code", "name", "born"));
        body.put("purpose", "DATA_VERIFICATION");
        body.put("purposeText", "户籍地址核对");
        body.put("basis", "《户口登记条例》第三条");
        body.put("until", "2027-09-23");
        return body;
    }

    long drafted(Map<String, Object> body) {
        return ok(city.post(police, REQUESTS, body), 201).<Number>at("$.id").longValue();
    }

    long sent(Map<String, Object> body) {
        var id = drafted(body);
        step(signs, id, "sending", Map.of());
        return id;
    }

    long prepared(Map<String, Object> body) {
        var id = sent(body);
        step(authority, id, "acceptance", Map.of());
        step(steward, id, "preparation", Map.of("proposal", "拟同意"));
        return id;
    }

    City.Answer step(String token, long id, String step, Map<String, Object> body) {
        return ok(city.post(token, REQUESTS + "/" + id + "/" + step, body), 200);
    }

    City.Answer tries(String token, long id, String step, Map<String, Object> body) {
        return city.post(token, REQUESTS + "/" + id + "/" + step, body);
    }

    City.Answer read(String token, long id) {
        return ok(city.get(token, REQUESTS + "/" + id), 200);
    }

    /** Answered with a refusal that its consumer may dispute. */
    long refusedRequest() {
        var id = prepared(ask(conditional()));
        step(
                reviewer,
                id,
                "decision",
                Map.of(
                        "outcome", "REFUSE",
                        "reason", "涉及隐私",
                        "basisKind", "LAW",
                        "basis", "《某法》第一条"));
        return id;
    }

    long granted(long resource) {
        var id = prepared(ask(resource));
        return step(reviewer, id, "decision", Map.of("outcome", "GRANT"))
                .<Number>at("$.grant")
                .longValue();
    }

    /** A profile with an answer in ten working days and these limits beside it, put in force. */
    void law(String code, Map<String, Object> limits) {
        var all = new HashMap<>(limits);
        all.put("ANSWER_CONDITIONAL", limit(10, null, "某办法第八条"));
        ok(
                city.post(
                        admin,
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
                                limits.containsKey("NEGOTIATION"),
                                "arbitration",
                                limits.containsKey("ARBITRATION"),
                                "bases",
                                List.of("LAW"),
                                "limits",
                                all)),
                201);
        profiles.choose(Actor.PLATFORM, code);
    }

    static Map<String, Object> limit(Integer days, Integer times, String article) {
        var limit = new HashMap<String, Object>();
        if (days != null) limit.put("workingDays", days);
        if (times != null) limit.put("times", times);
        limit.put("article", article);
        return limit;
    }

    /** Names of the events of a request in the ledger. */
    List<String> recorded(long request) {
        return db.sql(
                        """
                        select kind from ledger.entry
                        where convert_from(body, 'UTF8')::json #>> '{facts,request}' = :request order by id
                        """)
                .param("request", String.valueOf(request))
                .query(String.class)
                .list();
    }

    /** Whether the answer says anything there; what is null is left out. */
    static boolean says(City.Answer answer, String path) {
        try {
            return answer.<Object>at(path) != null;
        } catch (com.jayway.jsonpath.PathNotFoundException _) {
            return false;
        }
    }

    static City.Answer ok(City.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    /** Refused, in a sentence without holes, in both languages. */
    static void refused(City.Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:" + type);
        assertThat(answer.<String>at("$.detail")).doesNotContain("refusal.").doesNotContain("{");
    }

    static void faulty(City.Answer answer, String field, String fault) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.<List<String>>at("$.errors[*].field")).contains(field);
        assertThat(answer.<List<String>>at("$.errors[*].type"))
                .contains("urn:shuqiao:fault:" + fault);
        assertThat(answer.<List<String>>at("$.errors[*].detail"))
                .allSatisfy(sentence ->
                        assertThat(sentence).doesNotContain("fault.").doesNotContain("{"));
    }
}
