package shuqiao.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.Database;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.HashKey;
import shuqiao.engine.Scope;
import shuqiao.engine.Table;
import shuqiao.engine.ValueSketch;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.EngineRefusal;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.line.Line;
import shuqiao.line.Occasion;
import shuqiao.line.Place;
import shuqiao.line.PlaceState;
import shuqiao.line.SessionRecord;
import shuqiao.line.Use;
import shuqiao.source.SourceEvent.SourceChanged;
import shuqiao.source.SourceEvent.SourceRegistered;
import shuqiao.source.SourceEvent.SourceRemoved;

/**
 * The database connections of departments. Kept by a department's steward, seen by nobody outside
 * it. What asks another machine does so outside our transactions.
 */
@Door
public class Sources {

    private static final int SAMPLE_ROWS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration SKETCH_EACH = Duration.ofSeconds(10);
    private static final Duration SKETCH_ALL = Duration.ofSeconds(30);

    private final SourceTable table;
    private final Connections connections;
    private final AddressChanges changes;
    private final Tries tries;
    private final Line line;
    private final ObjectProvider<SourceUse> uses;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Sources(
            SourceTable table,
            Connections connections,
            AddressChanges changes,
            Tries tries,
            Line line,
            ObjectProvider<SourceUse> uses,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.connections = connections;
        this.changes = changes;
        this.tries = tries;
        this.line = line;
        this.uses = uses;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Registers a connection. It need not work yet, but must not lead to the platform itself. */
    public Source register(Actor actor, Registration entry) {
        actor.require(Role.STEWARD);
        var organization = actor.requiredOrganization();
        var now = clock.instant();
        var faults = new Invalid.Faults();
        if (!entry.hasPassword()) faults.add("password", "required");
        var source = entry.checked(table.nextId(), organization, now, now, faults);
        var password = Objects.requireNonNull(entry.password());
        connections.requireInside(source);
        probe(actor, source, true, connections.place(source, password));
        transaction.executeWithoutResult(_ -> {
            table.insert(source, connections.seal(source.id(), password));
            events.publishEvent(new SourceRegistered(source.id(), organization, actor, now));
        });
        return source;
    }

    /**
     * Changes a connection. The password may be left out as long as it goes to the same place: who
     * only may change the address must not learn the password. Another address, or a line that is
     * protected less, waits for a second person ({@link AddressChanges}); all else holds at once.
     *
     * @throws Conflict when somebody else changed it since it was seen
     */
    public Source change(Actor actor, long id, Registration entry) {
        actor.require(Role.STEWARD);
        var before = own(actor, id);
        var seen = entry.revision() == null ? before.revision() : entry.revision();
        if (seen != before.revision()) throw AddressChanges.changedMeanwhile(before);
        var now = clock.instant();
        var faults = new Invalid.Faults();
        var wanted = entry.checked(id, before.organization(), before.createdAt(), now, faults);
        if (!entry.hasPassword() && wanted.leadsElsewhereThan(before))
            throw Invalid.field("password", "source.password-again");
        if (!wanted.isAt(before.address())) connections.requireInside(wanted);
        probe(
                actor,
                wanted,
                entry.hasPassword(),
                entry.hasPassword()
                        ? connections.place(wanted, Objects.requireNonNull(entry.password()))
                        : connections.place(id));
        transaction.executeWithoutResult(_ -> {
            var present = table.lock(id, true).orElseThrow(() -> new Unknown("source", id));
            if (present.revision() != seen) throw AddressChanges.changedMeanwhile(present);
            keep(actor, present, wanted, entry, now);
            events.publishEvent(new SourceChanged(id, present.organization(), actor, now));
        });
        line.forget(id);
        return known(id);
    }

    /** What was seen is what is there: the row is held. */
    private void keep(Actor actor, Source present, Source wanted, Registration entry, Instant now) {
        if (AddressChange.isNeeded(present, wanted)) {
            table.update(wanted.at(present.address(), present.username(), present.tls()));
            changes.ask(actor, present, wanted, Objects.requireNonNull(entry.password()), now);
            return;
        }
        table.update(wanted);
        if (entry.hasPassword())
            table.setPassword(
                    present.id(),
                    connections.seal(present.id(), Objects.requireNonNull(entry.password())));
    }

    /** Removes a connection that nothing needs any more, with its password. */
    @Transactional
    public void remove(Actor actor, long id) {
        actor.require(Role.STEWARD);
        own(actor, id);
        var source = table.lock(id, true).orElseThrow(() -> new Unknown("source", id));
        var use = uses.stream().flatMap(room -> room.usedBy(id).stream()).findFirst();
        if (use.isPresent())
            throw new Conflict(
                    "source:in-use", Map.of("name", source.name(), "use", use.orElseThrow()));
        table.delete(id);
        line.removed(id);
        events.publishEvent(new SourceRemoved(id, source.organization(), actor, clock.instant()));
    }

    public Page<Source> list(Actor actor, Page.Request page) {
        return list(actor, page, 0);
    }

    /**
     * @param offset how many to pass over
     */
    Page<Source> list(Actor actor, Page.Request page, long offset) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        return table.list(actor.requiredOrganization(), page, offset);
    }

    public Source find(Actor actor, long id) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        return own(actor, id);
    }

    /**
     * Whether the address lies outside of the networks that may be dialled and goes on only until
     * the system administrator decides.
     */
    public boolean goesOnOutside(Actor actor, long id) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        return connections.goesOnOutside(own(actor, id));
    }

    /** How often it was not reached lately, and what is open there; empty before it was dialled. */
    public Optional<PlaceState> state(Actor actor, long id) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        return line.state(own(actor, id).id());
    }

    /** Every session with it that is still on record, the newest first. */
    public Page<SessionRecord> sessions(Actor actor, long id, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        return line.sessionsOf(own(actor, id).id(), page);
    }

    public Database.Report test(Actor actor, long id) {
        line.forget(id); // what its administrator changed there counts from now on
        return asked(actor, id, Occasion.TEST, Database::test);
    }

    public List<String> schemas(Actor actor, long id) {
        return asked(actor, id, Occasion.LOOK, Database::schemas);
    }

    /** Those of these names that there are. */
    public List<Table.Summary> tables(
            Actor actor, long id, String schema, Collection<String> names) {
        Connections.refuseNullCharacter("schema", schema);
        for (var name : names) Connections.refuseNullCharacter("tables", name);
        return asked(actor, id, Occasion.LOOK, database -> database.tables(schema, names));
    }

    /**
     * A piece of the tables of a schema, cut by the other server.
     *
     * @param words in name or comment; empty for every table
     * @param after the cursor: how many were given before
     */
    public Page<Table.Summary> tables(
            Actor actor,
            long id,
            String schema,
            String words,
            @Nullable Integer limit,
            @Nullable String after) {
        Connections.refuseNullCharacter("schema", schema);
        Connections.refuseNullCharacter("q", words);
        var request = Page.Request.of(limit, after == null ? "0" : after);
        if (request.after() < 0) throw Invalid.field("after", "cursor");
        var found =
                asked(
                        actor,
                        id,
                        Occasion.LOOK,
                        database ->
                                database.tables(schema, words, request.limit(), request.after()));
        var given = request.after() + found.piece().size();
        return new Page<>(
                found.piece(),
                found.all(),
                !found.piece().isEmpty() && given < found.all() ? String.valueOf(given) : null);
    }

    public Table describe(Actor actor, long id, String schema, String name) {
        Connections.refuseNullCharacter("schema", schema);
        Connections.refuseNullCharacter("table", name);
        return asked(actor, id, Occasion.LOOK, database -> database.table(schema, name));
    }

    /**
     * What somebody would get under a scope.
     *
     * @param values one of each field, masked; empty where all that were looked at are null
     * @param rows how many it gives
     * @param all how many the table has
     */
    public record Preview(List<Optional<String>> values, Database.Count rows, Database.Count all) {}

    /**
     * Looks at one's own table as another would see it. Nothing of it is kept.
     *
     * @param rowSecurity whether rows may be hidden by it, as declared at the mount
     */
    public Preview preview(Actor actor, long id, Scope scope, boolean rowSecurity) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        var source = own(actor, id);
        var place = connections.place(id).withRowSecurity(rowSecurity);
        var whole =
                new Scope(
                        scope.schema(),
                        scope.table(),
                        scope.fields(),
                        List.of(),
                        scope.masks(),
                        scope.purpose(),
                        scope.from(),
                        scope.until());
        // of a hash only the shape is shown: the key of the pair belongs to the rails
        var key = new HashKey(new byte[32]);
        return EngineRefusal.asked(() ->
                tries.of(
                        actor,
                        source,
                        () ->
                                line.ask(
                                        place,
                                        Use.of(Occasion.PREVIEW, actor),
                                        database -> {
                                            var values =
                                                    database.sample(
                                                            scope, key, SAMPLE_ROWS, PATIENCE);
                                            var rows = database.count(scope, PATIENCE);
                                            var all =
                                                    scope.filter().isEmpty()
                                                            ? rows
                                                            : database.count(whole, PATIENCE);
                                            return new Preview(values, rows, all);
                                        })));
    }

    /**
     * Hashes of the values of some columns of one's own table, made in its database without a key
     * of ours; no value comes over. Columns that take longer than {@code each} are left out.
     *
     * @throws Conflict outside of the hours in which the source may be used
     */
    public Map<String, ValueSketch> sketches(
            Actor actor, long id, String schema, String table, List<String> columns) {
        actor.require(Role.STEWARD);
        own(actor, id);
        return sketches(Use.of(Occasion.SURVEY, actor), id, schema, table, columns);
    }

    @Trusted("the clock that compares columns makes hashes only, in the hours of the source")
    public Map<String, ValueSketch> sketches(
            long id, String schema, String table, List<String> columns) {
        return sketches(Use.platform(Occasion.SURVEY), id, schema, table, columns);
    }

    private Map<String, ValueSketch> sketches(
            Use use, long id, String schema, String table, List<String> columns) {
        var place = connections.place(id);
        return EngineRefusal.asked(() ->
                line.ask(
                        place,
                        use,
                        database ->
                                database.sketches(
                                        schema, table, columns, SKETCH_EACH, SKETCH_ALL)));
    }

    @Trusted("rooms above check whose a source is by it; it holds no password")
    public Optional<Source> find(long id) {
        return table.find(id);
    }

    @Trusted("keeps a source from being removed until the caller's transaction ends")
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Source> hold(long id) {
        return table.lock(id, false);
    }

    /** Asks the live table. Failures are refusals in words. */
    @Trusted("rooms above look at the table that they mounted")
    public Table describe(long id, String schema, String name) {
        var place = connections.place(id);
        return EngineRefusal.asked(() ->
                line.ask(
                        place,
                        Use.platform(Occasion.LOOK),
                        database -> database.table(schema, name)));
    }

    /**
     * Where and how to reach it, with its password, limits and TLS, for the line. Nothing is
     * contacted; a session that turns out to be of the platform's own database is refused.
     */
    @Trusted("only a run or a rail under a grant asks for it")
    public Place place(long id) {
        line.refuseInsideTransaction();
        return connections.place(id);
    }

    /** Whether the department's administrator lets us work now; false for one that is gone. */
    @Trusted("rooms above wait for the allowed hours by it")
    public boolean allowedNow(long id, Instant instant) {
        return table.find(id).filter(source -> source.allows(instant)).isPresent();
    }

    /** Follows the embedded server to another port. Returns how many connections moved. */
    @Trusted("the start tells it when the embedded server had to take another port")
    @Transactional
    public int moved(int oldPort, int newPort) {
        var moved = table.move(oldPort, newPort);
        changes.follow(oldPort, newPort);
        moved.forEach(source -> line.forget(source.id()));
        for (var source : moved)
            events.publishEvent(
                    new SourceChanged(
                            source.id(), source.organization(), Actor.PLATFORM, clock.instant()));
        return moved.size();
    }

    private <T> T asked(Actor actor, long id, Occasion occasion, Function<Database, T> question) {
        actor.require(Role.STEWARD);
        var source = own(actor, id);
        var place = connections.place(id);
        return EngineRefusal.asked(() ->
                tries.of(actor, source, () -> line.ask(place, Use.of(occasion, actor), question)));
    }

    /** Makes sure that it is not ourselves, if it answers at all. */
    private void probe(Actor actor, Source source, boolean entered, Place place) {
        try {
            Supplier<Database.Identity> question =
                    () -> line.ask(place, Use.of(Occasion.ENTERED, actor), Database::identity);
            if (entered) tries.entered(actor, source, question);
            else tries.of(actor, source, question);
        } catch (EngineFailure _) {
            // it need not work yet; it is asked again whenever we connect
        }
    }

    private Source known(long id) {
        return table.find(id).orElseThrow(() -> new Unknown("source", id));
    }

    /** Sources of others are unknown, not forbidden. */
    private Source own(Actor actor, long id) {
        return table.find(id)
                .filter(source -> actor.belongsTo(source.organization()))
                .orElseThrow(() -> new Unknown("source", id));
    }
}
