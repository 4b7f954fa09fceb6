package shuqiao.compilation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.ClassNode;
import shuqiao.catalog.Classification;
import shuqiao.catalog.Description;
import shuqiao.catalog.Mount;
import shuqiao.catalog.Resource;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.source.Sources;

/**
 * 反向编目 of many tables: a draft for each, with items, keys, types and row count from the live table,
 * and a class that is likely. A table that cannot be taken does not hold the others up.
 */
@Door
public class TableDrafts {

    static final int TABLES_MAX = 100;
    private static final int CLASS_DEPTH = 3;
    private static final int WORD_MIN = 2;

    /** A table, and the names of the entries that stand on it already. */
    public record Candidate(Table.Summary table, List<String> entries) {}

    /**
     * What became of a table.
     *
     * @param leftOut how many columns the draft lacks, since they may not be read
     */
    public record Drafted(
            String table, @Nullable Resource draft, @Nullable Refusal refusal, int leftOut) {}

    private final Catalog catalog;
    private final Sources sources;
    private final Classification classification;

    TableDrafts(Catalog catalog, Sources sources, Classification classification) {
        this.catalog = catalog;
        this.sources = sources;
        this.classification = classification;
    }

    /**
     * A piece of the tables of a schema, asked of the live database: as many as may be drafted at
     * once.
     *
     * @param words in name or comment; empty for every table
     */
    public Page<Candidate> candidates(
            Actor actor, long source, String schema, String words, @Nullable String after) {
        var mounted = catalog.own(actor);
        return sources.tables(actor, source, schema, words, TABLES_MAX, after)
                .map(table ->
                        new Candidate(
                                table,
                                mounted.stream()
                                        .filter(it -> standsOn(it, source, schema, table.name()))
                                        .map(Resource::name)
                                        .toList()));
    }

    /** A draft for each of these tables, one by one. */
    public List<Drafted> draft(Actor actor, long source, String schema, Set<String> tables) {
        actor.require(Role.STEWARD);
        if (tables.isEmpty()) throw Invalid.field("tables", "compilation.no-table");
        if (tables.size() > TABLES_MAX)
            throw Invalid.field("tables", "compilation.too-many-tables", Map.of("max", TABLES_MAX));
        var own = catalog.own(actor);
        var nodes = classification.all(actor);
        var drafted = new ArrayList<Drafted>();
        for (var table : sources.tables(actor, source, schema, tables)) {
            drafted.add(drafted(actor, source, table, likely(table, source, own, nodes)));
        }
        var found = drafted.stream().map(Drafted::table).collect(Collectors.toSet());
        var gone = new HashSet<>(tables);
        gone.removeAll(found);
        for (var name : gone)
            drafted.add(
                    new Drafted(name, null, Invalid.field("tables", "compilation.table-gone"), 0));
        return drafted;
    }

    private Drafted drafted(Actor actor, long source, Table.Summary table, String classification) {
        try {
            return new Drafted(
                    table.name(),
                    catalog.draft(
                            actor,
                            new Catalog.NewResource(
                                    source, table.schema(), table.name(), only(classification))),
                    null,
                    table.columns().unreadable());
        } catch (Refusal refused) {
            return new Drafted(table.name(), null, refused, 0);
        }
    }

    /** All else comes from the table. */
    private static Description only(String classification) {
        return new Description(
                "",
                classification,
                "",
                "",
                null,
                "",
                "",
                null,
                "",
                "",
                null,
                null,
                List.of(),
                false,
                "",
                null,
                "",
                List.of());
    }

    /**
     * The class whose name the table's comment holds, the longest first; else the one that most
     * entries of the same database have, or of the department; empty where nothing speaks for any.
     */
    static String likely(
            Table.Summary table, long source, List<Resource> own, List<ClassNode> nodes) {
        var words = table.comment().orElse("") + " " + table.name();
        Optional<String> named =
                nodes.stream()
                        .filter(node ->
                                node.depth() >= CLASS_DEPTH
                                        && node.name().length() >= WORD_MIN
                                        && words.contains(node.name()))
                        .max(Comparator.comparingInt((ClassNode node) -> node.name().length()))
                        .map(ClassNode::fullCode);
        return named.or(() ->
                        most(
                                own.stream()
                                        .filter(it ->
                                                it.mount()
                                                        .filter(on -> on.source() == source)
                                                        .isPresent())
                                        .toList()))
                .or(() -> most(own))
                .orElse("");
    }

    private static Optional<String> most(List<Resource> resources) {
        return resources.stream()
                .map(it -> it.description().classification())
                .filter(code -> !code.isEmpty())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private static boolean standsOn(Resource it, long source, String schema, String table) {
        Optional<Mount> mount = it.mount();
        return mount.filter(on ->
                        on.source() == source
                                && on.schema().equals(schema)
                                && on.table().equals(table))
                .isPresent();
    }
}
