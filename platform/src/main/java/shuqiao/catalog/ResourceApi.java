package shuqiao.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.catalog.ResourceViews.FoundResources;
import shuqiao.catalog.ResourceViews.ResourceView;
import shuqiao.catalog.ResourceViews.VersionView;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1/resources")
@Tag(name = "resources", description = "The catalog of information resources 信息资源目录")
class ResourceApi {

    private static final String CLASS = "class";
    private static final String FACETS =
            CLASS
                    + Arrays.stream(Facet.values())
                            .map(it -> ", " + it.parameter())
                            .collect(Collectors.joining());

    private final Catalog catalog;

    ResourceApi(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping
    @Allows
    @Operation(
            operationId = "searchResources",
            summary = "Search by name, item, code or department, with counts by facet 查目录")
    FoundResources search(
            Actor actor,
            @RequestParam(required = false) @Nullable String q,
            @Parameter(description = "Full code of a class: what lies at or under it 分类")
                    @RequestParam(name = "class", defaultValue = "")
                    String node,
            @RequestParam(required = false) @Nullable List<String> provider,
            @RequestParam(required = false) @Nullable List<Stage> state,
            @RequestParam(required = false) @Nullable List<SharingKind> sharing,
            @RequestParam(required = false) @Nullable List<SharingMethodType> method,
            @RequestParam(required = false) @Nullable List<FormatKind> format,
            @RequestParam(required = false) @Nullable List<UpdateCycle> cycle,
            @Parameter(description = "Whether the data is as new as its cycle promises 更新是否超期")
                    @RequestParam(required = false)
                    @Nullable List<Timeliness> timeliness,
            @Parameter(description = "How well it is described and kept 质量得分等次")
                    @RequestParam(required = false)
                    @Nullable List<Band> quality,
            @Parameter(
                            description =
                                    "What to count by: the names of these parameters. Each count ignores its own"
                                            + " choice and obeys the others 按哪些参数计数；每项不计自身的选择，计其余的选择",
                            array =
                                    @ArraySchema(
                                            schema =
                                                    @Schema(
                                                            allowableValues = {
                                                                "class", "state", "sharing",
                                                                "provider", "method", "format",
                                                                "cycle", "timeliness", "quality"
                                                            })))
                    @RequestParam(required = false)
                    @Nullable List<String> facets,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        var chosen = new EnumMap<Facet, Set<String>>(Facet.class);
        chosen.put(Facet.PROVIDER, provider == null ? Set.of() : new LinkedHashSet<>(provider));
        chosen.put(Facet.STATE, names(state));
        chosen.put(Facet.SHARING, names(sharing));
        chosen.put(Facet.METHOD, names(method));
        chosen.put(Facet.FORMAT, names(format));
        chosen.put(Facet.CYCLE, names(cycle));
        chosen.put(Facet.TIMELINESS, names(timeliness));
        chosen.put(Facet.QUALITY, names(quality));
        var query = new ResourceQuery(q == null ? "" : q, node.strip(), chosen);
        var counts = counts(actor, query, facets == null ? List.of() : facets);
        var page = catalog.search(actor, query, Page.Request.of(limit, after));
        return new FoundResources(page.items(), page.total(), page.next(), counts);
    }

    /** Facet to value to number, in a stable order; null when nothing was asked for. */
    private @Nullable Map<String, Map<String, Long>> counts(
            Actor actor, ResourceQuery query, List<String> asked) {
        if (asked.isEmpty()) return null;
        var wanted = EnumSet.noneOf(Facet.class);
        var classes = false;
        for (var name : String.join(",", asked).split(",")) {
            var facet =
                    Arrays.stream(Facet.values())
                            .filter(it -> it.parameter().equals(name))
                            .findAny();
            if (name.equals(CLASS)) classes = true;
            else
                wanted.add(
                        facet.orElseThrow(() ->
                                Invalid.field("facets", "not-one-of", Map.of("allowed", FACETS))));
        }
        var counts = new TreeMap<String, Map<String, Long>>();
        if (!wanted.isEmpty())
            catalog.facets(actor, query, wanted)
                    .forEach((facet, values) ->
                            counts.put(facet.parameter(), new TreeMap<>(values)));
        if (classes) counts.put(CLASS, new TreeMap<>(catalog.classes(actor, query)));
        return counts;
    }

    private static Set<String> names(@Nullable List<? extends Enum<?>> values) {
        var names = new LinkedHashSet<String>();
        if (values != null)
            for (var value : values) {
                // an empty choice beside others
                if (value != null) names.add(value.name());
            }
        return names;
    }

    @PostMapping
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "draftResource",
            summary = "Begin a resource, in words or from a live table 编目")
    ResponseEntity<ResourceView> draft(Actor actor, @RequestBody Catalog.NewResource entry) {
        var drafted = catalog.draft(actor, entry);
        return ResponseEntity.status(HttpStatus.CREATED).body(seen(actor, drafted.id()));
    }

    @GetMapping("/{id}")
    @Allows
    @Operation(operationId = "getResource", summary = "One resource 目录条目")
    ResourceView one(Actor actor, @PathVariable long id) {
        return seen(actor, id);
    }

    @PutMapping("/{id}")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "changeResource",
            summary = "Change the description of a draft or a returned one 修改目录")
    ResourceView change(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer revision,
            @RequestBody Description description) {
        catalog.change(actor, id, description, revision);
        return seen(actor, id);
    }

    @PutMapping("/{id}/mount")
    @Allows(Role.STEWARD)
    @Operation(operationId = "mountResource", summary = "Bind a resource to a live table 挂接")
    ResourceView mount(Actor actor, @PathVariable long id, @RequestBody Catalog.MountEntry entry) {
        catalog.mount(actor, id, entry);
        return seen(actor, id);
    }

    @GetMapping("/{id}/versions")
    @Allows
    @Operation(
            operationId = "listResourceVersions",
            summary = "Published versions, newest first 历史版本")
    Page<VersionView> versions(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return catalog.versions(actor, id, Page.Request.of(limit, after)).map(VersionView::of);
    }

    @GetMapping("/{id}/versions/{number}")
    @Allows
    @Operation(operationId = "getResourceVersion", summary = "One published version 某一版本")
    VersionView version(Actor actor, @PathVariable long id, @PathVariable int number) {
        return VersionView.of(catalog.version(actor, id, number));
    }

    private ResourceView seen(Actor actor, long id) {
        return ResourceView.of(catalog.find(actor, id));
    }
}
