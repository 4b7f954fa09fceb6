package shuqiao.upkeep;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Description;
import shuqiao.catalog.PublishedResource;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.Where;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;
import shuqiao.upkeep.UpkeepEvent.GrantChangeKnown;
import shuqiao.upkeep.UpkeepEvent.GrantFlagged;

/** 授权影响: what a new version of a resource means for each grant that lives. */
@Door
public class Flags {

    /** What a version would do to one grant. */
    record Touched(Grant grant, List<GrantChange.Reason> reasons) {}

    private final FlagTable table;
    private final Catalog catalog;
    private final Grants grants;
    private final Notices notices;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Flags(
            FlagTable table,
            Catalog catalog,
            Grants grants,
            Notices notices,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.catalog = catalog;
        this.grants = grants;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
    }

    /** Of the actor's department, on whichever side; for the data authority all. Newest first. */
    Page<Flag> list(Actor actor, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var where = new Where();
        if (!actor.has(Role.AUTHORITY))
            where.and(
                    "(consumer = :mine or provider = :mine)", "mine", actor.requiredOrganization());
        return table.search(where, page);
    }

    /** Those that a steward of the department has not answered yet. */
    @Trusted("the desk of the consumer's steward shows them")
    List<Flag> unanswered(String consumer, int limit) {
        return table.search(
                        new Where()
                                .and("consumer = :mine", "mine", consumer)
                                .and("answered_at is null"),
                        new Page.Request(limit, Long.MAX_VALUE))
                .items();
    }

    Optional<Flag> find(Actor actor, long grant) {
        grants.find(actor, grant);
        return table.open(grant);
    }

    boolean mayAnswer(Actor actor, Flag it) {
        return it.answeredAt() == null && actor.has(Role.STEWARD) && actor.belongsTo(it.consumer());
    }

    /** The consumer says that it knows; the grant stays as it is. */
    @Transactional
    public void acknowledge(Actor actor, long grant) {
        actor.require(Role.STEWARD);
        grants.find(actor, grant);
        var flag = table.open(grant).orElseThrow(() -> new Unknown("flag", grant));
        actor.requireOrganization(flag.consumer());
        var now = clock.instant();
        if (!table.answer(flag.id(), actor.signing().name(), now))
            throw new Conflict("upkeep:answered");
        events.publishEvent(new GrantChangeKnown(grant, flag.number(), flag.version(), actor, now));
    }

    /** What these words would do to each grant that lives; those that they do not touch too. */
    List<Touched> touched(long resource, Description next, String label) {
        return grants.live(resource).stream()
                .map(grant ->
                        new Touched(
                                grant,
                                GrantChange.of(
                                        grant.scope(),
                                        catalog.version(resource, grant.version())
                                                .map(PublishedResource::description)
                                                .orElse(null),
                                        next,
                                        label)))
                .toList();
    }

    /**
     * What the version that is worked on would do to each grant that lives, if it were published as
     * it is now. For the department that works on it, and for the authority.
     */
    List<Touched> impact(Actor actor, long resource) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var it = catalog.find(actor, resource);
        if (!actor.has(Role.AUTHORITY)) actor.requireOrganization(it.provider());
        return it.mount()
                .map(mount -> touched(resource, it.description(), mount.label()))
                .orElse(List.of());
    }

    /** Flags what the version touches, and tells each consumer what it means for it. */
    void published(PublishedResource version, Actor by) {
        var now = clock.instant();
        var told = new HashMap<String, Integer>();
        for (var one :
                touched(
                        version.id(),
                        version.description(),
                        version.schema() + "." + version.table())) {
            var grant = one.grant();
            told.merge(grant.consumer(), one.reasons().isEmpty() ? 0 : 1, Integer::sum);
            var open = table.open(grant.id());
            if (open.map(Flag::reasons).orElse(List.of()).equals(one.reasons())) continue;
            if (one.reasons().isEmpty()) {
                table.close(grant.id(), now);
                continue;
            }
            table.raise(grant, version.version(), one.reasons(), now);
            events.publishEvent(
                    new GrantFlagged(
                            grant.id(),
                            grant.number(),
                            version.id(),
                            version.version(),
                            one.reasons().size(),
                            by,
                            now));
        }
        told.forEach((consumer, number) -> tell(version, consumer, number));
    }

    /** A grant that is over needs no answer. */
    void over(long grant) {
        table.close(grant, clock.instant());
    }

    private void tell(PublishedResource version, String consumer, int flagged) {
        notices.tell(
                consumer,
                Set.of(Role.STEWARD),
                new Notices.Notice(
                        flagged == 0 ? "upkeep.carried" : "upkeep.flagged",
                        Map.of(
                                "title", version.name(),
                                "version", version.version(),
                                "provider", Notices.organization(version.provider()),
                                "count", flagged),
                        flagged == 0
                                ? "/resources/" + version.id() + "/versions"
                                : "/upkeep/grants"));
    }
}
