package shuqiao.onesource;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.CatalogEvent.ResourcePublished;
import shuqiao.catalog.CatalogEvent.ResourceWithdrawn;
import shuqiao.catalog.Item;
import shuqiao.catalog.PublishedResource;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.Stage;
import shuqiao.engine.ValueSketch;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.onesource.OneSourceEvent.ComparisonAgreed;
import shuqiao.onesource.OneSourceEvent.ValuesSketched;
import shuqiao.source.Sources;

/**
 * Columns of two departments compared by their values, where both have said that theirs may be.
 * What is about persons, withheld or of few values is never compared, and the answer is as coarse
 * as {@link Likeness.Band}.
 */
@Door
public class Comparisons {

    /** How many comparisons a department has on a day, by hand and by itself together. */
    public static final int DAILY_MAX = 20;

    private static final int COLUMNS_MAX = 60;

    /** After a department has agreed or published, when the mount was looked at. */
    private static final Duration FIRST = Duration.ofHours(1);

    private static final Duration EVERY = Duration.ofDays(7);
    private static final Duration AGAIN = Duration.ofDays(1);
    private static final Duration CLOSED = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);

    /** A column that may be compared with those of others, if its department says so. */
    record Candidate(String column, String item, boolean agreed) {}

    private final AgreementTable agreements;
    private final SketchTable sketches;
    private final LikenessTable likenesses;
    private final TurnTable turns;
    private final Elements elements;
    private final Catalog catalog;
    private final Sources sources;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Comparisons(
            AgreementTable agreements,
            SketchTable sketches,
            LikenessTable likenesses,
            TurnTable turns,
            Elements elements,
            Catalog catalog,
            Sources sources,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.agreements = agreements;
        this.sketches = sketches;
        this.likenesses = likenesses;
        this.turns = turns;
        this.elements = elements;
        this.catalog = catalog;
        this.sources = sources;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** What a department may let be compared of its published resource, and what it lets. */
    List<Candidate> candidates(Actor actor, long resource) {
        var it = own(actor, resource);
        var agreed = agreements.of(resource);
        var candidates = new ArrayList<Candidate>();
        comparable(it)
                .forEach((column, item) ->
                        candidates.add(
                                new Candidate(column, item.name(), agreed.contains(column))));
        return candidates;
    }

    /** What was compared with whose columns, for the department alone. */
    List<Likeness> compared(Actor actor, long resource) {
        own(actor, resource);
        return likenesses.of(List.of(resource));
    }

    Optional<Instant> takenAt(long resource) {
        return sketches.takenAt(resource);
    }

    /**
     * The department says which columns may be compared with those of departments that have said
     * the same. Until it does, none is; what it takes back is forgotten at once, with all that was
     * found by it.
     */
    @Transactional
    public Set<String> agree(Actor actor, long resource, @Nullable Collection<String> columns) {
        var it = own(actor, resource);
        catalog.hold(resource, it.version());
        var wanted = columns == null ? Set.<String>of() : new LinkedHashSet<>(columns);
        var comparable = comparable(it);
        var faults = new Invalid.Faults();
        if (columns == null) faults.add("columns", "required");
        for (var column : wanted)
            if (column == null || !comparable.containsKey(column))
                faults.add(
                        "columns",
                        "onesource.not-comparable",
                        Map.of("column", String.valueOf(column)));
        faults.refuseIfAny();
        var now = clock.instant();
        agreements.keepOnly(resource, wanted);
        wanted.forEach(column -> agreements.put(resource, column, actor.subject(), now));
        if (wanted.isEmpty()) turns.forget(resource);
        else turns.follow(resource, now.plus(FIRST));
        events.publishEvent(
                new ComparisonAgreed(resource, it.provider(), List.copyOf(wanted), actor, now));
        return Set.copyOf(wanted);
    }

    /**
     * Has hashes made of the columns that the department lets be compared, in its own database, and
     * compares them with those of other departments. No value leaves the source, and no key of ours
     * goes there.
     *
     * @return of how many columns there are enough values
     */
    public int compare(Actor actor, long resource) {
        actor.require(Role.STEWARD);
        var it = own(actor, resource);
        var columns = agreed(it);
        if (columns.isEmpty()) throw new Conflict("onesource:not-agreed");
        if (!ask(it)) throw new Conflict("onesource:compared-enough", Map.of("times", DAILY_MAX));
        return keep(
                it, sources.sketches(actor, it.source(), it.schema(), it.table(), columns), actor);
    }

    /**
     * Compares one resource whose turn it is, in the hours of its source. A table that cannot be
     * asked has its turn again on the next day; what takes too long is left out.
     */
    @Trusted("the clock takes one turn; false when none is due")
    public boolean turn() {
        return turn(List.of());
    }

    /**
     * As above.
     *
     * @param except resources that broke and are put aside
     * @throws ItemBroke telling which resource broke
     */
    @Trusted("the clock takes one turn; false when none is due")
    public boolean turn(List<Long> except) {
        var due = turns.take(clock.instant(), LEASE, except);
        if (due.isEmpty()) return false;
        var resource = due.orElseThrow();
        try {
            again(resource);
        } catch (RuntimeException broke) {
            throw new ItemBroke(resource, broke);
        }
        return true;
    }

    @Trusted("the clock looks again at what broke")
    void again(long resource) {
        var it = catalog.published(resource).filter(PublishedResource::current).orElse(null);
        if (it == null) turns.forget(resource);
        else if (!sources.allowedNow(it.source(), clock.instant())) later(resource, CLOSED);
        else later(resource, made(it) ? EVERY : AGAIN);
    }

    private boolean made(PublishedResource it) {
        var columns = agreed(it);
        if (columns.isEmpty()) return true;
        if (!ask(it)) return false;
        try {
            keep(
                    it,
                    sources.sketches(it.source(), it.schema(), it.table(), columns),
                    Actor.PLATFORM);
            return true;
        } catch (Refusal why) {
            LOG.info("resource {} was not compared: {}", it.id(), why.key());
            return false;
        }
    }

    private boolean ask(PublishedResource it) {
        var day = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        return sketches.ask(it.provider(), day, DAILY_MAX);
    }

    private void later(long resource, Duration after) {
        turns.later(resource, clock.instant().plus(after));
    }

    /** Writes only what holds now as it held when the server was asked. */
    private int keep(PublishedResource it, Map<String, ValueSketch> taken, Actor actor) {
        return Objects.requireNonNull(
                transaction.execute(_ -> kept(it, taken, actor, clock.instant())));
    }

    private int kept(
            PublishedResource it, Map<String, ValueSketch> taken, Actor actor, Instant now) {
        var resource = it.id();
        catalog.hold(resource, it.version());
        var key = sketches.key();
        var agreed = agreements.hold(resource);
        var samples = new LinkedHashMap<String, Sample>();
        taken.forEach((column, sketch) -> {
            if (agreed.contains(column))
                Sample.of(sketch, key).ifPresent(sample -> samples.put(column, sample));
        });
        var items = comparable(it);
        var found = new ArrayList<Likeness>();
        samples.forEach((column, sample) -> {
            for (var met : sketches.compared(it.provider(), itemKey(items, column), sample))
                found.add(
                        new Likeness(
                                resource,
                                column,
                                met.resource(),
                                met.column(),
                                Likeness.Band.of(met.shared(), met.shorter(), random),
                                now));
        });
        sketches.forget(resource);
        samples.forEach((column, sample) ->
                sketches.put(
                        resource,
                        it.provider(),
                        column,
                        itemKey(items, column),
                        sample,
                        actor.subject(),
                        now));
        found.forEach(likenesses::put);
        events.publishEvent(
                new ValuesSketched(resource, it.provider(), samples.size(), actor, now));
        return samples.size();
    }

    private String itemKey(Map<String, Item> items, String column) {
        return elements.key(Objects.requireNonNull(items.get(column))).orElseThrow();
    }

    private List<String> agreed(PublishedResource it) {
        var agreed = agreements.of(it.id());
        return comparable(it).keySet().stream()
                .filter(agreed::contains)
                .limit(COLUMNS_MAX)
                .toList();
    }

    /**
     * Columns whose values say nothing about a person, by what the department declared, by their
     * names and by what they stand for; and nothing of what is not shared at all.
     */
    private Map<String, Item> comparable(PublishedResource it) {
        var items = new LinkedHashMap<String, Item>();
        if (it.sharingKind() == SharingKind.NOT_SHARED) return items;
        for (var item : it.description().items())
            if (!item.column().isEmpty() && isHarmless(item)) items.put(item.column(), item);
        return items;
    }

    private boolean isHarmless(Item item) {
        var key = elements.key(item);
        return item.shareable()
                && item.sensitivity() == Sensitivity.NONE
                && Sensitivity.guessed(item.name() + " " + item.column()) == Sensitivity.NONE
                && key.isPresent()
                && !elements.isPersonal(key.orElseThrow());
    }

    private PublishedResource own(Actor actor, long resource) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        var seen = catalog.find(actor, resource);
        actor.requireOrganization(seen.provider());
        if (seen.state() == Stage.WITHDRAWN) throw new Conflict("catalog:not-published");
        return catalog.published(resource).orElseThrow(() -> new Conflict("catalog:not-published"));
    }

    // following the catalog

    /** What a new version makes sensitive or withholds is compared no more. */
    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void follow(ResourcePublished published) {
        var agreed = agreements.of(published.resource());
        if (agreed.isEmpty()) return;
        catalog.published(published.resource())
                .ifPresent(
                        it -> agreements.keepOnly(published.resource(), comparable(it).keySet()));
        turns.follow(published.resource(), clock.instant().plus(FIRST));
    }

    @EventListener
    void follow(ResourceWithdrawn withdrawn) {
        agreements.keepOnly(withdrawn.resource(), Set.of());
        turns.forget(withdrawn.resource());
    }
}
