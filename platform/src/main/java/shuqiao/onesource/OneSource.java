package shuqiao.onesource;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.CatalogEvent.ResourcePublished;
import shuqiao.catalog.CatalogEvent.ResourceWithdrawn;
import shuqiao.catalog.Description;
import shuqiao.catalog.ResourceQuery;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.onesource.OneSourceEvent.DuplicateAnswered;
import shuqiao.onesource.OneSourceEvent.SourceDecided;

/**
 * 一数一源: which departments catalogue the same item, from which of them it is to be taken, and what
 * the others answer.
 */
@Door
public class OneSource implements Tells {

    private static final int REASON_MAX = 1_000;
    private static final int PIECE = 200;

    /** Why two items are taken for one. */
    enum Reason {
        SAME_NAME,
        SAME_ELEMENT,
        TYPE_SUITS,
        TYPE_DIFFERS,
        VALUES
    }

    /**
     * Somebody else's item beside one's own.
     *
     * @param likeness what values have in common; null where it is not known or not for this reader
     */
    record Candidate(CataloguedItem item, Set<Reason> reasons, @Nullable Likeness likeness) {}

    /**
     * One's own item, with all that others have of it.
     *
     * @param decision with a source that still catalogues it, or null
     * @param source the item of the decision
     */
    record Matched(
            int position,
            String name,
            String key,
            List<Candidate> candidates,
            @Nullable Decision decision,
            @Nullable CataloguedItem source,
            @Nullable Answer answer) {

        /** Whether the item is collected beside its source. */
        boolean isDuplicate(long resource, String provider) {
            return source != null
                    && source.resource() != resource
                    && !source.provider().equals(provider);
        }
    }

    /** An item of several departments with its decision. */
    record Shared(
            String key,
            String name,
            List<CataloguedItem> items,
            @Nullable Decision decision,
            @Nullable CataloguedItem source,
            List<Answer> answers,
            Map<Long, Likeness> likenesses) {}

    private final ItemTable items;
    private final DecisionTable decisions;
    private final LikenessTable likenesses;
    private final Elements elements;
    private final Catalog catalog;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    OneSource(
            ItemTable items,
            DecisionTable decisions,
            LikenessTable likenesses,
            Elements elements,
            Catalog catalog,
            Notices notices,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.items = items;
        this.decisions = decisions;
        this.likenesses = likenesses;
        this.elements = elements;
        this.catalog = catalog;
        this.notices = notices;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    // reading

    /** A page of the items that several departments catalogue, those of most departments first. */
    List<ItemTable.Group> list(Actor actor, @Nullable Boolean decided, int limit, long offset) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        return items.groups(decided, limit, offset);
    }

    ItemTable.Counted counted(Actor actor) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        return items.counted();
    }

    /** One of them, by its key or by any of its names. */
    Shared find(Actor actor, String keyOrName) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var key = key(keyOrName);
        var all = items.of(key);
        if (all.isEmpty()) throw new Unknown("one-source", keyOrName);
        var decision = decisions.of(List.of(key)).get(key);
        var source = source(all, decision);
        return new Shared(
                key,
                elements.isElement(key) ? elements.name(key) : all.getFirst().name(),
                all,
                source == null ? null : decision,
                source,
                decisions.answers(List.of(key)),
                source == null ? Map.of() : likenesses(actor, all, source));
    }

    private Map<Long, Likeness> likenesses(
            Actor actor, List<CataloguedItem> all, CataloguedItem source) {
        var byResource = new HashMap<Long, Likeness>();
        for (var it : likenesses.of(List.of(source.resource())))
            if (it.isSaid() && it.column().equals(source.column()))
                all.stream()
                        .filter(item ->
                                item.resource() == it.other()
                                        && item.column().equals(it.otherColumn())
                                        && mayCompare(actor, item, source))
                        .forEach(item -> byResource.put(item.resource(), it));
        return byResource;
    }

    /** Only the two departments and the authority learn what values have in common. */
    private static boolean mayCompare(Actor actor, CataloguedItem one, CataloguedItem other) {
        return actor.has(Role.AUTHORITY)
                || actor.belongsTo(one.provider())
                || actor.belongsTo(other.provider());
    }

    private String key(String keyOrName) {
        if (elements.isElement(keyOrName)) return keyOrName;
        return elements.key(keyOrName).orElse(keyOrName);
    }

    private static @Nullable CataloguedItem source(
            List<CataloguedItem> all, @Nullable Decision decision) {
        if (decision == null) return null;
        return all.stream()
                .filter(it -> it.resource() == decision.resource())
                .findFirst()
                .orElse(null);
    }

    /** What others catalogue of these words, which may be a draft nobody else sees. */
    List<Matched> matched(Actor actor, long resource, String provider, Description words) {
        var mine = new ArrayList<CataloguedItem>();
        for (int at = 0; at < words.items().size(); at++) {
            var it = words.items().get(at);
            mine.add(
                    new CataloguedItem(
                            resource,
                            at,
                            provider,
                            "",
                            words.name(),
                            it.name(),
                            elements.key(it).orElse(""),
                            Elements.nameKey(it.name()),
                            it.dataType(),
                            it.length(),
                            it.column()));
        }
        var keys = mine.stream().map(CataloguedItem::key).filter(it -> !it.isEmpty()).toList();
        var others = new ArrayList<>(items.others(keys, provider));
        var alike = likenesses.of(List.of(resource));
        var known = others.stream().map(OneSource::place).collect(Collectors.toSet());
        var telling = alike.stream().filter(Likeness::isTelling).map(Likeness::other).distinct();
        for (var it : items.of(telling.toList())) if (known.add(place(it))) others.add(it);
        var decided = decisions.of(keys);
        var answers = decisions.answers(decided.keySet());
        var matched = new ArrayList<Matched>();
        for (var it : mine) {
            var candidates = candidates(actor, it, others, alike);
            var decision = decided.get(it.key());
            var source = decision == null ? null : source(items.of(it.key()), decision);
            if (candidates.isEmpty() && source == null) continue;
            matched.add(
                    new Matched(
                            it.position(),
                            it.name(),
                            it.key(),
                            candidates,
                            source == null ? null : decision,
                            source,
                            answers.stream()
                                    .filter(one ->
                                            one.key().equals(it.key())
                                                    && one.resource() == resource)
                                    .findFirst()
                                    .orElse(null)));
        }
        return matched;
    }

    private static String place(CataloguedItem it) {
        return it.resource() + "." + it.position();
    }

    private static List<Candidate> candidates(
            Actor actor, CataloguedItem mine, List<CataloguedItem> others, List<Likeness> alike) {
        var candidates = new ArrayList<Candidate>();
        for (var other : others) {
            var reasons = new LinkedHashSet<Reason>();
            if (!mine.key().isEmpty() && mine.key().equals(other.key()))
                reasons.add(
                        mine.nameKey().equals(other.nameKey())
                                ? Reason.SAME_NAME
                                : Reason.SAME_ELEMENT);
            var likeness =
                    mayCompare(actor, mine, other)
                            ? alike.stream()
                                    .filter(it ->
                                            it.column().equals(mine.column())
                                                    && it.other() == other.resource()
                                                    && it.otherColumn().equals(other.column()))
                                    .findFirst()
                                    .orElse(null)
                            : null;
            if (reasons.isEmpty() && (likeness == null || !likeness.isTelling())) continue;
            reasons.add(mine.suits(other.type()) ? Reason.TYPE_SUITS : Reason.TYPE_DIFFERS);
            if (likeness != null && likeness.isSaid()) reasons.add(Reason.VALUES);
            candidates.add(new Candidate(other, reasons, likeness));
        }
        return candidates;
    }

    /** All items of these published resources. */
    List<CataloguedItem> items(Collection<Long> resources) {
        return items.of(resources);
    }

    long sharedItems(long resource) {
        return items.shared(resource);
    }

    List<DecisionTable.Duplicate> duplicates(Collection<Long> resources) {
        return decisions.duplicates(resources);
    }

    List<Long> sourcesAmong(Collection<Long> resources) {
        return decisions.sources(resources);
    }

    List<DecisionTable.Duplicate> unanswered(Actor actor, int max) {
        var own = actor.organization();
        return own == null || !actor.has(Role.STEWARD) ? List.of() : decisions.unanswered(own, max);
    }

    // acting

    /**
     * What the authority says of an item.
     *
     * @param answerBy day by which the other departments are to answer, as 2026-12-22; none when
     *     left out
     */
    public record Naming(
            @Nullable Long resource, @Nullable String reason, @Nullable String answerBy) {}

    /** Names the entry from which an item is to be taken, or another one in its place. */
    @Transactional
    public void decide(Actor actor, String keyOrName, Naming naming) {
        var resource = naming.resource();
        actor.require(Role.AUTHORITY);
        var key = key(keyOrName);
        var all = items.of(key);
        if (all.isEmpty()) throw new Unknown("one-source", keyOrName);
        var faults = new Invalid.Faults();
        var why = faults.text("reason", naming.reason(), REASON_MAX);
        var answerBy = day(naming.answerBy(), faults);
        var chosen =
                all.stream()
                        .filter(it -> Objects.equals(it.resource(), resource))
                        .findFirst()
                        .orElse(null);
        if (resource == null) faults.add("resource", "required");
        else if (chosen == null) faults.add("resource", "onesource.not-catalogued");
        faults.refuseIfAny();
        var source = Objects.requireNonNull(chosen);
        var before = decisions.of(List.of(key)).get(key);
        var now = clock.instant();
        if (before == null || before.resource() != source.resource()) decisions.dropAnswers(key);
        decisions.put(new Decision(key, source.resource(), why, answerBy, actor.subject(), now, 1));
        events.publishEvent(
                new SourceDecided(
                        source.name(),
                        source.resource(),
                        source.provider(),
                        before == null ? null : before.resource(),
                        why,
                        answerBy,
                        actor,
                        now));
        tell(all, source, answerBy);
    }

    /** The other departments hear of it at once. */
    private void tell(
            List<CataloguedItem> all, CataloguedItem source, @Nullable LocalDate answerBy) {
        var told = new HashSet<>(Set.of(source.provider()));
        for (var it : all) {
            if (!told.add(it.provider())) continue;
            notices.tell(
                    it.provider(),
                    Set.of(Role.STEWARD),
                    new Notices.Notice(
                            answerBy == null ? "onesource.decided" : "onesource.decided-by",
                            Map.of(
                                    "item", it.name(),
                                    "title", it.resourceName(),
                                    "source", Notices.organization(source.provider()),
                                    "day", answerBy == null ? "" : answerBy.toString()),
                            "/resources/" + it.resource() + "/parts/one-source"));
        }
    }

    private @Nullable LocalDate day(@Nullable String text, Invalid.Faults faults) {
        if (text == null || text.isBlank()) return null;
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        try {
            var day = Clock.day(text.strip());
            if (!day.isAfter(today) || day.isAfter(today.plusYears(1)))
                faults.add("answerBy", "onesource.answer-by");
            return day;
        } catch (DateTimeException _) {
            faults.add("answerBy", "date");
            return null;
        }
    }

    /** The department says what it does about an item that it collects beside its source. */
    @Transactional
    public void answer(
            Actor actor,
            long resource,
            String keyOrName,
            @Nullable Boolean keeps,
            @Nullable String reason) {
        actor.require(Role.STEWARD);
        actor.requireOrganization(catalog.find(actor, resource).provider());
        var key = key(keyOrName);
        var duplicate =
                decisions.duplicates(List.of(resource)).stream()
                        .filter(it -> it.key().equals(key))
                        .findFirst()
                        .orElseThrow(() -> new Conflict("onesource:no-duplicate"));
        var faults = new Invalid.Faults();
        if (keeps == null) faults.add("keeps", "required");
        var kept = keeps != null && keeps;
        var why =
                kept
                        ? faults.text("reason", reason, REASON_MAX)
                        : faults.optionalText("reason", reason, REASON_MAX);
        faults.refuseIfAny();
        var now = clock.instant();
        decisions.answer(new Answer(key, resource, kept, why, now), actor.subject());
        events.publishEvent(
                new DuplicateAnswered(
                        duplicate.item(), resource, duplicate.provider(), kept, why, actor, now));
    }

    // following the catalog

    @Override
    @Trusted("what the platform tells itself; nobody is answered")
    public List<Telling<?>> tellings() {
        return List.of(new Telling<>("onesource.published", ResourcePublished.class, this::follow));
    }

    /** It may have been withdrawn since. */
    private void follow(ResourcePublished published) {
        catalog.published(published.resource())
                .filter(it -> !it.withdrawn())
                .ifPresent(it -> items.put(it, elements));
    }

    /** With the withdrawal itself: what was decided of it holds no more. */
    @EventListener
    void follow(ResourceWithdrawn withdrawn) {
        items.remove(withdrawn.resource());
        decisions.forget(withdrawn.resource());
    }

    /** What was published before this room was there, or read by an older list of elements. */
    @EventListener
    void open(Opening opening) {
        var published =
                catalog.search(
                                Actor.PLATFORM,
                                ResourceQuery.of("", null),
                                new Page.Request(1, Long.MAX_VALUE))
                        .total();
        if (published != items.known()) readAll();
    }

    void readAll() {
        long last = 0;
        while (true) {
            var piece = catalog.valid(last, PIECE);
            if (piece.isEmpty()) return;
            transaction.executeWithoutResult(_ -> piece.forEach(it -> items.put(it, elements)));
            last = piece.getLast().id();
        }
    }
}
