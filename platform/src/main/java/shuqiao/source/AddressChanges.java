package shuqiao.source;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.line.Line;
import shuqiao.source.SourceEvent.SourceAddressAsked;
import shuqiao.source.SourceEvent.SourceAddressChanged;
import shuqiao.source.SourceEvent.SourceAddressRefused;

/**
 * 地址变更复核: a changed address of a source is used only after a second person has seen it, a reviewer
 * of its department or the data authority.
 */
@Door
public class AddressChanges {

    private final AddressChangeTable table;
    private final SourceTable sources;
    private final Connections connections;
    private final Line line;
    private final ObjectProvider<SourceUse> uses;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    AddressChanges(
            AddressChangeTable table,
            SourceTable sources,
            Connections connections,
            Line line,
            ObjectProvider<SourceUse> uses,
            Notices notices,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.sources = sources;
        this.connections = connections;
        this.line = line;
        this.uses = uses;
        this.notices = notices;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Those that wait: of the actor's department, for the data authority of all. */
    public Page<AddressChange> list(Actor actor, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        return table.list(actor.has(Role.AUTHORITY) ? null : actor.requiredOrganization(), page);
    }

    /** The one that waits for a source, if one does. */
    public Optional<AddressChange> find(Actor actor, long source) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var it = table.find(source);
        if (actor.has(Role.AUTHORITY)) return it;
        return it.filter(one -> actor.belongsTo(one.source().organization()));
    }

    Set<Long> among(List<Source> some) {
        return table.among(some.stream().map(Source::id).toList());
    }

    /** Whether this actor may confirm it. */
    boolean mayConfirm(Actor actor, AddressChange it) {
        return !it.isOf(actor)
                && (actor.has(Role.AUTHORITY)
                        || actor.has(Role.REVIEWER) && actor.belongsTo(it.source().organization()));
    }

    /**
     * Puts the new address, its user and its password in the place of the present ones.
     *
     * @param change id of what the actor saw
     * @throws Conflict when another change waits by now, the source changed meanwhile, or a run is
     *     about to write into it
     */
    public Source confirm(Actor actor, long source, long change) {
        var waiting = seen(actor, source, change);
        actor.require(Role.REVIEWER, Role.AUTHORITY);
        if (!mayConfirm(actor, waiting)) throw NotAllowed.because("source-own-change");
        var applied = waiting.applied();
        connections.requireInside(applied);
        transaction.executeWithoutResult(_ -> {
            hold(waiting);
            refuseWhileFilled(waiting);
            var password = connections.opened(source, table.password(source).orElseThrow());
            table.delete(source);
            sources.update(applied.changedAt(clock.instant()));
            sources.setPassword(source, connections.seal(source, password));
            sources.settle(source);
            var now = clock.instant();
            events.publishEvent(
                    new SourceAddressChanged(
                            source,
                            applied.organization(),
                            waiting.askedBy(),
                            applied.addressDigest(),
                            actor,
                            now));
            notices.tell(waiting.askedBy(), told("source.address-confirmed", waiting, "/sources/"));
        });
        line.forget(source);
        return sources.find(source).orElseThrow(() -> new Unknown("source", source));
    }

    /** The present address stays: a second person refuses, or the department takes it back. */
    public void refuse(Actor actor, long source, long change) {
        var waiting = seen(actor, source, change);
        transaction.executeWithoutResult(_ -> {
            hold(waiting);
            table.delete(source);
            events.publishEvent(
                    new SourceAddressRefused(
                            source,
                            waiting.source().organization(),
                            waiting.askedBy(),
                            actor,
                            clock.instant()));
            if (!waiting.isOf(actor))
                notices.tell(
                        waiting.askedBy(), told("source.address-refused", waiting, "/sources/"));
        });
    }

    /** Inside the transaction of {@link Sources#change}, with the row held. */
    void ask(Actor actor, Source present, Source wanted, String password, Instant now) {
        var it =
                new AddressChange(
                        0,
                        present,
                        wanted.address(),
                        wanted.username(),
                        wanted.tls(),
                        actor.subject(),
                        actor.name(),
                        now);
        table.put(it, connections.sealChange(present.id(), password));
        events.publishEvent(
                new SourceAddressAsked(
                        present.id(), present.organization(), wanted.addressDigest(), actor, now));
        notices.tell(
                present.organization(),
                Set.of(Role.REVIEWER),
                told("source.address-asked", it, null));
    }

    /** The embedded server took another port: what waits to lead there leads there still. */
    void follow(int oldPort, int newPort) {
        table.move(oldPort, newPort);
    }

    @Trusted("the desk of a department's reviewer shows what waits")
    List<AddressChange> waiting(String organization, int limit) {
        return table.list(organization, new Page.Request(limit, Long.MAX_VALUE)).items();
    }

    private AddressChange seen(Actor actor, long source, long change) {
        var it = find(actor, source).orElseThrow(() -> new Unknown("address-change", source));
        if (it.id() != change) throw changedMeanwhile(it.source());
        return it;
    }

    /**
     * A run that writes asks its target, when it is taken up again, whether its content stands
     * there: at another address the answer would be of another database. None is asked for while
     * the row is held.
     */
    private void refuseWhileFilled(AddressChange it) {
        var run =
                uses.stream()
                        .flatMap(room -> room.beingFilledBy(it.source().id()).stream())
                        .findFirst();
        if (run.isPresent())
            throw new Conflict(
                    "source:being-filled",
                    Map.of("name", it.source().name(), "number", run.orElseThrow()));
    }

    /** Holds the row and looks once more: nothing may have changed since it was seen. */
    private void hold(AddressChange seen) {
        var present =
                sources.lock(seen.source().id(), true)
                        .orElseThrow(() -> new Unknown("source", seen.source().id()));
        var waits = table.find(present.id()).map(AddressChange::id).orElse(-1L);
        if (present.revision() != seen.source().revision() || waits != seen.id())
            throw changedMeanwhile(present);
    }

    static Conflict changedMeanwhile(Source source) {
        return new Conflict(
                "source:changed-meanwhile",
                Map.of("name", source.name(), "revision", source.revision()));
    }

    private static Notices.Notice told(String key, AddressChange it, @Nullable String path) {
        var id = it.source().id();
        return new Notices.Notice(
                key,
                Map.of("name", it.source().name(), "by", it.askedByName()),
                path == null ? "/sources/" + id + "/address-change" : path + id);
    }
}
