package shuqiao.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.catalog.Classification;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Role;
import shuqiao.sharing.Profiles;

/**
 * One of everything that has a page: drafts, entries, requests, grants and runs in each state, by
 * two departments of its own, and a third one that has nothing. Built once for each platform.
 */
final class FilledCity {

    static final String PASSWORD = "Bridge-2026-test";

    private static final Map<String, FilledCity> BUILT = new HashMap<>();
    private static final String RESOURCES = "/api/v1/resources";
    private static final String REQUESTS = "/api/v1/requests";
    private static final Map<String, Object> NOTHING = Map.of();

    /**
     * A form that is emptied and sent.
     *
     * @param form which of the forms on the page, as a selector; empty for the first with fields
     * @param typed what is typed before it is sent
     */
    record Spoiled(String page, String form, Map<String, String> typed) {

        static Spoiled empty(String page) {
            return new Spoiled(page, "", Map.of());
        }
    }

    private final City city;
    private final JdbcClient db;
    private final String provider;
    private final String consumer;
    private final String steward;
    private final String reviewer;
    private final String asker;
    private final String sender;
    private final String authority;
    private final ScratchPostgres.Database from = ScratchPostgres.shared().newDatabase();
    private final ScratchPostgres.Database to = ScratchPostgres.shared().newDatabase();
    private final Map<String, List<String>> pages = new LinkedHashMap<>();
    private final Map<String, List<Spoiled>> spoiled = new LinkedHashMap<>();
    private int names;

    static synchronized FilledCity of(
            City city, Classification classification, Profiles profiles, JdbcClient db) {
        return BUILT.computeIfAbsent(
                city.url(), _ -> new FilledCity(city, classification, profiles, db));
    }

    /** Who opens what. */
    Map<String, List<String>> pages() {
        return pages;
    }

    /** Who sends what wrong. */
    Map<String, List<Spoiled>> spoiled() {
        return spoiled;
    }

    private FilledCity(City city, Classification classification, Profiles profiles, JdbcClient db) {
        this.city = city;
        this.db = db;
        provider = city.department("FLP000011", "云泽市残疾人联合会");
        consumer = city.department("FLC000012", "云泽市医疗保障局");
        var nobody = city.department("FLN000013", "云泽市气象局");
        city.person("fill-steward", PASSWORD, provider, Role.STEWARD);
        city.person("fill-reviewer", PASSWORD, provider, Role.REVIEWER);
        city.person("fill-asker", PASSWORD, consumer, Role.STEWARD);
        city.person("fill-sender", PASSWORD, consumer, Role.REVIEWER);
        city.person("fill-authority", PASSWORD, City.BUREAU, Role.AUTHORITY);
        city.person("fill-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        city.person("fill-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        city.person("fill-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        city.person("fill-idle", PASSWORD, nobody, Role.STEWARD);
        city.person("fill-idle-head", PASSWORD, nobody, Role.REVIEWER);
        steward = city.token(provider, Role.STEWARD);
        reviewer = city.token(provider, Role.REVIEWER);
        asker = city.token(consumer, Role.STEWARD);
        sender = city.token(consumer, Role.REVIEWER);
        authority = city.token(City.BUREAU, Role.AUTHORITY);
        profiles.adopt("SEED_2017");
        for (var node : List.of(List.of("307", "990"), List.of("307990", "0001")))
            if (classification.all(Actor.PLATFORM).stream()
                    .noneMatch(it -> it.fullCode().equals(node.get(0) + node.get(1))))
                classification.add(
                        Actor.PLATFORM,
                        new Classification.NewClassNode(node.get(0), node.get(1), "云泽市市级政务部门", ""));
        open("", "/", "/login", "/open", "/preferences", "/nothing");
        open("", "/login?error", "/login?locked", "/login?expired", "/ledger");
        var source = source(steward, from, "残联业务库", Map.of());
        catalog(source);
        requests(source, profiles);
        runs(source);
        administration();
        open("fill-idle", "/", "/sources", "/resources?mine=true", "/resources/new");
        open("fill-idle", "/requests", "/grants", "/runs", "/schedules", "/resources?q=没有这样的目录");
        open("fill-idle-head", "/", "/substitutes", "/requests");
    }

    /** One that goes well, one that fails, and an item that is given up. */
    private void work() {
        var cause =
                "PSQLException: ERROR: 关系 \"exchange.run\" 不存在 ← SocketTimeoutException: Read timed out";
        for (var kind : List.of("notice-keeping", "reminder-keeping"))
            db.sql(
                            """
                            insert into work.task (kind, key, due, attempt, cause)
                            values (:kind, 'recurring', now() + interval '1 hour', :attempt, :cause)
                            on conflict (kind, key) do update set attempt = excluded.attempt, cause = excluded.cause
                            """)
                    .param("kind", kind)
                    .param("attempt", kind.startsWith("notice") ? 0 : 4)
                    .param("cause", kind.startsWith("notice") ? "" : cause)
                    .update();
        var dead =
                db.sql(
                                """
                                insert into work.task (kind, key, due, attempt, cause, dead_at)
                                values ('schedules', '990017', now(), 12, :cause, now()) returning id
                                """)
                        .param("cause", cause)
                        .query(Long.class)
                        .single();
        open("fill-system", "/admin/work", "/admin/work?state=RUNNING");
        open("fill-system", "/admin/work/items/" + dead + "/forgetting");
    }

    // what departments have

    private long source(
            String token,
            ScratchPostgres.Database database,
            String name,
            Map<String, Object> more) {
        var body = new HashMap<>(more);
        body.put("name", name);
        body.put("jdbcUrl", database.jdbcUrl());
        body.put("username", database.user());
        body.put("password", database.password());
        return id(done(201, city.post(token, "/api/v1/sources", body)));
    }

    private void catalog(long source) {
        var blank = id(done(201, drafted(source, table(3), null)));
        var complete = draft(source, "残疾人证信息", "CONDITIONAL");
        var returned = draft(source, "残疾人家庭信息", "CONDITIONAL");
        done(steward, RESOURCES, returned, "submission", NOTHING);
        done(
                reviewer,
                RESOURCES,
                returned,
                "department-review",
                Map.of("approve", false, "opinion", "摘要写明更新频率"));
        var submitted = draft(source, "残疾人康复信息", "CONDITIONAL");
        done(steward, RESOURCES, submitted, "submission", NOTHING);
        var checked = draft(source, "残疾人就业信息", "UNCONDITIONAL");
        done(steward, RESOURCES, checked, "submission", NOTHING);
        done(reviewer, RESOURCES, checked, "department-review", Map.of("approve", true));
        var second = published(source, "残疾人两项补贴信息", "UNCONDITIONAL");
        done(steward, RESOURCES, second, "new-version", NOTHING);
        var withdrawn = published(source, "残疾人托养信息", "CONDITIONAL");
        done(authority, RESOURCES, withdrawn, "withdrawal", Map.of("reason", "并入残疾人证信息"));

        open("fill-steward", "/", "/sources", "/sources/new");
        for (var part :
                List.of(
                        "",
                        "?test=",
                        "?schema=public",
                        "/edit",
                        "/removal",
                        "?schema=none",
                        "/sessions")) open("fill-steward", "/sources/" + source + part);
        open("fill-steward", "/resources", "/resources?q=残疾人", "/resources?mine=true");
        open("fill-steward", "/resources/new", "/resources/new?source=" + source);
        open("fill-steward", "/resources/new?source=" + source + "&schema=public");
        open("fill-steward", "/catalog/tree", "/resources/tables");
        for (var part :
                List.of("", "/edit/basic", "/edit/items", "/edit/sharing", "/edit/mount", "/check"))
            open("fill-steward", "/resources/" + blank + part);
        open(
                "fill-steward",
                "/resources/" + blank + "/edit/mount?source=" + source + "&schema=public&table=t1");
        open("fill-steward", "/resources/" + blank + "/withdrawal");
        open("fill-steward", "/resources/" + complete + "/check");
        open("fill-steward", "/resources/" + returned, "/resources/" + withdrawn);
        for (var part : List.of("", "/items", "/mount", "/users", "/versions"))
            open("fill-steward", "/resources/" + second + part);
        open("fill-steward", "/resources/" + second + "/versions?from=1&to=2");
        open("fill-steward", "/resources/" + second + "/check");
        open("fill-steward", "/resources/" + second + "/new-version/discard");
        open("fill-steward", "/resources/" + submitted + "/review");
        open("fill-steward", "/resources/" + second + "/parts/quality", "/quality");
        open("fill-steward", "/resources/" + second + "/parts/one-source", "/one-source");
        open("fill-authority", "/quality?band=FAIR", "/one-source?state=open");
        open("fill-steward", "/resources/" + second + "/differences", "/upkeep");
        for (var part : List.of("grants", "endings", "freshness", "survey"))
            open("fill-authority", "/upkeep/" + part);
        open("fill-reviewer", "/resources/" + second + "/ending");
        spoil("fill-reviewer", Spoiled.empty("/resources/" + second + "/ending"));
        open("fill-reviewer", "/", "/resources/" + submitted, "/substitutes");
        open("fill-reviewer", "/resources/" + submitted + "/review");
        open("fill-authority", "/", "/resources/" + checked + "/review");
        open("fill-authority", "/classification", "/classification?under=3");

        spoil("fill-steward", Spoiled.empty("/sources/new"));
        spoil("fill-steward", Spoiled.empty("/sources/" + source + "/edit"));
        spoil(
                "fill-steward",
                new Spoiled("/resources/new", "form[method=post]:has([name=name])", Map.of()));
        spoil("fill-steward", Spoiled.empty("/resources/new?source=" + source + "&schema=public"));
        spoil(
                "fill-steward",
                new Spoiled(
                        "/resources/" + blank + "/edit/items",
                        "",
                        Map.of("items[0].name", "同名", "items[1].name", "同名")));
        spoil(
                "fill-steward",
                Spoiled.empty(
                        "/resources/"
                                + blank
                                + "/edit/mount?source="
                                + source
                                + "&schema=public&table=t1"));
        spoil("fill-authority", Spoiled.empty("/resources/" + second + "/withdrawal"));
        spoil("fill-reviewer", Spoiled.empty("/resources/" + submitted + "/review"));
        spoil("fill-reviewer", Spoiled.empty("/substitutes"));
        spoil("fill-authority", Spoiled.empty("/resources/" + checked + "/review"));
        spoil("fill-authority", Spoiled.empty("/classification?under=3"));
    }

    private void requests(long source, Profiles profiles) {
        var resource = published(source, "残疾人基本信息", "CONDITIONAL");
        var draft = ask(resource, Map.of());
        var visitor = visitor("fill-asker");
        assertThat(
                        visitor.upload(
                                        "/requests/" + draft,
                                        "/requests/" + draft + "/attachments",
                                        "file",
                                        "委托书.pdf",
                                        "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
                                                .getBytes(
                                                        java.nio.charset.StandardCharsets.US_ASCII))
                                .statusCode())
                .isEqualTo(200);
        var sent = sent(resource);
        var sentBack = sent(resource);
        done(authority, REQUESTS, sentBack, "return", Map.of("reason", "补充委托书"));
        var withdrawn = sent(resource);
        done(sender, REQUESTS, withdrawn, "withdrawal", Map.of("reason", "改用其他资源"));
        var accepted = accepted(resource);
        var proposed = accepted(resource);
        proposes(proposed);
        var granted = granted(resource);
        var grant = grant(granted);
        var ended = grant(granted(resource));
        done(reviewer, "/api/v1/grants", ended, "revocation", Map.of("reason", "用途已经结束"));
        var refused = refused(resource);
        var talking = refused(resource);
        done(sender, REQUESTS, talking, "negotiation", Map.of("reason", "因履行职责确需"));
        var kept = refused(resource);
        done(sender, REQUESTS, kept, "negotiation", Map.of("reason", "因履行职责确需"));
        done(reviewer, REQUESTS, kept, "negotiation/confirmation", Map.of("reason", "依据不变"));
        var appealed = refused(resource);
        done(sender, REQUESTS, appealed, "negotiation", Map.of("reason", "因履行职责确需"));
        done(reviewer, REQUESTS, appealed, "negotiation/confirmation", Map.of("reason", "依据不变"));
        done(sender, REQUESTS, appealed, "arbitration", Map.of("reason", "协商未果"));
        profiles.choose(Actor.PLATFORM, "REG_2025");
        var slow = accepted(resource);
        var slower = accepted(resource);
        profiles.choose(Actor.PLATFORM, "SEED_2017");
        done(reviewer, REQUESTS, slower, "extension", Map.of("days", 5, "reason", "需向上级核对数据"));
        var renewed =
                id(
                        done(
                                201,
                                asker,
                                "/api/v1/grants",
                                grant(granted(resource)),
                                "renewal",
                                Map.of("until", today().plusYears(2).toString())));

        open("fill-asker", "/notices", "/notices?unread=true", "/account/notices", "/late");
        open("fill-steward", "/requests/" + accepted + "/what-if", "/deadlines/moved");
        open("fill-steward", "/requests/" + accepted + "/what-if?on=" + today().plusMonths(2));
        spoil("fill-asker", new Spoiled("/account/notices", "", Map.of("mail", "EACH")));
        open("fill-authority", "/notices", "/late", "/late?organization=" + provider);
        open("fill-asker", "/", "/resources/" + resource, "/resources/" + resource + "/items");
        open("fill-asker", "/resources?q=残疾人", "/requests/new?resource=" + resource);
        open("fill-asker", "/requests", "/grants");
        for (var id :
                List.of(draft, sent, sentBack, withdrawn, granted, refused, appealed, renewed))
            open("fill-asker", "/requests/" + id);
        open("fill-asker", "/requests/" + draft + "/edit", "/requests/" + sentBack + "/edit");
        open("fill-asker", "/requests/" + sent + "/withdrawal");
        open("fill-asker", "/requests/" + sent + "/amendment");
        open("fill-asker", "/requests/" + granted + "/letter", "/requests/" + refused + "/letter");
        open("fill-asker", "/requests/" + appealed + "/dispute");
        open("fill-asker", "/grants/" + grant, "/grants/" + grant + "/renewal", "/grants/" + ended);
        open("fill-sender", "/", "/requests/" + draft, "/requests/" + refused + "/dispute");
        open("fill-sender", "/requests/" + kept + "/dispute", "/requests/" + kept);
        open("fill-steward", "/requests", "/requests/" + accepted, "/grants", "/grants/" + grant);
        open("fill-steward", "/requests/" + accepted + "/decision");
        open("fill-reviewer", "/requests/" + proposed, "/requests/" + proposed + "/decision");
        open("fill-reviewer", "/requests/" + proposed + "/letter", "/requests/" + talking);
        open("fill-reviewer", "/requests/" + talking + "/dispute");
        open("fill-reviewer", "/requests/" + slow + "/extension", "/requests/" + slower);
        open("fill-reviewer", "/grants/" + grant + "/revocation");
        open("fill-authority", "/requests/" + sent, "/requests/" + sent + "/return");
        open("fill-authority", "/requests/" + appealed + "/dispute");
        open("fill-authority", "/requests/" + slower + "/extension", "/requests", "/grants");

        spoil("fill-asker", Spoiled.empty("/requests/new?resource=" + resource));
        spoil("fill-asker", Spoiled.empty("/requests/" + draft + "/edit"));
        spoil(
                "fill-asker",
                new Spoiled("/requests/" + draft, "form[action$='/attachments']", Map.of()));
        spoil("fill-asker", Spoiled.empty("/grants/" + grant + "/renewal"));
        spoil("fill-sender", Spoiled.empty("/requests/" + refused + "/dispute"));
        spoil("fill-sender", Spoiled.empty("/requests/" + kept + "/dispute"));
        spoil(
                "fill-steward",
                new Spoiled(
                        "/requests/" + accepted + "/decision",
                        "",
                        Map.of("outcome", "GRANT_IN_PART")));
        spoil(
                "fill-steward",
                new Spoiled(
                        "/requests/" + accepted + "/decision", "", Map.of("outcome", "REFUSE")));
        spoil(
                "fill-reviewer",
                new Spoiled("/requests/" + proposed + "/decision", "", Map.of("do", "back")));
        spoil("fill-reviewer", Spoiled.empty("/requests/" + talking + "/dispute"));
        spoil("fill-reviewer", Spoiled.empty("/requests/" + slow + "/extension"));
        spoil("fill-reviewer", Spoiled.empty("/grants/" + grant + "/revocation"));
        spoil("fill-authority", Spoiled.empty("/requests/" + sent + "/return"));
        spoil("fill-authority", Spoiled.empty("/requests/" + appealed + "/dispute"));
        spoil("fill-authority", Spoiled.empty("/requests/" + slower + "/extension"));
    }

    private void runs(long source) {
        var target = source(asker, to, "医保业务库", Map.of());
        var quick = grant(sent(published(source, "残疾人评定机构名录", "UNCONDITIONAL")));
        var delivered = run(quick, target, "delivered");
        awaitState(delivered, "DELIVERED");
        var failed = run(quick, target, "failed");
        awaitState(failed, "DELIVERED");
        db.sql(
                        """
                        update exchange.run set state = 'FAILED', receipt = null, entry = null, failure_key = 'engine:x',
                            failure_zh = '目标库磁盘已满', failure_en = 'the target is full' where id = :id
                        """)
                .param("id", failed)
                .update();
        var limited =
                source(
                        steward,
                        from,
                        "残联业务库（限速）",
                        Map.of("maxMegabytesPerSecond", 0.001, "statementTimeoutSeconds", 0));
        var slow = grant(sent(published(limited, "残疾人补贴发放流水", "UNCONDITIONAL", table(300_000))));
        var cancelled = run(slow, target, "cancelled");
        awaitState(cancelled, "RUNNING");
        done(200, asker, "/api/v1/runs/" + cancelled + "/cancellation", Map.of("reason", "口径有误"));
        awaitState(cancelled, "CANCELLED");
        var running = run(slow, target, "running");
        awaitState(running, "RUNNING");
        var waiting = run(slow, target, "running");

        var file =
                done(
                                202,
                                asker,
                                "/api/v1/runs",
                                Map.of("grant", quick, "rail", "file", "format", "csv"))
                        .<String>at("$.id");
        awaitState(file, "DELIVERED");
        var order =
                Map.<String, Object>of(
                        "grant", quick, "rail", "file", "format", "xlsx", "rhythm", "AFTER_UPDATE");
        var ordered = done(201, asker, "/api/v1/schedules", order).<Integer>at("$.id");
        open("fill-steward", "/runs/" + file);
        open("fill-asker", "/runs/" + file, "/runs/new?grant=" + quick + "&again=" + file);
        open(
                "fill-asker",
                "/sources/" + target,
                "/runs",
                "/runs/new?grant=" + quick,
                "/schedules/" + ordered,
                "/schedules",
                "/schedules/new?grant=" + quick);
        for (var run : List.of(delivered, failed, cancelled, running, waiting))
            open("fill-asker", "/runs/" + run);
        open("fill-asker", "/runs/" + delivered + "/receipt", "/grants/" + quick);
        open("fill-asker", "/runs/" + running + "/cancellation");
        open("fill-steward", "/runs", "/runs/" + delivered, "/runs/" + delivered + "/receipt");
        open("fill-authority", "/runs", "/runs/" + failed);
        moved(asker, target);
        spoil("fill-asker", Spoiled.empty("/runs/new?grant=" + quick));
        spoil("fill-asker", Spoiled.empty("/runs/" + running + "/cancellation"));
    }

    /** Its new address waits for the department's reviewer. */
    private void moved(String asker, long target) {
        var there = city.get(asker, "/api/v1/sources/" + target);
        var body =
                Map.<String, Object>of(
                        "name",
                        there.at("$.name"),
                        "jdbcUrl",
                        there.<String>at("$.jdbcUrl") + "_2027",
                        "username",
                        there.at("$.username"),
                        "password",
                        "another");
        assertThat(city.put(asker, "/api/v1/sources/" + target, body).status()).isEqualTo(200);
        open(
                "fill-asker",
                "/source-changes",
                "/sources/" + target + "/address-change",
                "/sources/" + target);
        open("fill-authority", "/source-changes");
    }

    private void administration() {
        var security = visitor("fill-security");
        assertThat(
                        security.submit(
                                        "/substitutes",
                                        "/substitutes",
                                        Map.of(
                                                "absent", "fill-reviewer",
                                                "substitute", "fill-steward",
                                                "from", today().plusDays(30).toString(),
                                                "until", today().plusDays(31).toString(),
                                                "reason", "外出培训"))
                                .body())
                .contains("fill-steward");
        var program =
                city.get(city.token(City.BUREAU, Role.SECURITY_ADMIN), "/api/v1/clients")
                        .<String>at("$.items[0].clientId");
        var system = visitor("fill-system");
        var organizations = "/admin/organizations";
        var report =
                system.upload(
                                organizations + "/import",
                                organizations + "/import",
                                "file",
                                "部门表.xlsx",
                                system.download(organizations + "/export.xlsx"))
                        .uri()
                        .getPath();
        assertThat(report).startsWith(organizations + "/import/");

        open("fill-security", "/", "/admin/users", "/admin/users?q=fill", "/admin/users?q=没有此人");
        for (var part : List.of("", "/closing", "/password"))
            open("fill-security", "/admin/users/fill-asker" + part);
        open("fill-security", "/admin/programs");
        for (var part : List.of("", "/secret", "/closing"))
            open("fill-security", "/admin/programs/" + program + part);
        open("fill-security", "/admin/sessions", "/substitutes");
        open("fill-system", "/", "/account/password", "/first-steps", "/preferences", "/style");
        open("fill-system", organizations, organizations + "?q=没有", organizations + "/import");
        open("fill-system", report, organizations + "/" + provider);
        open("fill-system", organizations + "/" + provider + "/closing");
        open("fill-system", "/admin/calendar", "/admin/calendar/2026", "/admin/settings");
        open("fill-system", "/admin/networks", "/admin/line");
        work();
        spoil("fill-system", new Spoiled("/admin/networks", "form[action$='/networks']", Map.of()));
        open("fill-system", "/admin/mail", "/admin/reminders", "/admin/upkeep", "/notices");
        spoil("fill-system", Spoiled.empty("/admin/reminders"));
        spoil("fill-system", Spoiled.empty("/admin/upkeep"));
        spoil("fill-system", new Spoiled("/admin/mail", "form[action$='/server']", Map.of()));
        open("fill-system", "/admin/legal-profile");
        open("fill-system", "/admin/legal-profile/adoption?code=REG_2025");
        open("fill-audit", "/", "/audit", "/audit?actor=nobody-of-that-name", "/audit/entries/1");
        open("fill-audit", "/audit/verification", "/ledger");

        spoil("fill-security", Spoiled.empty("/admin/users/fill-asker"));
        spoil("fill-security", Spoiled.empty("/admin/users"));
        spoil("fill-security", Spoiled.empty("/admin/programs"));
        spoil("fill-security", Spoiled.empty("/admin/programs/" + program));
        spoil("fill-security", Spoiled.empty("/substitutes"));
        spoil("fill-system", Spoiled.empty("/account/password"));
        spoil("fill-system", Spoiled.empty(organizations));
        spoil("fill-system", Spoiled.empty(organizations + "/" + provider));
        spoil("fill-system", Spoiled.empty(organizations + "/import"));
        spoil("fill-system", Spoiled.empty("/admin/calendar"));
        spoil(
                "fill-system",
                new Spoiled("/admin/settings", "", Map.of("site.phone", "0".repeat(41))));
        spoil("fill-audit", Spoiled.empty("/ledger"));
    }

    // steps, over REST

    private String table(int rows) {
        var name = "t" + ++names;
        from.run(
                "create table %s (id bigint primary key, name text not null, phone text, born date, note text)"
                        .formatted(name),
                "comment on table %s is '残疾人信息表%s'".formatted(name, name),
                "comment on column %s.id is '编号'".formatted(name),
                "comment on column %s.name is '姓名'".formatted(name),
                "comment on column %s.phone is '联系电话'".formatted(name),
                "comment on column %s.born is '出生日期'".formatted(name),
                "insert into %s select g, '李明远', '19900000000', date '1990-03-07', repeat('文', 20) from generate_series(1, %d) g"
                        .formatted(name, rows));
        return name;
    }

    private City.Answer drafted(
            long source, String table, @Nullable Map<String, Object> description) {
        var body =
                new HashMap<String, Object>(
                        Map.of("source", source, "schema", "public", "table", table));
        if (description != null) body.put("description", description);
        return city.post(steward, RESOURCES, body);
    }

    private long draft(long source, String name, String kind) {
        return draft(source, name, kind, table(30));
    }

    private long draft(long source, String name, String kind, String table) {
        var description = new HashMap<String, Object>();
        description.put("name", name);
        description.put("classification", "3079900001");
        description.put("summary", "全市持证残疾人的基本情况，来自残疾人证办理，每日更新，用于核对资格。");
        description.put("formatKind", "DATABASE");
        description.put("formatType", "PostgreSQL");
        description.put("sharingKind", kind);
        if (kind.equals("CONDITIONAL")) description.put("sharingCondition", "用于补贴、减免资格核验");
        description.put("sharingMethodKind", "PLATFORM");
        description.put("sharingMethodType", "DATABASE");
        description.put("updateCycle", "DAILY");
        return id(done(201, drafted(source, table, description)));
    }

    private long published(long source, String name, String kind) {
        return published(source, name, kind, table(30));
    }

    private long published(long source, String name, String kind, String table) {
        var id = draft(source, name, kind, table);
        done(steward, RESOURCES, id, "submission", NOTHING);
        done(reviewer, RESOURCES, id, "department-review", Map.of("approve", true));
        done(authority, RESOURCES, id, "authority-review", Map.of("approve", true));
        done(authority, RESOURCES, id, "publication", NOTHING);
        return id;
    }

    private long ask(long resource, Map<String, Object> more) {
        var body = new HashMap<>(more);
        body.put("resource", resource);
        body.putIfAbsent("fields", List.of("id", "name", "born"));
        body.put("purpose", "DATA_VERIFICATION");
        body.put("purposeText", "核对参保资助对象");
        body.put("basis", "《社会救助暂行办法》第五章");
        body.put("until", today().plusMonths(6).toString());
        return id(done(201, city.post(asker, REQUESTS, body)));
    }

    private long sent(long resource) {
        var id = ask(resource, Map.of());
        done(sender, REQUESTS, id, "sending", NOTHING);
        return id;
    }

    private long accepted(long resource) {
        var id = sent(resource);
        done(authority, REQUESTS, id, "acceptance", NOTHING);
        return id;
    }

    private long prepared(long resource) {
        var id = accepted(resource);
        done(steward, REQUESTS, id, "preparation", Map.of("proposal", "拟同意"));
        return id;
    }

    private long granted(long resource) {
        var id = prepared(resource);
        done(reviewer, REQUESTS, id, "decision", Map.of("outcome", "GRANT"));
        return id;
    }

    private long refused(long resource) {
        var id = prepared(resource);
        done(
                reviewer,
                REQUESTS,
                id,
                "decision",
                Map.of(
                        "outcome", "REFUSE",
                        "reason", "涉及个人隐私",
                        "basisKind", "LAW",
                        "basis", "《某法》第一条"));
        return id;
    }

    /** As the steward's page sends it: a part, masked, with reasons. */
    private void proposes(long request) {
        var path = "/requests/" + request + "/decision";
        var answer =
                visitor("fill-steward")
                        .submit(
                                path,
                                path,
                                Map.of(
                                        "do", "submit",
                                        "outcome", "GRANT_IN_PART",
                                        "fields", "name",
                                        "mask-name", "name",
                                        "why-id", "核对不需要编号",
                                        "why-born", "核对不需要出生日期",
                                        "opinion", "同意提供姓名，脱敏",
                                        "reason", "最小必要",
                                        "until", today().plusMonths(3).toString()));
        assertThat(answer.uri().getPath()).as(answer.body()).isEqualTo("/requests/" + request);
    }

    private long grant(long request) {
        return city.get(asker, REQUESTS + "/" + request).<Number>at("$.grant").longValue();
    }

    private String run(long grant, long target, String table) {
        return done(
                        202,
                        city.post(
                                asker,
                                "/api/v1/runs",
                                Map.of(
                                        "grant", grant,
                                        "target", target,
                                        "schema", "public",
                                        "table", table)))
                .at("$.id");
    }

    private void awaitState(String run, String state) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        city.get(asker, "/api/v1/runs/" + run).<String>at("$.state").equals(state));
    }

    private Visitor visitor(String username) {
        var visitor = new Visitor(city);
        visitor.login(username, PASSWORD);
        return visitor;
    }

    private static LocalDate today() {
        return LocalDate.now(Clock.ZONE);
    }

    private City.Answer done(
            String token, String path, long id, String step, Map<String, Object> body) {
        return done(200, token, path, id, step, body);
    }

    private City.Answer done(
            int status, String token, String path, long id, String step, Map<String, Object> body) {
        return done(status, token, path + "/" + id + "/" + step, body);
    }

    private City.Answer done(int status, String token, String path, Map<String, Object> body) {
        return done(status, city.post(token, path, body));
    }

    private static City.Answer done(int status, City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private static long id(City.Answer answer) {
        return answer.<Number>at("$.id").longValue();
    }

    private void open(String reader, String... paths) {
        pages.computeIfAbsent(reader, _ -> new ArrayList<>()).addAll(List.of(paths));
    }

    private void spoil(String reader, Spoiled form) {
        spoiled.computeIfAbsent(reader, _ -> new ArrayList<>()).add(form);
    }
}
