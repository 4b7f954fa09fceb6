package shuqiao.source;

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
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;
import shuqiao.kernel.Unknown;
import shuqiao.line.PlaceView;
import shuqiao.line.SessionView;
import shuqiao.source.SourceViews.ConnectionView;
import shuqiao.source.SourceViews.SchemaView;
import shuqiao.source.SourceViews.SourceView;
import shuqiao.source.SourceViews.TableSummaryView;
import shuqiao.source.SourceViews.TableView;

@RestController
@RequestMapping("/api/v1/sources")
@Tag(name = "sources", description = "Database connections of departments 数据源")
class SourceApi {

    private final Sources sources;
    private final AddressChanges changes;

    SourceApi(Sources sources, AddressChanges changes) {
        this.sources = sources;
        this.changes = changes;
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(operationId = "listSources", summary = "List one's sources 本部门数据源")
    Page<SourceView> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        var page = sources.list(actor, Page.Request.of(limit, after));
        var waiting = changes.among(page.items());
        return page.map(it -> SourceView.of(it, waiting.contains(it.id()), null));
    }

    @PostMapping
    @Allows(Role.STEWARD)
    @Operation(operationId = "registerSource", summary = "Register a source 登记数据源")
    ResponseEntity<SourceView> register(Actor actor, @RequestBody Registration entry) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(SourceView.of(sources.register(actor, entry)));
    }

    @GetMapping("/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(operationId = "getSource", summary = "One source 数据源")
    SourceView one(Actor actor, @PathVariable long id) {
        return view(actor, sources.find(actor, id));
    }

    @PutMapping("/{id}")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "changeSource",
            summary =
                    "Change a source; without password the present one stays, and another address waits for a second person 修改数据源")
    SourceView change(Actor actor, @PathVariable long id, @RequestBody Registration entry) {
        return view(actor, sources.change(actor, id, entry));
    }

    private SourceView view(Actor actor, Source source) {
        return SourceView.of(
                source,
                changes.find(actor, source.id()).isPresent(),
                sources.goesOnOutside(actor, source.id()));
    }

    @PostMapping("/{id}/test")
    @Allows(Role.STEWARD)
    @Operation(operationId = "testSource", summary = "Connect and look around 测试连接")
    ConnectionView test(Actor actor, @PathVariable long id) {
        return ConnectionView.of(sources.test(actor, id));
    }

    @GetMapping("/{id}/line")
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(
            operationId = "getSourceLine",
            summary = "Whether it is dialled, and what is open there; 404 before it was 查连接情况")
    PlaceView line(Actor actor, @PathVariable long id) {
        return PlaceView.of(
                sources.state(actor, id).orElseThrow(() -> new Unknown("source-line", id)));
    }

    @GetMapping("/{id}/sessions")
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(
            operationId = "listSourceSessions",
            summary = "Every session with it, newest first 查连线记录")
    Page<SessionView> sessions(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return sources.sessions(actor, id, Page.Request.of(limit, after)).map(SessionView::of);
    }

    @GetMapping("/{id}/schemas")
    @Allows(Role.STEWARD)
    @Operation(operationId = "listSchemas", summary = "Schemas of a source 模式清单")
    Page<SchemaView> schemas(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(sources.schemas(actor, id), limit, after).map(SchemaView::new);
    }

    @GetMapping("/{id}/tables")
    @Allows(Role.STEWARD)
    @Operation(operationId = "listTables", summary = "Tables of a schema 表清单")
    Page<TableSummaryView> tables(
            Actor actor,
            @PathVariable long id,
            @RequestParam String schema,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return sources.tables(actor, id, schema, q == null ? "" : q.strip(), limit, after)
                .map(TableSummaryView::of);
    }

    /** For names that an address cannot hold as a step of its path, such as those with a slash. */
    @GetMapping("/{id}/table")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "describeTableByName",
            summary = "Columns and keys of a table with whatever name 按名称查表结构")
    TableView named(
            Actor actor,
            @PathVariable long id,
            @RequestParam String schema,
            @RequestParam String table) {
        return TableView.of(sources.describe(actor, id, schema, table));
    }

    @GetMapping("/{id}/tables/{schema}/{table}")
    @Allows(Role.STEWARD)
    @Operation(operationId = "describeTable", summary = "Columns and keys of a table 表结构")
    TableView table(
            Actor actor,
            @PathVariable long id,
            @PathVariable String schema,
            @PathVariable String table) {
        return TableView.of(sources.describe(actor, id, schema, table));
    }
}
