package shuqiao.mapping;

import static shuqiao.kernel.Role.REVIEWER;
import static shuqiao.kernel.Role.STEWARD;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.PublishedResource;
import shuqiao.engine.Into;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.Where;
import shuqiao.kit.Entry;
import shuqiao.kit.Field;
import shuqiao.kit.Form;
import shuqiao.kit.Keeper;
import shuqiao.kit.Listing;
import shuqiao.kit.Register;
import shuqiao.kit.Transitions.Move;
import shuqiao.kit.Words;
import shuqiao.mapping.Mapping.Place;
import shuqiao.mapping.MappingEvent.MappingRemoved;
import shuqiao.mapping.MappingEvent.MappingSet;
import shuqiao.sharing.Grant;
import shuqiao.sharing.GrantEvent.GrantIssued;
import shuqiao.sharing.GrantTargets;
import shuqiao.sharing.Grants;
import shuqiao.source.Sources;

/**
 * What a consumer says of how granted fields enter its own tables. Where nothing is said, a run
 * replaces the table whole.
 */
@Door
public class Mappings implements Keeper, GrantTargets {

    private static final String RUN =
            "/runs/new?grant={grant}&target={target}&schema={schema}&table={table}";

    private static final Form SET =
            Form.of("set", "/mappings", STEWARD)
                    .titled("mappings.title", "mappings.of", "mappings.what")
                    .asks(
                            Field.number("grant").must(),
                            Field.number("target").must(),
                            Field.text("schema").must().within(0, 63),
                            Field.text("table").must().within(0, 63),
                            Field.pairs("columns", "column")
                                    .label("mappings.column")
                                    .hint("mappings.not-stored")
                                    .from("columns"),
                            Field.ticks("key", "columns")
                                    .label("mappings.key")
                                    .hint("mappings.key.this"),
                            Field.radio("absent")
                                    .label("mappings.absent")
                                    .oneOf("Absent", Into.Absent.values()))
                    .inRows("field", "mappings.field", "type", "mappings.type")
                    .then("mappings.go", "mappings.set", RUN)
                    .put("setMapping", "Say how a grant enters one of one's own tables 设置字段对应");

    private static final Register REGISTER =
            Register.of("mapping", "/mappings")
                    .tagged("mappings", "How granted fields enter tables that stay 字段对应")
                    .listed(
                            Listing.of(STEWARD, REVIEWER)
                                    .numbers("id", "grant", "target")
                                    .texts("schema", "table")
                                    .pairs("columns")
                                    .lists("key")
                                    .texts("absent")
                                    .times("madeAt")
                                    .narrowed(Field.number("grant"))
                                    .rest("listMappings", "One's own, newest first 查字段对应"))
                    .filled(SET)
                    .moved(
                            Move.of("remove", "REMOVED", "SET")
                                    .by(STEWARD)
                                    .page("removal", "mappings.remove", "mappings.removed", RUN)
                                    .delete(
                                            "removeMapping",
                                            "Replace the table whole again 删除字段对应"));

    /** A place where rows may enter, with the table as it is now. */
    public record Ground(Grant grant, Place place, Table table, Optional<Mapping> mapping) {}

    private final MappingTable mappings;
    private final Grants grants;
    private final Sources sources;
    private final Catalog catalog;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Mappings(
            MappingTable mappings,
            Grants grants,
            Sources sources,
            Catalog catalog,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.mappings = mappings;
        this.grants = grants;
        this.sources = sources;
        this.catalog = catalog;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Trusted("a plain value")
    public Register register() {
        return REGISTER;
    }

    /** Looks at the table; outside our transactions, because it asks another machine. */
    public Ground look(Actor actor, Entry entry) {
        actor.require(STEWARD);
        SET.requireAddress(entry);
        var grant = grants.find(actor, entry.number("grant"));
        actor.requireOrganization(grant.consumer());
        var target = sources.find(actor, entry.number("target"));
        actor.requireOrganization(target.organization());
        var place = new Place(grant.id(), target.id(), entry.text("schema"), entry.text("table"));
        var table = sources.describe(actor, target.id(), place.schema(), place.table());
        return new Ground(grant, place, table, find(place));
    }

    @Override
    public Shown show(Actor actor, String form, Entry entry) {
        var ground = look(actor, entry);
        var grant = ground.grant();
        var table = ground.table();
        var names =
                catalog
                        .version(grant.resource(), grant.version())
                        .map(PublishedResource::fields)
                        .orElse(List.of())
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        field -> field.column(),
                                        field -> field.name(),
                                        (a, _) -> a));
        var rows = new ArrayList<Map<String, Object>>();
        var same = new LinkedHashMap<String, String>();
        for (var field : grant.scope().fields()) {
            var name = field.name();
            var mask = grant.scope().masks().get(name);
            var masked = mask == null ? "" : Words.of("mappings.masked", mask.rule());
            rows.add(
                    Map.of(
                            "row", name,
                            "field", names.getOrDefault(name, name),
                            "field.small", name,
                            "type", field.type(),
                            "type.small", masked));
            if (table.column(name).isPresent()) same.put(name, name);
        }
        var known = same.values().containsAll(table.key()) ? table.key() : List.<String>of();
        var into = ground.mapping().map(Mapping::into);
        var keys = new StringJoiner("; ");
        if (!table.key().isEmpty()) keys.add(String.join(", ", table.key()));
        table.uniqueKeys().forEach(key -> keys.add(String.join(", ", key)));
        return new Shown(
                ground.place().label(),
                List.of(
                        new Step(Words.plain(grant.number()), "/grants/{grant}"),
                        new Step(Words.of("runs.new"), RUN)),
                List.of(Words.plain(grant.title()), Words.of("run.scope.fields.n", rows.size())),
                keys.length() == 0
                        ? Words.of("mappings.keys.none")
                        : Words.of("mappings.keys", keys.toString()),
                Map.of("columns", codes(table)),
                rows,
                Map.of(
                        "columns", into.map(Into::columns).orElse(same),
                        "key", into.map(Into::key).orElse(known),
                        "absent", into.map(Into::absent).orElse(Into.Absent.KEEP).name()),
                ground.mapping().map(Mappings::item).orElse(null));
    }

    private static List<Field.Code> codes(Table table) {
        return table.columns().stream()
                .filter(column -> !column.generated())
                .map(column -> {
                    var words = new StringJoiner("　").add(column.name()).add(column.type());
                    column.comment().ifPresent(words::add);
                    return new Field.Code(column.name(), Words.plain(words.toString()));
                })
                .toList();
    }

    @Override
    public void check(Actor actor, String form, Entry entry, Invalid.Faults faults) {
        checked(look(actor, entry), entry, faults);
    }

    /** Sets what is said of a place, in the place of what was said before. */
    @Override
    public Item attempt(Actor actor, String form, Entry entry) {
        var ground = look(actor, entry);
        var faults = new Invalid.Faults();
        var said = checked(ground, entry, faults);
        faults.refuseIfAny();
        var place = ground.place();
        var key = ground.table().columns().stream().map(column -> column.name());
        var into =
                new Into(
                        said,
                        key.filter(entry.texts("key")::contains).toList(),
                        Into.Absent.valueOf(entry.text("absent")));
        return Objects.requireNonNull(
                transaction.execute(_ -> {
                    if (sources.hold(place.target()).isEmpty())
                        throw new Unknown("source", place.target());
                    grants.hold(place.grant());
                    put(
                            place,
                            ground.grant().consumer(),
                            into,
                            actor.subject(),
                            actor,
                            clock.instant());
                    return item(find(place).orElseThrow());
                }));
    }

    private void put(
            Place place, String consumer, Into into, String madeBy, Actor by, Instant now) {
        mappings.put(place, consumer, into, madeBy, now);
        var columns = into.columns().size();
        events.publishEvent(
                new MappingSet(place.grant(), place.target(), place.label(), columns, by, now));
    }

    /** The stored columns, in the order of the granted fields. */
    private static Map<String, String> checked(Ground ground, Entry entry, Invalid.Faults faults) {
        var said = new LinkedHashMap<>(entry.pairs("columns"));
        var columns = new LinkedHashMap<String, String>();
        for (var granted : ground.grant().scope().fields()) {
            var field = granted.name();
            var column = Objects.requireNonNullElse(said.remove(field), "").strip();
            var cell = "column-" + field;
            if (column.isEmpty()) continue;
            if (ground.table().column(column).isEmpty())
                faults.add(cell, "mapping.no-column", Map.of("column", column));
            else if (columns.containsValue(column))
                faults.add(cell, "mapping.twice", Map.of("column", column));
            else columns.put(field, column);
        }
        for (var unknown : said.keySet())
            faults.add("columns", "engine.unknown-field", Map.of("field", unknown));
        if (columns.isEmpty() && !faults.any()) faults.add("columns", "mapping.nothing");
        if (entry.texts("key").isEmpty()) faults.add("key", "mapping.key-required");
        for (var column : entry.texts("key"))
            if (!columns.containsValue(column))
                faults.add("key", "mapping.key-not-filled", Map.of("column", column));
        return columns;
    }

    /** Takes a mapping away; its grant's next run would replace the table whole. */
    @Override
    @Transactional
    public Item move(Actor actor, String move, Item item, String reason) {
        mappings.remove(item.id());
        var place = item.text("schema") + "." + item.text("table");
        var now = clock.instant();
        events.publishEvent(
                new MappingRemoved(item.number("grant"), item.number("target"), place, actor, now));
        return item;
    }

    @Override
    public Page<Item> page(Actor actor, Listing.Query query) {
        var where = Where.of("organization = :own", "own", actor.requiredOrganization());
        query.narrow(where, "id", "id = :id").narrow(where, "grant", "grant_id = :grant");
        return mappings.page(where, query.page()).map(Mappings::item);
    }

    private static Item item(Mapping it) {
        return Item.of(it.id(), "SET", it.madeBy(), it, it.place(), it.into());
    }

    private Optional<Mapping> find(Place place) {
        return mappings.where(MappingTable.at(place)).stream().findFirst();
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
        var given = new HashSet<String>();
        for (var field : grants.grant(issued.grant()).orElseThrow().scope().fields())
            given.add(field.name());
        for (var it : mappings.where(Where.of("grant_id = :grant", "grant", before.id()))) {
            var columns = new LinkedHashMap<>(it.into().columns());
            columns.keySet().retainAll(given);
            if (!columns.values().containsAll(it.into().key())) continue;
            var was = it.place();
            var place = new Place(issued.grant(), was.target(), was.schema(), was.table());
            var into = new Into(columns, it.into().key(), it.into().absent());
            put(place, it.organization(), into, it.madeBy(), issued.by(), issued.at());
        }
    }

    @Override
    @Trusted("tables that a mapping keeps: its grant delivers into their source")
    public Set<Long> into(long source) {
        return mappings.where(Where.of("target = :target", "target", source)).stream()
                .map(it -> it.place().grant())
                .collect(Collectors.toSet());
    }

    /** Whether some grant fills the table beside rows that stay in it. */
    @Trusted("a run that would replace the table whole is refused by it")
    public boolean isKept(long target, String schema, String table) {
        return !mappings.where(MappingTable.into(target, schema, table)).isEmpty();
    }

    /** What holds for runs into this place. */
    @Trusted("the caller has looked whether the actor may deliver there")
    public Optional<Into> of(long grant, long target, String schema, String table) {
        return find(new Place(grant, target, schema, table)).map(Mapping::into);
    }
}
