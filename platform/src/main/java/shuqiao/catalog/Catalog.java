package shuqiao.catalog;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import shuqiao.catalog.CatalogEvent.ResourceChanged;
import shuqiao.catalog.CatalogEvent.ResourceDiscarded;
import shuqiao.catalog.CatalogEvent.ResourceDrafted;
import shuqiao.catalog.CatalogEvent.ResourceMounted;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.source.Sources;

/** 编目, 挂接 and 查询: stewards describe and mount resources, everybody finds what is published. */
@Door
public class Catalog {

    private static final int OPEN_MAX = 10_000;
    private static final int OWN_MAX = 50_000;

    /**
     * A draft in one's own words, from a live table, or from a table with some words of one's own.
     */
    public record NewResource(
            @Nullable Long source,
            @Nullable String schema,
            @Nullable String table,
            @Nullable Description description) {}

    /**
     * A table of a source of the provider. Mapping is from names of items to columns.
     *
     * @param rowSecurity declares that only the rows are meant that the table's row security shows
     *     our role; without it such a table is refused when it is read
     */
    public record MountEntry(
            @Nullable Long source,
            @Nullable String schema,
            @Nullable String table,
            @Nullable Map<String, String> mapping,
            @Nullable Boolean rowSecurity) {
        public MountEntry {
            mapping = mapping == null ? Map.of() : Map.copyOf(mapping);
        }
    }

    /** How many a list holds at most. */
    public static final int LISTED_MAX = 20_000;

    /** A resource in a list, as its reader may see it. */
    public record Listed(
            long id,
            @Nullable String code,
            String provider,
            Stage stage,
            Description description) {}

    /** Tries descriptions without writing them; asks for each thing they refer to once. */
    public static final class Trial {

        private final DescriptionRules rules;

        private Trial(DescriptionRules rules) {
            this.rules = rules;
        }

        /** What even a draft may not say, and what is missing before it can be reviewed. */
        public List<Refusal.Fault> faults(Description description) {
            var faults = new Invalid.Faults();
            rules.checkDraft(description, faults);
            rules.checkComplete(description, faults);
            try {
                faults.refuseIfAny();
            } catch (Invalid refused) {
                return refused.faults();
            }
            return List.of();
        }
    }

    private final VersionTable versions;
    private final ClassNodeTable nodes;
    private final WorkingCopyTable copies;
    private final Search search;
    private final DescriptionRules rules;
    private final LiveTables live;
    private final Sources sources;
    private final Records records;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Catalog(
            VersionTable versions,
            ClassNodeTable nodes,
            WorkingCopyTable copies,
            Search search,
            DescriptionRules rules,
            LiveTables live,
            Sources sources,
            Records records,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.versions = versions;
        this.nodes = nodes;
        this.copies = copies;
        this.search = search;
        this.rules = rules;
        this.live = live;
        this.sources = sources;
        this.records = records;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Begins a resource of the actor's department. */
    public Resource draft(Actor actor, NewResource entry) {
        actor.require(Role.STEWARD);
        var provider = actor.requiredOrganization();
        var given = entry.description();
        Description description;
        Optional<Mount> mount = Optional.empty();
        if (entry.source() == null) {
            if (given == null) throw Invalid.field("description", "catalog.nothing-given");
            description = given.withColumnTypesOf(given.withItems(List.of()));
        } else {
            var table = describe(actor, entry.source(), entry.schema(), entry.table());
            var draft = live.draft(table);
            description = given == null ? draft : given.orElse(draft);
            description = description.withItems(live.mounted(description.items(), table, Map.of()));
            mount = Optional.of(live.mount(entry.source(), table, false));
        }
        check(description);
        return inserted(actor, provider, description, mount);
    }

    /**
     * Begins a resource with the words of another that the actor sees, one's own or a published
     * one.
     *
     * @param mark put behind the name, and a number where that is taken too
     */
    public Resource copy(Actor actor, long id, String mark) {
        actor.require(Role.STEWARD);
        var provider = actor.requiredOrganization();
        var it = records.sight(actor, id).description();
        var room = DescriptionRules.NAME_MAX - mark.length() - 6;
        var stem = it.name().length() > room ? it.name().substring(0, room) : it.name();
        var name = stem + mark;
        var taken = records.namesLike(provider, Names.key(name));
        for (int number = 2; taken.contains(Names.key(name)); number++) name = stem + mark + number;
        var description = it.named(name);
        return draft(actor, new NewResource(null, null, null, description));
    }

    /** Changes the words of a draft. A column that its item no longer has must be mounted again. */
    public Resource change(
            Actor actor, long id, Description description, @Nullable Integer revision) {
        var resource = changeable(actor, id, description, revision);
        var state = Step.EDIT.from(resource.state(), actor.subject(), clock.instant(), "");
        var changed =
                resource.described(
                                description.withColumnTypesOf(resource.description()),
                                resource.mount())
                        .after(state);
        return executed(_ -> {
            var saved = records.save(changed);
            copies.drop(id, actor.subject());
            events.publishEvent(new ResourceChanged(id, saved.version(), actor, clock.instant()));
            return saved;
        });
    }

    /**
     * Keeps what is being typed into a draft, through a crash and for its writer alone. It becomes
     * one change when it is settled or another change of the writer takes it over.
     */
    Instant keep(Actor actor, long id, Description description, @Nullable Integer revision) {
        var resource = changeable(actor, id, description, revision);
        Step.EDIT.from(resource.state(), actor.subject(), clock.instant(), "");
        var now = clock.instant();
        copies.keep(
                id,
                actor.subject(),
                resource.revision(),
                new WorkingCopyTable.Kept(description, now));
        return now;
    }

    /** What the actor typed over this revision and has not saved. */
    Optional<WorkingCopyTable.Kept> kept(Actor actor, long id, int revision) {
        return copies.find(id, actor.subject(), revision);
    }

    /** Makes what the actor has typed so far into one change; nothing typed is no change. */
    void settle(Actor actor, long id) {
        var resource = mine(actor, id);
        var kept = kept(actor, id, resource.revision());
        if (kept.isEmpty()) return;
        var words = kept.orElseThrow().description();
        if (words.equals(resource.description())) copies.drop(id, actor.subject());
        else change(actor, id, words, resource.revision());
    }

    /** Takes back what the actor typed and did not save. */
    void forget(Actor actor, long id) {
        mine(actor, id);
        copies.drop(id, actor.subject());
    }

    /** Binds the resource to a live table of its department. */
    public Resource mount(Actor actor, long id, MountEntry entry) {
        var resource = mine(actor, id);
        var state = Step.EDIT.from(resource.state(), actor.subject(), clock.instant(), "");
        if (entry.source() == null) throw Invalid.field("source", "required");
        long source = entry.source();
        var table = describe(actor, source, entry.schema(), entry.table());
        var items =
                live.mounted(
                        resource.description().items(),
                        table,
                        entry.mapping() == null ? Map.of() : entry.mapping());
        var mounted =
                resource.described(
                                resource.description().withItems(items),
                                Optional.of(
                                        live.mount(
                                                source,
                                                table,
                                                Boolean.TRUE.equals(entry.rowSecurity()))))
                        .after(state);
        return executed(_ -> {
            hold(source);
            var saved = records.save(mounted);
            events.publishEvent(
                    new ResourceMounted(id, saved.version(), source, actor, clock.instant()));
            return saved;
        });
    }

    /**
     * All that a search page finds at this address, up to {@link #LISTED_MAX}.
     *
     * @param address parameters of the search page
     */
    public List<Listed> listed(Actor actor, MultiValueMap<String, String> address) {
        var tree = new Tree(nodes.all());
        var asked = Filters.of(address, actor.organization() != null);
        var filters = asked.known(tree);
        return records.listed(search.all(actor, filters, tree.under(filters.node()), LISTED_MAX));
    }

    /** What could be written, tried beforehand. */
    public Trial trial(Actor actor) {
        actor.require(Role.STEWARD);
        return new Trial(rules.remembering());
    }

    /** All of the actor's department as it is worked on, without those withdrawn. */
    public List<Resource> own(Actor actor) {
        actor.require(Role.STEWARD);
        return records.ofProvider(actor.requiredOrganization(), OWN_MAX);
    }

    /**
     * Throws away what is being worked on: a new draft that was not sent for review yet is gone,
     * the next version of a published one, also one that came back, gives way to it.
     *
     * @param revision that was looked at; a later change is not thrown away
     */
    public void discard(Actor actor, long id, @Nullable Integer revision) {
        var resource = mine(actor, id);
        var next = resource.publishedVersion() != null;
        if (!(resource.state() instanceof State.Draft)
                && !(next && resource.state() instanceof State.Returned))
            throw new Conflict("catalog:not-a-draft", Map.of("state", resource.state().stage()));
        if (revision != null && revision != resource.revision())
            throw new Conflict("catalog:changed-meanwhile", Map.of("resource", id));
        var valid = resource.publishedVersion() == null ? null : records.current(id).orElseThrow();
        if (valid == null && records.isReviewed(id)) throw new Conflict("catalog:reviewed");
        transaction.executeWithoutResult(_ -> {
            copies.dropAll(id);
            if (valid == null) records.remove(resource);
            else
                records.save(
                        resource.backTo(
                                valid, new State.Published(actor.subject(), valid.publishedAt())));
            events.publishEvent(
                    new ResourceDiscarded(
                            id, resource.version(), resource.provider(), actor, clock.instant()));
        });
    }

    /** The class of what the department published last; empty where nothing is. */
    String lastClass(String provider) {
        return records.lastClass(provider);
    }

    public Page<FoundResource> search(Actor actor, ResourceQuery query, Page.Request page) {
        return search.find(actor, query, under(query.node()), page);
    }

    /**
     * How many of what a search finds have each value of these facets; each ignores its own choice
     * and obeys the others.
     */
    public Map<Facet, Map<String, Long>> facets(
            Actor actor, ResourceQuery query, Set<Facet> facets) {
        var counts = search.count(actor, query, under(query.node())).counts();
        counts.keySet().retainAll(facets);
        return counts;
    }

    /** How many of what a search finds lie at and under each class, whatever class is chosen. */
    public Map<String, Long> classes(Actor actor, ResourceQuery query) {
        return new Tree(nodes.all())
                .summed(search.count(actor, query, under(query.node())).classes());
    }

    /**
     * How well the valid version of a resource is described and kept, 0 to 100: a facet and an
     * order of searches.
     */
    @Trusted("the room that judges tells what it came to")
    public void scored(long resource, int score) {
        records.score(resource, score);
    }

    /** One page of the search page, with the counts of its facets. */
    Finding look(Actor actor, Filters filters, Collection<String> classes) {
        return search.look(actor, filters, classes);
    }

    /** As the actor may see it: one's own as it is worked on, another's as it is published. */
    public Sight find(Actor actor, long id) {
        return records.sight(actor, id);
    }

    public Page<PublishedResource> versions(Actor actor, long id, Page.Request page) {
        records.sight(actor, id);
        return versions.list(id, page);
    }

    public PublishedResource version(Actor actor, long id, int number) {
        records.sight(actor, id);
        return versions.find(id, number).orElseThrow(() -> new Unknown("version", number));
    }

    @Trusted(
            "rooms above decide and deliver by the published version; it says when it is withdrawn")
    public Optional<PublishedResource> published(long resource) {
        return versions.current(resource);
    }

    @Trusted("a grant names the version it was made for; it says when that is withdrawn")
    public Optional<PublishedResource> version(long resource, int number) {
        return versions.find(resource, number);
    }

    /**
     * Keeps a version valid until the caller's transaction ends: whoever would publish the next one
     * or withdraw the resource waits so long. What was read before another machine was asked is
     * held by it before anything is written.
     *
     * @param version that was looked at
     * @throws Conflict catalog:withdrawn-meanwhile or catalog:superseded-meanwhile
     */
    @Trusted("a room above writes what holds for the version that it looked at")
    @Transactional(propagation = Propagation.MANDATORY)
    public PublishedResource hold(long resource, int version) {
        var valid = versions.hold(resource).orElseThrow(() -> new Unknown("resource", resource));
        if (valid.withdrawn())
            throw new Conflict(
                    "catalog:withdrawn-meanwhile",
                    Map.of("resource", resource, "title", valid.name()));
        if (valid.version() != version)
            throw new Conflict(
                    "catalog:superseded-meanwhile",
                    Map.of(
                            "resource",
                            resource,
                            "title",
                            valid.name(),
                            "version",
                            valid.version(),
                            "seen",
                            version));
        return valid;
    }

    /**
     * Keeps everybody else from publishing, withdrawing and giving anything of a resource until the
     * caller's transaction ends.
     */
    @Trusted("a room above announces what others must not miss")
    @Transactional(propagation = Propagation.MANDATORY)
    public PublishedResource holdAlone(long resource) {
        records.lock(resource);
        return versions.current(resource).orElseThrow(() -> new Unknown("resource", resource));
    }

    /** A piece of what is published and valid, in the order of ids. */
    @Trusted("a clock of a room above walks over all of them")
    public List<PublishedResource> valid(long after, int limit) {
        return versions.valid(after, limit);
    }

    @Trusted("the open portal shows to everybody what is marked open and published")
    public List<PublishedResource> openResources() {
        return versions.open(OPEN_MAX);
    }

    /** A resource of the actor's department that these words may be written over. */
    private Resource changeable(
            Actor actor, long id, Description description, @Nullable Integer revision) {
        var resource = mine(actor, id);
        if (revision != null && revision != resource.revision())
            throw new Conflict("catalog:changed-meanwhile", Map.of("resource", id));
        check(description);
        if (resource.code() != null
                && !description.classification().equals(resource.description().classification()))
            throw Invalid.field("classification", "catalog.class-fixed");
        return resource;
    }

    private Set<String> under(String node) {
        return node.isEmpty() ? Set.of() : new Tree(nodes.all()).under(node);
    }

    private Resource inserted(
            Actor actor, String provider, Description description, Optional<Mount> mount) {
        var now = clock.instant();
        var draft =
                new Resource(
                        0,
                        provider,
                        null,
                        1,
                        new State.Draft(actor.subject(), now),
                        description,
                        mount,
                        null,
                        actor.subject(),
                        now,
                        now,
                        0);
        return executed(_ -> {
            mount.ifPresent(on -> hold(on.source()));
            var saved = records.insert(draft);
            events.publishEvent(new ResourceDrafted(saved.id(), 1, provider, actor, now));
            return saved;
        });
    }

    private void hold(long source) {
        if (sources.hold(source).isEmpty()) throw new Unknown("source", source);
    }

    private Resource executed(TransactionCallback<Resource> work) {
        return Objects.requireNonNull(transaction.execute(work));
    }

    private void check(Description description) {
        var faults = new Invalid.Faults();
        rules.checkDraft(description, faults);
        faults.refuseIfAny();
    }

    private Table describe(
            Actor actor, long source, @Nullable String schema, @Nullable String table) {
        var faults = new Invalid.Faults();
        if (schema == null || schema.isEmpty()) faults.add("schema", "required");
        if (table == null || table.isEmpty()) faults.add("table", "required");
        faults.refuseIfAny();
        return sources.describe(actor, source, String.valueOf(schema), String.valueOf(table));
    }

    private Resource mine(Actor actor, long id) {
        actor.require(Role.STEWARD);
        return records.own(actor, id);
    }
}
