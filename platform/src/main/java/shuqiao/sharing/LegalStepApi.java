package shuqiao.sharing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "legal-steps", description = "More time, disputes, renewals 延期、争议、续期")
class LegalStepApi {

    private final Extensions extensions;
    private final Disputes disputes;
    private final Renewals renewals;
    private final LegalSteps steps;
    private final RequestViews views;

    LegalStepApi(
            Extensions extensions,
            Disputes disputes,
            Renewals renewals,
            LegalSteps steps,
            RequestViews views) {
        this.extensions = extensions;
        this.disputes = disputes;
        this.renewals = renewals;
        this.steps = steps;
        this.views = views;
    }

    @GetMapping("/requests/{id}/legal-steps")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "getLegalSteps",
            summary = "Extensions, dispute, origin, and what the caller may do now 延期、争议与可办事项")
    LegalSteps.View steps(Actor actor, @PathVariable long id) {
        return steps.of(actor, id);
    }

    @PostMapping("/requests/{id}/extension")
    @Allows(Role.REVIEWER)
    @Operation(operationId = "askExtension", summary = "Ask for more time to answer 申请延期答复")
    RequestViews.Whole ask(Actor actor, @PathVariable long id, @RequestBody ExtensionEntry entry) {
        return views.whole(actor, extensions.ask(actor, id, entry));
    }

    @PostMapping("/requests/{id}/extension/consent")
    @Allows(Role.AUTHORITY)
    @Operation(operationId = "consentExtension", summary = "Consent to more time 同意延期")
    RequestViews.Whole consent(
            Actor actor, @PathVariable long id, @RequestBody ExtensionEntry entry) {
        return views.whole(actor, extensions.consent(actor, id, entry));
    }

    @PostMapping("/requests/{id}/extension/refusal")
    @Allows(Role.AUTHORITY)
    @Operation(operationId = "refuseExtension", summary = "Refuse more time 不同意延期")
    RequestViews.Whole refuse(Actor actor, @PathVariable long id, @RequestBody RequestApi.Why why) {
        return views.whole(actor, extensions.refuse(actor, id, why.reason()));
    }

    @PostMapping("/requests/{id}/negotiation")
    @Allows(Role.REVIEWER)
    @Operation(
            operationId = "openNegotiation",
            summary = "Hold reasons against the answer and ask for talks 提出协商")
    RequestViews.Whole negotiate(
            Actor actor, @PathVariable long id, @RequestBody RequestApi.Why why) {
        return views.whole(actor, disputes.negotiate(actor, id, why.reason()));
    }

    @PostMapping("/requests/{id}/negotiation/confirmation")
    @Allows(Role.REVIEWER)
    @Operation(operationId = "keepAnswer", summary = "Keep the answer 维持原答复")
    RequestViews.Whole keep(Actor actor, @PathVariable long id, @RequestBody RequestApi.Why why) {
        return views.whole(actor, disputes.keep(actor, id, why.reason()));
    }

    @PostMapping("/requests/{id}/negotiation/decision")
    @Allows(Role.REVIEWER)
    @Operation(
            operationId = "changeAnswer",
            summary = "Answer anew: all or another part, with a new grant 变更答复")
    RequestViews.Whole agree(Actor actor, @PathVariable long id, @RequestBody DecisionEntry entry) {
        return views.whole(actor, disputes.agree(actor, id, entry));
    }

    @PostMapping("/requests/{id}/arbitration")
    @Allows(Role.REVIEWER)
    @Operation(operationId = "askArbitration", summary = "Ask the authority to settle it 申请主管部门裁决")
    RequestViews.Whole appeal(Actor actor, @PathVariable long id, @RequestBody RequestApi.Why why) {
        return views.whole(actor, disputes.appeal(actor, id, why.reason()));
    }

    @PostMapping("/requests/{id}/arbitration/award")
    @Allows(Role.AUTHORITY)
    @Operation(operationId = "award", summary = "Settle it; both sides are bound 作出裁决")
    RequestViews.Whole award(Actor actor, @PathVariable long id, @RequestBody AwardEntry entry) {
        return views.whole(actor, disputes.award(actor, id, entry));
    }

    @PostMapping("/requests/{id}/dispute/withdrawal")
    @Allows(Role.REVIEWER)
    @Operation(operationId = "dropDispute", summary = "Let the dispute rest 撤回争议")
    RequestViews.Whole drop(
            Actor actor,
            @PathVariable long id,
            @RequestBody(required = false) RequestApi.@Nullable Why why) {
        return views.whole(actor, disputes.drop(actor, id, why == null ? null : why.reason()));
    }

    @PostMapping("/requests/{id}/copy")
    @Allows(Role.STEWARD)
    @Operation(operationId = "copyRequest", summary = "Draft the same once more 复制申请")
    ResponseEntity<RequestViews.Whole> copy(Actor actor, @PathVariable long id) {
        return created(actor, renewals.copy(actor, id));
    }

    @PostMapping("/grants/{id}/renewal")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "renewGrant",
            summary = "Draft a request for a longer term with the same fields 申请续期")
    ResponseEntity<RequestViews.Whole> renew(
            Actor actor, @PathVariable long id, @RequestBody RenewalEntry entry) {
        return created(actor, renewals.renew(actor, id, entry));
    }

    private ResponseEntity<RequestViews.Whole> created(Actor actor, Request draft) {
        return ResponseEntity.status(HttpStatus.CREATED).body(views.whole(actor, draft));
    }
}
