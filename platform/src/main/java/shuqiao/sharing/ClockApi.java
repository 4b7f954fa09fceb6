package shuqiao.sharing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "requests", description = "Requests for shared data and their answers 共享申请")
class ClockApi {

    /** A due date that moved. */
    record MovedView(
            long request,
            String number,
            Limit limit,
            LocalDate before,
            LocalDate due,
            boolean estimated,
            String notice,
            String reason,
            Instant at) {

        static MovedView of(DeadlineTable.Moved it) {
            return new MovedView(
                    it.request(),
                    it.number(),
                    it.what(),
                    it.before(),
                    it.after(),
                    it.estimated(),
                    it.notice(),
                    it.why(),
                    it.at());
        }
    }

    private final WhatIf whatIf;
    private final Moves moves;

    ClockApi(WhatIf whatIf, Moves moves) {
        this.whatIf = whatIf;
        this.moves = moves;
    }

    @GetMapping("/requests/{id}/what-if")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "reckonRequest",
            summary = "What follows if it is answered on some day; nothing is changed 推算时限")
    WhatIf.Outlook whatIf(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String on,
            @RequestParam(required = false) @Nullable String again) {
        return whatIf.of(actor, id, new WhatIf.Entry(on, again));
    }

    @GetMapping("/deadlines/moved")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "listMovedDeadlines",
            summary = "Due dates that a notice of holidays moved 查期限变动")
    Page<MovedView> moved(
            Actor actor,
            @RequestParam(required = false) @Nullable String notice,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return moves.list(actor, notice, Page.Request.of(limit, after)).map(MovedView::of);
    }
}
