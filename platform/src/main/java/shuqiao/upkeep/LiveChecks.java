package shuqiao.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.PublishedResource;
import shuqiao.catalog.Resource;
import shuqiao.catalog.Reviews;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.shell.Problems;
import shuqiao.source.Sources;
import shuqiao.upkeep.UpkeepEvent.DifferencesFound;

/**
 * 挂接核对: compares what is published with its live table, once a day and whenever somebody asks. The
 * department's database is asked outside of our transactions.
 */
@Door
public class LiveChecks {

    private static final String GONE = "engine:table-vanished";
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final int CLOSED_MAX = 100;

    /** Sources that are asked at a time, so that one that does not answer holds up few others. */
    private static final int AT_ONCE = 4;

    /** What is known of a mount. */
    public record Known(
            long resource,
            String provider,
            String title,
            int version,
            @Nullable Instant checkedAt,
            @Nullable String unreachable,
            List<Difference> open,
            List<Difference> closed) {}

    private final WatchTable watches;
    private final DifferenceTable differences;
    private final Catalog catalog;
    private final Reviews reviews;
    private final Sources sources;
    private final Notices notices;
    private final Problems problems;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final UpkeepRuleTable rules;

    LiveChecks(
            WatchTable watches,
            DifferenceTable differences,
            Catalog catalog,
            Reviews reviews,
            Sources sources,
            Notices notices,
            Problems problems,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock,
            UpkeepRuleTable rules) {
        this.watches = watches;
        this.differences = differences;
        this.catalog = catalog;
        this.reviews = reviews;
        this.sources = sources;
        this.notices = notices;
        this.problems = problems;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
        this.rules = rules;
    }

    /** For the provider and the data authority. */
    public Known find(Actor actor, long resource, Locale locale) {
        return known(seen(actor, resource), locale);
    }

    /** Resources of the actor's department, for the authority of all, that differ. */
    public Page<DifferenceTable.Sum> list(Actor actor, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        return differences.sums(
                actor.has(Role.AUTHORITY) ? "" : actor.requiredOrganization(), page);
    }

    /** Looks now. */
    public Known check(Actor actor, long resource, Locale locale) {
        var watched = seen(actor, resource);
        look(watched);
        return known(seen(actor, resource), locale);
    }

    /** All mounts on a source of the actor's department are looked at next; returns how many. */
    public int checkSource(Actor actor, long source) {
        actor.require(Role.STEWARD);
        var owner =
                sources.find(source)
                        .orElseThrow(() -> new Unknown("source", source))
                        .organization();
        if (!actor.belongsTo(owner)) throw new Unknown("source", source);
        return watches.hurry(source, clock.instant());
    }

    /**
     * Begins the next version of the catalog entry with what the table has become: lost items left
     * out, changed ones changed, new columns as items that are not shared until somebody says so.
     */
    public Resource draft(Actor actor, long resource) {
        actor.require(Role.STEWARD);
        var watched = seen(actor, resource);
        actor.requireOrganization(watched.provider());
        var open = differences.open(resource);
        if (open.isEmpty()) throw new Conflict("upkeep:no-differences");
        if (open.stream().anyMatch(it -> it.kind() == DifferenceKind.TABLE_GONE))
            throw new Conflict("upkeep:table-gone", Map.of("title", watched.title()));
        var version =
                catalog.published(resource).orElseThrow(() -> new Unknown("resource", resource));
        var table = sources.describe(version.source(), version.schema(), version.table());
        return reviews.newVersion(
                actor,
                resource,
                version.version(),
                NextVersion.of(version.description(), open, table),
                open.stream()
                        .filter(it -> it.kind() == DifferenceKind.COLUMN_ADDED)
                        .map(Difference::column)
                        .toList());
    }

    /** As below, and all of them. */
    @Trusted("the clock takes one turn; false when none is due")
    public boolean turn() {
        return turn(List.of());
    }

    /**
     * Looks at a few mounts whose turn it is, each on another source.
     *
     * @param except resources that broke and are put aside
     * @throws ItemBroke telling which resource broke; the others were looked at
     */
    @Trusted("the clock takes one turn; false when none is due")
    public boolean turn(List<Long> except) {
        var due = new ArrayList<WatchTable.Watched>();
        while (due.size() < AT_ONCE) {
            var asked = due.stream().map(WatchTable.Watched::source).toList();
            var next = watches.take(clock.instant(), LEASE, asked, except);
            if (next.isEmpty()) break;
            due.add(next.orElseThrow());
        }
        if (due.isEmpty()) return false;
        ItemBroke broken = null;
        try (var looking = Executors.newVirtualThreadPerTaskExecutor()) {
            var looks = due.stream().map(it -> looking.submit(() -> turn(it))).toList();
            for (var at = 0; at < due.size(); at++) {
                try {
                    looks.get(at).get();
                } catch (ExecutionException broke) {
                    // of several that break one is told; the others come again when the lease is
                    // over
                    broken = new ItemBroke(due.get(at).resource(), cause(broke));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (broken != null) throw broken;
        return true;
    }

    private static RuntimeException cause(ExecutionException broke) {
        return broke.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(broke.getCause());
    }

    @Trusted("the clock looks again at what broke")
    void again(long resource) {
        watches.find(resource).ifPresent(this::turn);
    }

    private void turn(WatchTable.Watched due) {
        if (sources.allowedNow(due.source(), clock.instant())) look(due);
        else watches.later(due.resource(), clock.instant().plus(AGAIN));
    }

    private WatchTable.Watched seen(Actor actor, long resource) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var it =
                watches.find(resource)
                        .or(() -> begin(resource))
                        .orElseThrow(() -> new Unknown("resource", resource));
        if (!actor.has(Role.AUTHORITY) && !actor.belongsTo(it.provider())) {
            catalog.find(actor, resource);
            actor.requireOrganization(it.provider());
        }
        return it;
    }

    /** What was published before this room was there. */
    private Optional<WatchTable.Watched> begin(long resource) {
        var version = catalog.published(resource).filter(PublishedResource::current);
        if (version.isEmpty()) return Optional.empty();
        watches.follow(version.orElseThrow(), clock.instant());
        return watches.find(resource);
    }

    private Known known(WatchTable.Watched it, Locale locale) {
        var said = locale.getLanguage().equals("en") ? it.saidEn() : it.saidZh();
        return new Known(
                it.resource(),
                it.provider(),
                it.title(),
                it.version(),
                it.checkedAt(),
                it.outcome() == WatchTable.Outcome.UNREACHABLE ? said : null,
                differences.open(it.resource()),
                differences.closed(it.resource(), CLOSED_MAX));
    }

    private void look(WatchTable.Watched watched) {
        var version = catalog.published(watched.resource()).orElse(null);
        if (version == null || version.withdrawn()) {
            watches.forget(watched.resource());
            return;
        }
        @Nullable Table table = null;
        try {
            table = sources.describe(version.source(), version.schema(), version.table());
        } catch (Refusal why) {
            if (!why.key().equals(GONE)) {
                unreachable(watched, why);
                return;
            }
        }
        var now = table;
        transaction.executeWithoutResult(_ -> record(version, now));
    }

    private void unreachable(WatchTable.Watched watched, Refusal why) {
        var now = clock.instant();
        var chinese = problems.sentence(why, Messages.CHINESE);
        var english = problems.sentence(why, Locale.ENGLISH);
        watches.unreachable(watched.resource(), chinese, english, now, now.plus(AGAIN));
        // a server that does not answer is not asked ten seconds for each of its tables
        if (why.kind() == Refusal.Kind.UNAVAILABLE)
            watches.unreachableToo(watched.source(), chinese, english, now, now.plus(AGAIN));
    }

    private void record(PublishedResource version, @Nullable Table table) {
        var watched = watches.lock(version.id()).orElse(null);
        // another version was published while we looked: it has its own turn
        if (watched == null || watched.version() != version.version()) return;
        var now = clock.instant();
        var found =
                table == null
                        ? List.of(Comparison.gone(version))
                        : Comparison.of(version, watched.baseline(), table);
        var still = new HashSet<String>();
        found.forEach(it -> still.add(it.kind() + "\n" + it.column()));
        differences.close(
                differences.open(version.id()).stream()
                        .filter(it -> !still.contains(it.kind() + "\n" + it.column()))
                        .map(Difference::id)
                        .toList(),
                now);
        var fresh = found.stream().filter(it -> differences.put(watched, it, now)).toList();
        watches.looked(
                version.id(),
                found.isEmpty() ? WatchTable.Outcome.SAME : WatchTable.Outcome.DIFFERENT,
                table == null ? null : Shape.of(table),
                now,
                now.plus(Duration.ofHours(rules.rule().checkHours())));
        events.publishEvent(new MountLooked(version.id(), version.version(), found.size(), now));
        if (!fresh.isEmpty()) tell(version, fresh.size(), now);
    }

    private void tell(PublishedResource version, int count, Instant now) {
        events.publishEvent(
                new DifferencesFound(
                        version.id(),
                        version.provider(),
                        version.version(),
                        count,
                        Actor.PLATFORM,
                        now));
        notices.tell(
                version.provider(),
                Set.of(Role.STEWARD),
                new Notices.Notice(
                        "upkeep.differences",
                        Map.of("title", version.name(), "count", count),
                        "/resources/" + version.id() + "/differences"));
    }
}
