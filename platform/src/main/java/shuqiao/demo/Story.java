package shuqiao.demo;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.exchange.Exchange;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.LocalDatabases;
import shuqiao.sharing.AskEntry;
import shuqiao.sharing.Decisions;
import shuqiao.sharing.Grants;
import shuqiao.sharing.Profiles;
import shuqiao.sharing.Request;
import shuqiao.sharing.RequestState;
import shuqiao.sharing.Sharing;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has happened in the small city, acted out in the present by its people through the doors
 * that all use.
 */
@Component
class Story {

    private static final Logger LOG = LoggerFactory.getLogger(Story.class);
    static final String LAW = "《政务信息资源共享管理暂行办法》（国发〔2016〕51号）第十二条";

    private final Shelf shelf;
    private final Profiles profiles;
    private final Sharing sharing;
    private final Decisions decisions;
    private final Grants grants;
    private final Exchange exchange;
    private final JsonMapper json;
    private final InstantSource clock;

    Story(
            Shelf shelf,
            Profiles profiles,
            Sharing sharing,
            Decisions decisions,
            Grants grants,
            Exchange exchange,
            JsonMapper json,
            InstantSource clock) {
        this.shelf = shelf;
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
        shelf.classify(true);
        if (databases.isEmpty()) {
            LOG.info(
                    "no embedded server: the demo city has no departments' databases, so no exchanges");
            return;
        }
        for (var sheet : Sheets.shipped().all(true)) {
            shelf.draft(sheet, databases);
            shelf.bring(sheet);
        }
        deliver(databases);
        waitForAnswer();
    }

    /** The police get the villages of one province, with a receipt. */
    private void deliver(Map<String, LocalDatabases.Access> databases) {
        var steward = Cast.steward(Cast.POLICE);
        if (exchange.list(steward, null, null, Shelf.ALL).total() > 0) return;
        var villages = shelf.resource("village");
        var request =
                request(
                        villages,
                        Cast.POLICE,
                        "BUSINESS_COOPERATION",
                        "户籍地址标准化，核对村（社区）名称与代码",
                        "[{\"field\":\"province_code\",\"op\":\"eq\",\"value\":\"21\"}]");
        var grant = grants.list(steward, villages, request.id(), Shelf.ALL).items().getFirst().id();
        var run =
                exchange.ask(
                        steward,
                        new Exchange.Wish(
                                grant,
                                shelf.source(Cast.POLICE, databases),
                                "exchange",
                                "village_liaoning",
                                "snapshot",
                                false));
        waitFor(exchange, steward, run.id());
    }

    /** False when it is not over after half a minute. */
    static boolean waitFor(Exchange exchange, Actor actor, String run) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try {
            while (!exchange.find(actor, run).isOver()) {
                if (System.nanoTime() > deadline) return false;
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Market regulation asks for low-income households: accepted, the clock runs, civil affairs
     * must answer.
     */
    private void waitForAnswer() {
        var request =
                request(
                        shelf.resource("low_income"),
                        Cast.MARKET,
                        "ADMINISTRATIVE_BASIS",
                        "核验个体工商户登记费减免对象",
                        "");
        if (request.state() == RequestState.SENT) decisions.accept(Cast.authority(), request.id());
    }

    private Request request(
            long resource, Cast.Department consumer, String purpose, String words, String filter) {
        var steward = Cast.steward(consumer);
        for (var known : sharing.list(steward, null, resource, Shelf.ALL).items())
            if (known.consumer().equals(consumer.code()))
                return known.state() == RequestState.DRAFT
                        ? sharing.send(Cast.reviewer(consumer), known.id())
                        : known;
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        var draft =
                sharing.draft(
                        steward,
                        new AskEntry(
                                resource,
                                null,
                                filter.isEmpty() ? null : json.readTree(filter),
                                null,
                                purpose,
                                words,
                                LAW,
                                words,
                                "snapshot",
                                today.toString(),
                                today.plusYears(1).toString()));
        return sharing.send(Cast.reviewer(consumer), draft.id());
    }
}
