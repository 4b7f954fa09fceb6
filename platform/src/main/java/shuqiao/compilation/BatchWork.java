package shuqiao.compilation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Description;
import shuqiao.catalog.Resource;
import shuqiao.catalog.Reviews;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.Sight;
import shuqiao.catalog.Stage;
import shuqiao.catalog.UpdateCycle;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;

/**
 * One step for many entries: ticked over pages, tried beforehand, done one by one. What is refused
 * for one does not hold the others up; each is told.
 */
@Door
public class BatchWork {

    static final int TICKED_MAX = 500;

    /** What can be done to many. */
    public enum Deed {
        SUBMIT,
        RECALL,
        APPROVE,
        RETURN,
        PUBLISH,
        INNER_DEPARTMENT,
        CYCLE,
        SHARING,
        WITHDRAW
    }

    /**
     * With what it is done.
     *
     * @param opinion of a review; reason of a withdrawal or of another sharing
     * @param condition or basis, as the sharing needs it
     */
    public record Order(
            @Nullable Deed deed,
            @Nullable String opinion,
            @Nullable String innerDepartment,
            @Nullable UpdateCycle cycle,
            @Nullable SharingKind sharing,
            @Nullable String condition) {}

    /**
     * What it comes to for one entry.
     *
     * @param before and after what is changed, or the stage; null for the stage that is not known
     *     before it is done
     * @param refusal why not
     */
    public record Outcome(
            long id,
            String name,
            Object before,
            @Nullable Object after,
            @Nullable Refusal refusal) {}

    private final TickTable ticks;
    private final Catalog catalog;
    private final Reviews reviews;
    private final TransactionTemplate transaction;

    BatchWork(TickTable ticks, Catalog catalog, Reviews reviews, TransactionTemplate transaction) {
        this.ticks = ticks;
        this.catalog = catalog;
        this.reviews = reviews;
        this.transaction = transaction;
    }

    /** Of those that a page showed, these are ticked. */
    @Transactional
    public int tick(Actor actor, Collection<Long> shown, Collection<Long> ticked) {
        allowed(actor);
        ticks.remove(actor.subject(), shown);
        ticks.add(actor.subject(), ticked.stream().filter(shown::contains).toList());
        var number = ticks.of(actor.subject()).size();
        if (number > TICKED_MAX)
            throw Invalid.field("tick", "compilation.ticked-max", Map.of("max", TICKED_MAX));
        return number;
    }

    /** What words and a stage find: one's own, for the data authority that of all. */
    public List<Catalog.Listed> find(Actor actor, String words, @Nullable Stage stage) {
        allowed(actor);
        var address = new LinkedMultiValueMap<String, String>();
        if (!words.isBlank()) address.add("q", words);
        if (!actor.has(Role.AUTHORITY)) address.add("mine", "true");
        return catalog.listed(actor, address).stream()
                .filter(it -> stage == null || it.stage() == stage)
                .toList();
    }

    /** All of them. */
    @Transactional
    public int tickAll(Actor actor, String words, @Nullable Stage stage) {
        var found = find(actor, words, stage).stream().map(Catalog.Listed::id).toList();
        return tick(actor, found, found);
    }

    @Transactional
    public void clear(Actor actor) {
        allowed(actor);
        ticks.clear(actor.subject());
    }

    public List<Long> ticked(Actor actor) {
        allowed(actor);
        return ticks.of(actor.subject());
    }

    /** What is ticked and still to be seen, as it is now. */
    public List<Catalog.Listed> listed(Actor actor) {
        var listed = new ArrayList<Catalog.Listed>();
        for (var id : ticked(actor))
            try {
                var it = catalog.find(actor, id);
                listed.add(
                        new Catalog.Listed(
                                id, it.code(), it.provider(), it.state(), it.description()));
            } catch (Unknown _) {
                // gone since
            }
        return listed;
    }

    /** What would come of it: each is done and taken back. A live table is not asked. */
    public List<Outcome> preview(Actor actor, Order order) {
        check(actor, order);
        var outcomes = new ArrayList<Outcome>();
        for (var id : ticked(actor))
            outcomes.add(
                    Objects.requireNonNull(
                            transaction.execute(status -> {
                                var outcome = tried(actor, id, order);
                                status.setRollbackOnly();
                                return outcome;
                            })));
        return outcomes;
    }

    /** Does it, one after the other; what is done is ticked no more. */
    public List<Outcome> run(Actor actor, Order order) {
        check(actor, order);
        var outcomes = new ArrayList<Outcome>();
        for (var id : ticked(actor)) {
            var outcome = done(actor, id, order);
            if (outcome.refusal() == null) ticks.remove(actor.subject(), List.of(id));
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private Outcome tried(Actor actor, long id, Order order) {
        if (order.deed() != Deed.PUBLISH) return done(actor, id, order);
        var it = catalog.find(actor, id);
        var refusal =
                it.state() == Stage.APPROVED
                        ? null
                        : new Conflict("compilation:not-approved", Map.of("state", it.state()));
        return new Outcome(id, it.description().name(), it.state(), Stage.PUBLISHED, refusal);
    }

    private Outcome done(Actor actor, long id, Order order) {
        Sight it;
        try {
            it = catalog.find(actor, id);
        } catch (Refusal gone) {
            return new Outcome(id, String.valueOf(id), Stage.WITHDRAWN, null, gone);
        }
        var before = part(it.description(), it.state(), order);
        try {
            var after = step(actor, it, order);
            return new Outcome(
                    id,
                    it.description().name(),
                    before,
                    part(after.description(), after.state().stage(), order),
                    null);
        } catch (Refusal refused) {
            return new Outcome(id, it.description().name(), before, null, refused);
        }
    }

    private Resource step(Actor actor, Sight it, Order order) {
        return switch (Objects.requireNonNull(order.deed())) {
            case SUBMIT -> reviews.submit(actor, it.id());
            case RECALL -> reviews.recall(actor, it.id());
            case APPROVE -> reviewed(actor, it, true, order);
            case RETURN -> reviewed(actor, it, false, order);
            case PUBLISH -> reviews.publish(actor, it.id());
            case WITHDRAW -> reviews.withdraw(actor, it.id(), order.opinion());
            case INNER_DEPARTMENT, CYCLE, SHARING ->
                    catalog.change(actor, it.id(), changed(it.description(), order), it.revision());
        };
    }

    private Resource reviewed(Actor actor, Sight it, boolean approve, Order order) {
        var decision = new Reviews.Decision(approve, order.opinion());
        return it.state() == Stage.SUBMITTED
                ? reviews.departmentReview(actor, it.id(), decision)
                : reviews.authorityReview(actor, it.id(), decision);
    }

    private static Object part(Description it, Stage stage, Order order) {
        return switch (Objects.requireNonNull(order.deed())) {
            case INNER_DEPARTMENT -> it.innerDepartment();
            case CYCLE -> it.updateCycle() == null ? "" : it.updateCycle();
            case SHARING -> it.sharingKind() == null ? "" : it.sharingKind();
            case SUBMIT, RECALL, APPROVE, RETURN, PUBLISH, WITHDRAW -> stage;
        };
    }

    private static Description changed(Description it, Order order) {
        var sharing = order.deed() == Deed.SHARING ? order.sharing() : it.sharingKind();
        var terms = order.condition() == null ? "" : order.condition();
        var other = order.deed() == Deed.SHARING && sharing != it.sharingKind();
        var refused = sharing == SharingKind.NOT_SHARED;
        return new Description(
                it.name(),
                it.classification(),
                it.summary(),
                order.deed() == Deed.INNER_DEPARTMENT
                        ? Objects.requireNonNullElse(order.innerDepartment(), "")
                        : it.innerDepartment(),
                it.formatKind(),
                it.formatType(),
                it.formatOther(),
                sharing,
                other ? (sharing == SharingKind.CONDITIONAL ? terms : "") : it.sharingCondition(),
                other ? (refused ? terms : "") : it.sharingBasis(),
                it.sharingMethodKind(),
                it.sharingMethodType(),
                other && sharing != SharingKind.CONDITIONAL ? List.of() : it.sharingRange(),
                it.open() && !(other && refused),
                other && refused ? "" : it.openCondition(),
                order.deed() == Deed.CYCLE ? order.cycle() : it.updateCycle(),
                it.relatedCode(),
                it.survey(),
                it.items());
    }

    private void check(Actor actor, Order order) {
        allowed(actor);
        var faults = new Invalid.Faults();
        if (order.deed() == null) throw Invalid.field("deed", "required");
        switch (order.deed()) {
            case RETURN, WITHDRAW -> faults.text("opinion", order.opinion(), 1_000);
            case INNER_DEPARTMENT -> faults.text("innerDepartment", order.innerDepartment(), 128);
            case CYCLE -> {
                if (order.cycle() == null) faults.add("cycle", "required");
            }
            case SHARING -> {
                if (order.sharing() == null) faults.add("sharing", "required");
                else if (order.sharing() != SharingKind.UNCONDITIONAL)
                    faults.text("condition", order.condition(), 2_000);
            }
            case SUBMIT, RECALL, APPROVE, PUBLISH -> {}
        }
        faults.refuseIfAny();
        if (ticked(actor).isEmpty()) throw new Conflict("compilation:none-ticked");
    }

    private static void allowed(Actor actor) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
    }
}
