package shuqiao.organization;

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
@RequestMapping("/api/v1/organizations")
@Tag(name = "organizations", description = "Bodies of government that own data 部门")
class OrganizationApi {

    /**
     * @param codeReason why a code stands whose check character is wrong; absent where it is right
     */
    record View(
            String code,
            String name,
            String shortName,
            String nameEn,
            String division,
            Organization.Level level,
            @Nullable String parent,
            boolean authority,
            boolean closed,
            @Nullable String codeReason) {
        static View of(Organization it) {
            var parent = it.parent();
            return new View(
                    it.code().value(),
                    it.name(),
                    it.shortName(),
                    it.nameEn(),
                    it.division().value(),
                    it.level(),
                    parent == null ? null : parent.value(),
                    it.authority(),
                    it.closed(),
                    it.codeReason().isEmpty() ? null : it.codeReason());
        }
    }

    private final Organizations organizations;

    OrganizationApi(Organizations organizations) {
        this.organizations = organizations;
    }

    @GetMapping
    @Allows
    @Operation(operationId = "listOrganizations", summary = "List or search organizations 查部门")
    Page<View> list(
            Actor actor,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return organizations
                .search(actor, q == null ? "" : q, null, Page.Request.of(limit, after))
                .map(View::of);
    }

    @GetMapping("/{code}")
    @Allows
    @Operation(operationId = "getOrganization", summary = "One organization 部门")
    View one(Actor actor, @PathVariable String code) {
        return View.of(organizations.find(actor, code));
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "addOrganization", summary = "Add an organization 新增部门")
    ResponseEntity<View> add(Actor actor, @RequestBody Organizations.Entry entry) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(View.of(organizations.add(actor, entry)));
    }

    @PutMapping("/{code}")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "changeOrganization", summary = "Change or close an organization 修改部门")
    View change(Actor actor, @PathVariable String code, @RequestBody Organizations.Entry entry) {
        return View.of(organizations.change(actor, code, entry));
    }
}
