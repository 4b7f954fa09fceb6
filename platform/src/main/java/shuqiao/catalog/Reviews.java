package shuqiao.catalog;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.CatalogEvent.ResourceDrafted;
import shuqiao.catalog.CatalogEvent.ResourcePublished;
import shuqiao.catalog.CatalogEvent.ResourceRecalled;
import shuqiao.catalog.CatalogEvent.ResourceReviewed;
import shuqiao.catalog.CatalogEvent.ResourceSubmitted;
import shuqiao.catalog.CatalogEvent.ResourceWithdrawn;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.DomainEvent;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.standard.ResourceCode;

/**
 * 部门审核, 主管部门审核, 发布, 撤回. Each step is one row changed under its revision: of two who decide at the
 * same time, one wins and the other is told.
 */
@Door
public class Reviews {

    private static final int OPINION_MAX = 1_000;

    /** A decision; a return needs an opinion. */
    public record Decision(@Nullable Boolean approve, @Nullable String opinion) {}

    private final Records records;
    private final ResourceTable resources;
    private final ReviewTable reviews;
    private final DescriptionRules rules;
    private final LiveTables live;
    private final List<ResourceUse> uses;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Reviews(
            Records records,
            ResourceTable resources,
            ReviewTable reviews,
            DescriptionRules rules,
            LiveTables live,
            List<ResourceUse> uses,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.records = records;
        this.resources = resources;
        this.reviews = reviews;
        this.rules = rules;
        this.live = live;
        this.uses = uses;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Sends a complete, mounted draft to the reviewer of its department. */
    @Transactional
    public Resource submit(Actor actor, long id) {
        actor.require(Role.STEWARD);
        var resource = records.own(actor, id);
        var now = clock.instant();
        var state = Step.SUBMIT.from(resource.state(), actor.subject(), now, "");
        refuseIncomplete(resource);
        return step(
                actor,
                resource.after(state),
                Step.SUBMIT,
                "",
                new ResourceSubmitted(id, resource.version(), resource.provider(), actor, now));
    }

    /** Takes a draft back that its department has not reviewed yet. */
    @Transactional
    public Resource recall(Actor actor, long id) {
        actor.require(Role.STEWARD);
        var resource = records.own(actor, id);
        var now = clock.instant();
        var state = Step.RECALL.from(resource.state(), actor.subject(), now, "");
        return step(
                actor,
                resource.after(state),
                Step.RECALL,
                "",
                new ResourceRecalled(id, resource.version(), resource.provider(), actor, now));
    }

    /** What a check page and a reviewer look at: all faults that are in the way of publication. */
    void requireComplete(Actor actor, long id) {
        records.sight(actor, id);
        refuseIncomplete(records.find(id));
    }

    private void refuseIncomplete(Resource resource) {
        var faults = new Invalid.Faults();
        rules.checkDraft(resource.description(), faults);
        rules.checkComplete(resource.description(), faults);
        if (resource.mount().isEmpty()) faults.add("mount", "catalog.not-mounted");
        else checkMounted(resource.description(), faults);
        faults.refuseIfAny();
    }

    /** The department's reviewer approves or returns. */
    @Transactional
    public Resource departmentReview(Actor actor, long id, Decision decision) {
        actor.require(Role.REVIEWER);
        var resource = records.own(actor, id);
        refuseOwnWork(actor, resource);
        return decide(
                actor.signing(),
                resource,
                decision,
                Step.DEPARTMENT_APPROVE,
                Step.DEPARTMENT_RETURN);
    }

    /**
     * Nobody reviews what the same hand sent for review: a person, the person's programs, or the
     * one a substitute signs for.
     */
    private static void refuseOwnWork(Actor actor, Resource resource) {
        if (resource.state() instanceof State.Submitted(var by, _) && actor.isHandOf(by))
            throw NotAllowed.because("catalog-own-work");
    }

    /** The data authority approves or returns; it may also return what waits to be published. */
    @Transactional
    public Resource authorityReview(Actor actor, long id, Decision decision) {
        actor.require(Role.AUTHORITY);
        return decide(
                actor, records.find(id), decision, Step.AUTHORITY_APPROVE, Step.AUTHORITY_RETURN);
    }

    /**
     * Publishes what the data authority approved: the live table is asked once more, the code is
     * given at the first time, and the version is kept as it is for ever.
     */
    public Resource publish(Actor actor, long id) {
        actor.require(Role.AUTHORITY);
        var resource = records.find(id);
        Step.PUBLISH.from(resource.state(), actor.subject(), clock.instant(), "");
        var mount =
                resource.mount().orElseThrow(() -> Invalid.field("mount", "catalog.not-mounted"));
        live.requireUnchanged(mount, resource.description().items());
        return Objects.requireNonNull(transaction.execute(_ -> published(actor, resource, mount)));
    }

    /**
     * Both acts of the data authority in one: approved and published, or neither. Each is kept as
     * an act of its own. Nothing is approved whose live table has changed.
     */
    public Resource approveAndPublish(Actor actor, long id, @Nullable String opinion) {
        actor.require(Role.AUTHORITY);
        var resource = records.find(id);
        var now = clock.instant();
        Step.PUBLISH.from(
                Step.AUTHORITY_APPROVE.from(resource.state(), actor.subject(), now, ""),
                actor.subject(),
                now,
                "");
        var mount =
                resource.mount().orElseThrow(() -> Invalid.field("mount", "catalog.not-mounted"));
        live.requireUnchanged(mount, resource.description().items());
        return Objects.requireNonNull(
                transaction.execute(_ ->
                        published(
                                actor,
                                decide(
                                        actor,
                                        resource,
                                        new Decision(true, opinion),
                                        Step.AUTHORITY_APPROVE,
                                        Step.AUTHORITY_RETURN),
                                mount)));
    }

    /** Begins the next version; the published one stays valid until it is replaced. */
    @Transactional
    public Resource newVersion(Actor actor, long id) {
        actor.require(Role.STEWARD);
        var resource = records.own(actor, id);
        var now = clock.instant();
        var next =
                resource.nextVersion(
                        Step.NEW_VERSION.from(resource.state(), actor.subject(), now, ""));
        return step(
                actor,
                next,
                Step.NEW_VERSION,
                "",
                new ResourceDrafted(id, next.version(), resource.provider(), actor, now));
    }

    /**
     * Begins the next version with these words, on the same table as it is now.
     *
     * @param seen version whose words they are; another one that was published meanwhile would be
     *     lost by them
     * @param further columns of the table that shall stand in it as items, not shared for now
     */
    public Resource newVersion(
            Actor actor, long id, int seen, Description words, Collection<String> further) {
        actor.require(Role.STEWARD);
        var resource = records.own(actor, id);
        if (!Integer.valueOf(seen).equals(resource.publishedVersion()))
            throw new Conflict("catalog:changed-meanwhile", Map.of("resource", id));
        var now = clock.instant();
        var state = Step.NEW_VERSION.from(resource.state(), actor.subject(), now, "");
        var mount =
                resource.mount().orElseThrow(() -> Invalid.field("mount", "catalog.not-mounted"));
        var table = live.table(mount);
        var items = new ArrayList<>(words.items());
        items.addAll(live.proposed(table, further, items));
        var described = words.withItems(live.mounted(items, table, Map.of()));
        var faults = new Invalid.Faults();
        rules.checkDraft(described, faults);
        faults.refuseIfAny();
        var next =
                resource.nextVersion(state)
                        .described(
                                described,
                                Optional.of(
                                        live.mount(mount.source(), table, mount.isPartByPolicy())));
        return Objects.requireNonNull(
                transaction.execute(_ ->
                        step(
                                actor,
                                next,
                                Step.NEW_VERSION,
                                "",
                                new ResourceDrafted(
                                        id, next.version(), resource.provider(), actor, now))));
    }

    /**
     * Ends a resource with all its versions: the department's reviewer or the data authority; its
     * steward as long as it was never published. What is in use ends at once by the data authority
     * alone; the department announces it.
     */
    @Transactional
    public Resource withdraw(Actor actor, long id, @Nullable String reason) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        // a grant that is being given waits, or is counted
        var resource = records.lock(id);
        if (!actor.belongsTo(resource.provider())) {
            records.sight(actor, id);
            if (!actor.has(Role.AUTHORITY)) actor.requireOrganization(resource.provider());
        } else if (resource.publishedVersion() != null) {
            actor.require(Role.REVIEWER, Role.AUTHORITY);
        }
        var faults = new Invalid.Faults();
        var why = faults.text("reason", reason, OPINION_MAX);
        faults.refuseIfAny();
        var now = clock.instant();
        var state = Step.WITHDRAW.from(resource.state(), actor.subject(), now, why);
        if (!actor.has(Role.AUTHORITY)) refuseInUse(resource);
        return ended(actor, resource, state, why);
    }

    /** Ends what was announced to end on this day. */
    @Trusted("the clock does what the provider or the authority has announced")
    @Transactional
    public Resource end(Actor by, long id, String reason) {
        var resource = records.lock(id);
        var state = Step.WITHDRAW.from(resource.state(), by.subject(), clock.instant(), reason);
        return ended(by, resource, state, reason);
    }

    private Resource ended(Actor by, Resource resource, State state, String why) {
        return step(
                by,
                resource.after(state),
                Step.WITHDRAW,
                why,
                new ResourceWithdrawn(resource.id(), resource.provider(), by, state.at()));
    }

    private void refuseInUse(Resource resource) {
        if (resource.publishedVersion() == null) return;
        var id = resource.id();
        var users = uses.stream().mapToInt(room -> room.holders(id)).sum();
        if (users > 0) throw new Conflict("catalog:in-use", Map.of("users", users));
    }

    private Resource decide(
            Actor actor, Resource resource, Decision decision, Step approve, Step giveBack) {
        var faults = new Invalid.Faults();
        var approved = decision.approve();
        if (approved == null) faults.add("approve", "required");
        var returned = approved != null && !approved;
        var opinion =
                returned
                        ? faults.text("opinion", decision.opinion(), OPINION_MAX)
                        : faults.optionalText("opinion", decision.opinion(), OPINION_MAX);
        faults.refuseIfAny();
        var step = returned ? giveBack : approve;
        var now = clock.instant();
        var state = step.from(resource.state(), actor.subject(), now, opinion);
        return step(
                actor,
                resource.after(state),
                step,
                opinion,
                new ResourceReviewed(resource.id(), resource.version(), step, actor, now));
    }

    private Resource published(Actor actor, Resource resource, Mount mount) {
        var now = clock.instant();
        var state = Step.PUBLISH.from(resource.state(), actor.subject(), now, "");
        var front = resource.description().classification();
        var given = resource.code();
        var code =
                given == null
                        ? ResourceCode.allocate(front, resources.allocate(front)).value()
                        : given;
        var published = resource.publishedAs(code, state);
        // first the row whose revision decides who wins, then what only the winner may add
        var saved = records.save(published);
        reviews.insert(saved, Step.PUBLISH, actor, "");
        records.publish(published, mount);
        events.publishEvent(
                new ResourcePublished(
                        resource.id(),
                        resource.version(),
                        code,
                        resource.provider(),
                        Objects.requireNonNull(resource.description().sharingKind()),
                        actor,
                        now));
        return saved;
    }

    private Resource step(
            Actor actor, Resource next, Step step, String opinion, DomainEvent event) {
        var saved = records.save(next);
        reviews.insert(saved, step, actor, opinion);
        events.publishEvent(event);
        return saved;
    }

    private static void checkMounted(Description description, Invalid.Faults faults) {
        for (int i = 0; i < description.items().size(); i++) {
            var item = description.items().get(i);
            if (item.column().isEmpty() || item.columnType().isEmpty())
                faults.add(
                        "items[" + i + "].column",
                        "catalog.item-not-mounted",
                        Map.of("name", item.name()));
        }
    }
}
