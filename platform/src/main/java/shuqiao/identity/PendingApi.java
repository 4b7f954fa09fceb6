package shuqiao.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;

/** What waits for a second administrator. */
@RestController
@RequestMapping("/api/v1/pending-changes")
@Tag(name = "identity", description = "People and programs 用户与程序")
class PendingApi {

    private final PendingChanges changes;

    PendingApi(PendingChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Allows({Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN})
    @Operation(
            operationId = "listPendingChanges",
            summary = "What waits for a second administrator 待确认的变更")
    Page<PendingChange> all(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(changes.all(actor), limit, after);
    }

    @GetMapping("/{id}")
    @Allows({Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN})
    @Operation(operationId = "getPendingChange", summary = "One of them 一项变更")
    PendingChange one(Actor actor, @PathVariable long id) {
        return changes.find(actor, id);
    }

    @PostMapping("/{id}/confirmation")
    @Allows({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN})
    @Operation(operationId = "confirmPendingChange", summary = "Agree, and it is done 确认并执行")
    PendingChanges.Confirmed confirm(Actor actor, @PathVariable long id) {
        return changes.confirm(actor, id);
    }

    @PostMapping("/{id}/refusal")
    @Allows({Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN})
    @Operation(operationId = "refusePendingChange", summary = "Refuse or take back 拒绝或撤回")
    PendingChange refuse(Actor actor, @PathVariable long id) {
        return changes.refuse(actor, id);
    }
}
