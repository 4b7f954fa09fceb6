package shuqiao.mapping;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.Into;
import shuqiao.engine.Scope;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.mapping.Mapping.Place;
import shuqiao.mapping.MappingEvent.MappingRemoved;
import shuqiao.mapping.MappingEvent.MappingSet;
import shuqiao.sharing.Grant;
import shuqiao.sharing.GrantEvent.GrantIssued;
import shuqiao.sharing.Grants;
import shuqiao.source.Sources;

/**
 * What a consumer says of how granted fields enter its own tables. Where nothing is said, a run
 * replaces the table whole.
 */
@Door
public class Mappings {

    private static final int NAME_MAX = 63;

    /**
     * What a form or a program says of a mapping.
     *
     * @param columns granted field to column; fields that are not named, or with an empty column,
     *     are not stored
     * @param key columns by which a row is known
     * @param absent KEEP or DELETE: rows that the delivery does not hold
     */
    public record Wish(
            @Nullable Long grant,
            @Nullable Long target,
            @Nullable String schema,
            @Nullable String table,
            @Nullable Map<String, String> columns,
            @Nullable List<String> key,
            @Nullable String absent) {}

    /** A place where rows may enter, with the table as it is now. */
    public record Ground(Grant grant, Place place, Table table, Optional<Mapping> mapping) {}

    private final MappingTable mappings;
    private final Grants grants;
    private final Sources sources;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Mappings(
            MappingTable mappings,
            Grants grants,
            Sources sources,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.mappings = mappings;
        this.grants = grants;
        this.sources = sources;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Looks at the table; outside our transactions, because it asks another machine. */
    public Ground look(Actor actor, Wish wish) {
        actor.require(Role.STEWARD);
        var faults = new Invalid.Faults();
        if (wish.grant() == null) faults.add("grant", "required");
        if (wish.target() == null) faults.add("target", "required");
        var schema = faults.text("schema", wish.schema(), NAME_MAX);
        var name = faults.text("table", wish.table(), NAME_MAX);
        faults.refuseIfAny();
        var grant = grants.find(actor, Objects.requireNonNull(wish.grant()));
        actor.requireOrganization(grant.consumer());
        var target = sources.find(actor, Objects.requireNonNull(wish.target()));
        actor.requireOrganization(target.organization());
        var place = new Place(grant.id(), target.id(), schema, name);
        return new Ground(
                grant,
                place,
                sources.describe(actor, target.id(), schema, name),
                mappings.find(place));
    }

    /** Sets what is said of a place, in the place of what was said before. */
    public Mapping set(Actor actor, Wish wish) {
        var ground = look(actor, wish);
        var into = checked(ground, wish);
        var place = ground.place();
        return Objects.requireNonNull(
                transaction.execute(_ -> {
                    var now = clock.instant();
                    if (sources.hold(place.target()).isEmpty())
                        throw new Unknown("source", place.target());
                    grants.hold(place.grant());
                    mappings.put(place, ground.grant().consumer(), into, actor.subject(), now);
                    events.publishEvent(
                            new MappingSet(
                                    place.grant(),
                                    place.target(),
                                    place.label(),
                                    into.columns().size(),
                                    actor,
                                    now));
                    return mappings.find(place).orElseThrow();
                }));
    }

    private static Into checked(Ground ground, Wish wish) {
        var faults = new Invalid.Faults();
        var columns = columns(ground, wish, faults);
        var said = wish.key() == null ? List.<String>of() : wish.key();
        var key = said.stream().filter(Objects::nonNull).distinct().toList();
        if (key.isEmpty()) faults.add("key", "mapping.key-required");
        for (var column : key)
            if (!columns.containsValue(column))
                faults.add("key", "mapping.key-not-filled", Map.of("column", column));
        var absent = wish.absent() == null ? "KEEP" : wish.absent();
        if (!absent.equals("KEEP") && !absent.equals("DELETE"))
            faults.add("absent", "not-one-of", Map.of("allowed", List.of("KEEP", "DELETE")));
        faults.refuseIfAny();
        return new Into(columns, inOrder(ground.table(), key), Into.Absent.valueOf(absent));
    }

    /** The stored columns, in the order of the granted fields. */
    private static Map<String, String> columns(Ground ground, Wish wish, Invalid.Faults faults) {
        var said = wish.columns() == null ? Map.<String, String>of() : wish.columns();
        var granted =
                ground.grant().scope().fields().stream()
                        .map(Scope.Field::name)
                        .collect(Collectors.toCollection(ArrayList::new));
        for (var field : said.keySet())
            if (!granted.contains(field))
                faults.add("columns", "engine.unknown-field", Map.of("field", field));
        var columns = new LinkedHashMap<String, String>();
        for (var field : granted) {
            var column = Objects.requireNonNullElse(said.get(field), "").strip();
            if (column.isEmpty()) continue;
            if (ground.table().column(column).isEmpty())
                faults.add("column-" + field, "mapping.no-column", Map.of("column", column));
            else if (columns.containsValue(column))
                faults.add("column-" + field, "mapping.twice", Map.of("column", column));
            else columns.put(field, column);
        }
        if (columns.isEmpty() && !faults.any()) faults.add("columns", "mapping.nothing");
        return columns;
    }

    private static List<String> inOrder(Table table, List<String> key) {
        return table.columns().stream().map(column -> column.name()).filter(key::contains).toList();
    }

    /** Takes a mapping away; its grant's next run would replace the table whole. */
    @Transactional
    public Mapping remove(Actor actor, long id) {
        actor.require(Role.STEWARD);
        var it = find(actor, id);
        mappings.remove(id);
        events.publishEvent(
                new MappingRemoved(
                        it.place().grant(),
                        it.place().target(),
                        it.place().label(),
                        actor,
                        clock.instant()));
        return it;
    }

    /** One of one's own organization. */
    public Mapping find(Actor actor, long id) {
        return mappings.find(id)
                .filter(it -> actor.belongsTo(it.organization()))
                .orElseThrow(() -> new Unknown("mapping", id));
    }

    public Page<Mapping> list(Actor actor, @Nullable Long grant, Page.Request page) {
        return mappings.list(actor.requiredOrganization(), grant, page);
    }

    /**
     * A grant that takes the place of another fills the same tables by the same rule, as far as it
     * gives the same fields. Where a column of the key is not given any more, nothing is carried
     * over, and a run into the table is refused until somebody says how.
     */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void carryOver(GrantIssued issued) {
        var before = grants.predecessor(issued.grant()).orElse(null);
        if (before == null || !before.consumer().equals(issued.consumer())) return;
        var given =
                grants.grant(issued.grant()).orElseThrow().scope().fields().stream()
                        .map(Scope.Field::name)
                        .collect(Collectors.toSet());
        for (var it : mappings.of(before.id())) {
            var columns = new LinkedHashMap<>(it.into().columns());
            columns.keySet().retainAll(given);
            if (!columns.values().containsAll(it.into().key())) continue;
            var place =
                    new Place(
                            issued.grant(),
                            it.place().target(),
                            it.place().schema(),
                            it.place().table());
            mappings.put(
                    place,
                    it.organization(),
                    new Into(columns, it.into().key(), it.into().absent()),
                    it.madeBy(),
                    issued.at());
            events.publishEvent(
                    new MappingSet(
                            place.grant(),
                            place.target(),
                            place.label(),
                            columns.size(),
                            issued.by(),
                            issued.at()));
        }
    }

    /** Whether some grant fills the table beside rows that stay in it. */
    @Trusted("a run that would replace the table whole is refused by it")
    public boolean isKept(long target, String schema, String table) {
        return mappings.isKept(target, schema, table);
    }

    /** What holds for runs into this place. */
    @Trusted("the caller has looked whether the actor may deliver there")
    public Optional<Into> of(long grant, long target, String schema, String table) {
        return mappings.find(new Place(grant, target, schema, table)).map(Mapping::into);
    }
}
