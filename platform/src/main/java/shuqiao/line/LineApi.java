package shuqiao.line;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;

@RestController
@RequestMapping("/api/v1/line")
@Tag(name = "line", description = "Sessions with organizations' databases 数据源连接")
class LineApi {

    private final Line line;

    LineApi(Line line) {
        this.line = line;
    }

    /**
     * @param alone only those that are left alone now
     */
    @GetMapping("/sources")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "listDialledSources",
            summary = "Sources as they were last dialled, those left alone first 查数据源连接情况")
    Page<PlaceView> sources(
            Actor actor,
            @RequestParam(defaultValue = "false") boolean alone,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        var states =
                line.states(actor).stream()
                        .filter(it -> !alone || it.leftAlone().isPresent())
                        .toList();
        return Slice.of(states, limit, after).map(PlaceView::of);
    }

    /**
     * @param source only those with it
     */
    @GetMapping("/sessions")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "listDialledSessions", summary = "Every session, newest first 查全部连线记录")
    Page<SessionView> sessions(
            Actor actor,
            @RequestParam(required = false) @Nullable Long source,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return line.sessions(actor, source, Page.Request.of(limit, after)).map(SessionView::of);
    }
}
