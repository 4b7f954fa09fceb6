package shuqiao.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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
import shuqiao.catalog.ResourceViews.ResourceView;
import shuqiao.catalog.ResourceViews.VersionView;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1/resources")
@Tag(name = "resources", description = "The catalog of information resources 信息资源目录")
class ResourceApi {

    private final Catalog catalog;

    ResourceApi(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping
    @Allows
    @Operation(
            operationId = "searchResources",
            summary = "Search by name, item, code or department 查目录")
    Page<FoundResource> search(
            Actor actor,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable Stage state,
            @RequestParam(required = false) @Nullable SharingKind sharing,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return catalog.search(
                actor,
                new ResourceQuery(q == null ? "" : q, provider, state, sharing),
                Page.Request.of(limit, after));
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
