package shuqiao.sharing;

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

@RestController
@RequestMapping("/api/v1/requests")
@Tag(name = "requests", description = "Requests for shared data and their answers 共享申请")
class RequestApi {

    /** Why something is given back or taken back. */
    record Why(@Nullable String reason) {}

    /**
     * What is said at the sending.
     *
     * @param reason what was completed or changed since it was sent before
     * @param version of the resource that was looked at; left out for whichever is valid
     */
    record Sending(@Nullable String reason, @Nullable Integer version) {}

    /** What the provider's steward proposes to answer. */
    record Proposal(@Nullable String proposal) {}

    private final Sharing sharing;
    private final Decisions decisions;
    private final RequestViews views;

    RequestApi(Sharing sharing, Decisions decisions, RequestViews views) {
        this.sharing = sharing;
        this.decisions = decisions;
        this.views = views;
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "listRequests", summary = "Requests of one's own side 查申请")
    Page<RequestViews.Line> list(
            Actor actor,
            @RequestParam(required = false) @Nullable RequestState state,
            @RequestParam(required = false) @Nullable Long resource,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return views.lines(sharing.list(actor, state, resource, Page.Request.of(limit, after)));
    }

    @GetMapping("/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "getRequest", summary = "One request with its history 申请")
    RequestViews.Whole one(Actor actor, @PathVariable long id) {
        return views.whole(actor, sharing.find(actor, id));
    }

    @PostMapping
    @Allows(Role.STEWARD)
    @Operation(operationId = "draftRequest", summary = "Write a request down 起草申请")
    ResponseEntity<RequestViews.Whole> draft(Actor actor, @RequestBody AskEntry entry) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(views.whole(actor, sharing.draft(actor, entry)));
    }

    @PutMapping("/{id}")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "changeRequest",
            summary = "Write a draft or a returned request anew 修改申请")
    RequestViews.Whole change(Actor actor, @PathVariable long id, @RequestBody AskEntry entry) {
        return views.whole(actor, sharing.change(actor, id, entry));
    }

    @PostMapping("/{id}/sending")
    @Allows(Role.REVIEWER)
    @Operation(operationId = "sendRequest", summary = "Sign and send 审核并提交")
    RequestViews.Whole send(
            Actor actor,
            @PathVariable long id,
            @RequestBody(required = false) @Nullable Sending changed) {
        return views.whole(
                actor,
                changed == null
                        ? sharing.send(actor, id)
                        : sharing.send(actor, id, changed.reason(), changed.version()));
    }

    @PostMapping("/{id}/amendment")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "takeBackRequest",
            summary = "Take it back to write it anew; the clock stands 收回修改")
    RequestViews.Whole takeBack(Actor actor, @PathVariable long id, @RequestBody Why why) {
        return views.whole(actor, sharing.takeBack(actor, id, why.reason()));
    }

    @PostMapping("/{id}/acceptance")
    @Allows({Role.AUTHORITY, Role.REVIEWER})
    @Operation(operationId = "acceptRequest", summary = "Find it complete 受理")
    RequestViews.Whole accept(Actor actor, @PathVariable long id) {
        return views.whole(actor, decisions.accept(actor, id));
    }

    @PostMapping("/{id}/return")
    @Allows({Role.AUTHORITY, Role.REVIEWER})
    @Operation(operationId = "returnRequest", summary = "Give back for completion 退回补正")
    RequestViews.Whole giveBack(Actor actor, @PathVariable long id, @RequestBody Why why) {
        return views.whole(actor, decisions.giveBack(actor, id, why.reason()));
    }

    @PostMapping("/{id}/preparation")
    @Allows(Role.STEWARD)
    @Operation(operationId = "prepareRequest", summary = "Prepare the answer 拟办")
    RequestViews.Whole prepare(Actor actor, @PathVariable long id, @RequestBody Proposal proposal) {
        return views.whole(actor, decisions.prepare(actor, id, proposal.proposal()));
    }

    @PostMapping("/{id}/preparation-return")
    @Allows(Role.REVIEWER)
    @Operation(
            operationId = "sendBackAnswer",
            summary = "Give the prepared answer back to the steward 退回专员修改")
    RequestViews.Whole sendBack(Actor actor, @PathVariable long id, @RequestBody Why why) {
        return views.whole(actor, decisions.sendBack(actor, id, why.reason()));
    }

    @PostMapping("/{id}/decision")
    @Allows(Role.REVIEWER)
    @Operation(operationId = "decideRequest", summary = "Grant, grant in part or refuse 审批")
    RequestViews.Whole decide(
            Actor actor, @PathVariable long id, @RequestBody DecisionEntry entry) {
        return views.whole(actor, decisions.decide(actor, id, entry));
    }

    @PostMapping("/{id}/withdrawal")
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(operationId = "withdrawRequest", summary = "Take it back 撤回申请")
    RequestViews.Whole withdraw(
            Actor actor, @PathVariable long id, @RequestBody(required = false) @Nullable Why why) {
        return views.whole(actor, sharing.withdraw(actor, id, why == null ? null : why.reason()));
    }
}
