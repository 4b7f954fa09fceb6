package shuqiao.demo;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Classification;
import shuqiao.catalog.Description;
import shuqiao.catalog.ResourceQuery;
import shuqiao.catalog.Reviews;
import shuqiao.catalog.Stage;
import shuqiao.exchange.Exchange;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.sharing.AskEntry;
import shuqiao.sharing.Decisions;
import shuqiao.sharing.Grants;
import shuqiao.sharing.Profiles;
import shuqiao.sharing.Request;
import shuqiao.sharing.Sharing;
import shuqiao.source.Registration;
import shuqiao.source.Sources;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has happened in the demo city so far, acted out by its people through the doors that all
 * use.
 */
@Component
class Story {

    private static final Logger LOG = LoggerFactory.getLogger(Story.class);
    private static final Page.Request ALL = new Page.Request(Page.LIMIT_MAX, Long.MAX_VALUE);

    private final Sources sources;
    private final Classification classification;
    private final Catalog catalog;
    private final Reviews reviews;
    private final Profiles profiles;
    private final Sharing sharing;
    private final Decisions decisions;
    private final Grants grants;
    private final Exchange exchange;
    private final JsonMapper json;
    private final InstantSource clock;

    Story(
            Sources sources,
            Classification classification,
            Catalog catalog,
            Reviews reviews,
            Profiles profiles,
            Sharing sharing,
            Decisions decisions,
            Grants grants,
            Exchange exchange,
            JsonMapper json,
            InstantSource clock) {
        this.sources = sources;
        this.classification = classification;
        this.catalog = catalog;
        this.reviews = reviews;
        this.profiles = profiles;
        this.sharing = sharing;
        this.decisions = decisions;
        this.grants = grants;
        this.exchange = exchange;
        this.json = json;
        this.clock = clock;
    }

    void tell(Map<String, LocalDatabases.Access> databases) {
        profiles.adopt("SEED_2017");
        classify();
        if (databases.isEmpty()) {
            LOG.info(
                    "no embedded server: the demo city has no departments' databases, so no exchanges");
            return;
        }
        var villages = publish(Cast.CIVIL_AFFAIRS, databases, Entries.VILLAGES);
        publish(Cast.POLICE, databases, Entries.RESIDENTS);
        publish(Cast.MARKET, databases, Entries.ENTERPRISES);
        var lowIncome = publish(Cast.CIVIL_AFFAIRS, databases, Entries.LOW_INCOME);
        submit(Cast.SOCIAL_SECURITY, databases, Entries.INSURED);
        deliver(villages, databases);
        waitForAnswer(lowIncome);
    }

    private void classify() {
        var there =
                classification.all(Actor.PLATFORM).stream().map(node -> node.fullCode()).toList();
        add(there, "307", "990", "云泽市市级政务部门", "Departments of Yunze");
        add(there, "307990", "0001", "民政", "Civil affairs");
        add(there, "307990", "0002", "公安", "Public security");
        add(there, "307990", "0003", "市场监管", "Market regulation");
        add(there, "307990", "0004", "人力资源和社会保障", "Human resources and social security");
    }

    private void add(List<String> there, String parent, String code, String name, String nameEn) {
        if (!there.contains(parent + code))
            classification.add(
                    Actor.PLATFORM, new Classification.NewClassNode(parent, code, name, nameEn));
    }

    private long source(Cast.Department department, Map<String, LocalDatabases.Access> databases) {
        var steward = player(department, Role.STEWARD);
        var name = department.shortName() + "业务库";
        for (var known : sources.list(steward, ALL).items())
            if (known.name().equals(name)) return known.id();
        var access = databases.get(department.code());
        if (access == null) throw new IllegalStateException("no database of " + department.name());
        return sources.register(
                        steward,
                        new Registration(
                                name,
                                access.url(),
                                access.user(),
                                access.password(),
                                null,
                                null,
                                8,
                                null,
                                null,
                                null,
                                null,
                                null))
                .id();
    }

    private long draft(
            Cast.Department department,
            Map<String, LocalDatabases.Access> databases,
            Entries.Entry entry) {
        var steward = player(department, Role.STEWARD);
        for (var known :
                catalog.search(steward, ResourceQuery.of(entry.name(), department.code()), ALL)
                        .items()) if (known.name().equals(entry.name())) return known.id();
        return catalog.draft(
                        steward,
                        new Catalog.NewResource(
                                source(department, databases),
                                "public",
                                entry.table(),
                                json.convertValue(entry.described(), Description.class)))
                .id();
    }

    /** Goes on from whatever state an earlier start left. */
    private long publish(
            Cast.Department department,
            Map<String, LocalDatabases.Access> databases,
            Entries.Entry entry) {
        var id = draft(department, databases, entry);
        var steward = player(department, Role.STEWARD);
        var yes = new Reviews.Decision(true, "同意");
        while (true) {
            switch (catalog.find(steward, id).state()) {
                case DRAFT, RETURNED -> reviews.submit(steward, id);
                case SUBMITTED ->
                        reviews.departmentReview(player(department, Role.REVIEWER), id, yes);
                case DEPARTMENT_APPROVED -> reviews.authorityReview(authority(), id, yes);
                case APPROVED -> reviews.publish(authority(), id);
                case PUBLISHED, WITHDRAWN -> {
                    return id;
                }
            }
        }
    }

    private void submit(
            Cast.Department department,
            Map<String, LocalDatabases.Access> databases,
            Entries.Entry entry) {
        var id = draft(department, databases, entry);
        var steward = player(department, Role.STEWARD);
        if (catalog.find(steward, id).state() == Stage.DRAFT) reviews.submit(steward, id);
    }

    /** The police get the villages of one province, with a receipt. */
    private void deliver(long villages, Map<String, LocalDatabases.Access> databases) {
        var steward = player(Cast.POLICE, Role.STEWARD);
        if (exchange.list(steward, null, null, ALL).total() > 0) return;
        var request =
                request(
                        villages,
                        Cast.POLICE,
                        "BUSINESS_COOPERATION",
                        "户籍地址标准化，核对村（社区）名称与代码",
                        json.readTree(
                                "[{\"field\":\"province_code\",\"op\":\"eq\",\"value\":\"21\"}]"));
        var grant = grants.list(steward, villages, request.id(), ALL).items().getFirst().id();
        var run =
                exchange.ask(
                        steward,
                        new Exchange.Wish(
                                grant,
                                source(Cast.POLICE, databases),
                                "exchange",
                                "village_liaoning",
                                "snapshot",
                                false));
        waitFor(steward, run.id());
    }

    private void waitFor(Actor actor, String run) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try {
            while (!exchange.find(actor, run).isOver() && System.nanoTime() < deadline)
                TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Market regulation asks for low-income households: accepted, the clock runs, civil affairs
     * must answer.
     */
    private void waitForAnswer(long lowIncome) {
        var request =
                request(lowIncome, Cast.MARKET, "ADMINISTRATIVE_BASIS", "核验个体工商户登记费减免对象", null);
        if (request.state() == shuqiao.sharing.RequestState.SENT)
            decisions.accept(authority(), request.id());
    }

    private Request request(
            long resource,
            Cast.Department consumer,
            String purpose,
            String words,
            tools.jackson.databind.@org.jspecify.annotations.Nullable JsonNode filter) {
        var steward = player(consumer, Role.STEWARD);
        for (var known : sharing.list(steward, null, resource, ALL).items())
            if (known.consumer().equals(consumer.code()))
                return known.state() == shuqiao.sharing.RequestState.DRAFT
                        ? sharing.send(player(consumer, Role.REVIEWER), known.id())
                        : known;
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        var draft =
                sharing.draft(
                        steward,
                        new AskEntry(
                                resource,
                                null,
                                filter,
                                null,
                                purpose,
                                words,
                                "《政务信息资源共享管理暂行办法》（国发〔2016〕51号）第十二条",
                                words,
                                "snapshot",
                                today.toString(),
                                today.plusYears(1).toString()));
        return sharing.send(player(consumer, Role.REVIEWER), draft.id());
    }

    private static Actor player(Cast.Department department, Role role) {
        var player =
                department.players().stream()
                        .filter(one -> one.roles().contains(role))
                        .findFirst()
                        .orElseThrow();
        return new Actor(
                Actor.Kind.PERSON,
                player.username(),
                player.name(),
                department.code(),
                Set.of(role));
    }

    private static Actor authority() {
        return player(Cast.BUREAU, Role.AUTHORITY);
    }
}
