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
import shuqiao.kernel.Slice;

/** A department's own programs, whose secrets it fetches itself. */
@RestController
@RequestMapping("/api/v1/own-clients")
@Tag(name = "identity", description = "People and programs 用户与程序")
class OwnProgramApi {

    private final Programs programs;

    OwnProgramApi(Programs programs) {
        this.programs = programs;
    }

    @GetMapping
    @Allows
    @Operation(operationId = "listOwnClients", summary = "Programs of one's department 本部门的程序")
    Page<IdentityApi.ProgramView> own(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(programs.own(actor), limit, after).map(IdentityApi.ProgramView::of);
    }

    @PostMapping("/{clientId}/secret")
    @Allows
    @Operation(
            operationId = "collectClientSecret",
            summary = "Fetch a secret that waits, once 领取程序密钥（一次）")
    IdentityApi.NewProgram collect(Actor actor, @PathVariable String clientId) {
        return IdentityApi.NewProgram.of(programs.collect(actor, clientId));
    }
}
