package shuqiao.source;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.source.SourceViews.AddressChangeView;
import shuqiao.source.SourceViews.SourceView;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "sources", description = "Database connections of departments 数据源")
class AddressChangeApi {

    /** Which change was seen: the id of its view. */
    record AddressChangeSeen(@Nullable Long change) {

        long id() {
            if (change == null) throw Invalid.field("change", "required");
            return change;
        }
    }

    private final AddressChanges changes;

    AddressChangeApi(AddressChanges changes) {
        this.changes = changes;
    }

    @GetMapping("/source-changes")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "listAddressChanges",
            summary = "New addresses of sources that wait for a second person 待复核的地址变更")
    Page<AddressChangeView> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return changes.list(actor, Page.Request.of(limit, after)).map(AddressChangeView::of);
    }

    @GetMapping("/sources/{id}/address-change")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "getAddressChange", summary = "The new address that waits 查待复核的地址变更")
    AddressChangeView one(Actor actor, @PathVariable long id) {
        return changes.find(actor, id)
                .map(AddressChangeView::of)
                .orElseThrow(() -> new Unknown("address-change", id));
    }

    @PostMapping("/sources/{id}/address-change/confirmation")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "confirmAddressChange",
            summary = "Use the new address from now on 复核通过地址变更")
    SourceView confirm(Actor actor, @PathVariable long id, @RequestBody AddressChangeSeen seen) {
        return SourceView.of(changes.confirm(actor, id, seen.id()));
    }

    @PostMapping("/sources/{id}/address-change/refusal")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "refuseAddressChange", summary = "Keep the present address 退回或撤回地址变更")
    void refuse(Actor actor, @PathVariable long id, @RequestBody AddressChangeSeen seen) {
        changes.refuse(actor, id, seen.id());
    }
}
