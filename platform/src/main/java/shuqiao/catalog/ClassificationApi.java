package shuqiao.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;

@RestController
@RequestMapping("/api/v1/classification")
@Tag(name = "classification", description = "The tree that resources are filed in 信息资源分类")
class ClassificationApi {

    private final Classification classification;

    ClassificationApi(Classification classification) {
        this.classification = classification;
    }

    @GetMapping
    @Allows
    @Operation(
            operationId = "listClassification",
            summary = "Nodes in order of codes, all or those below one 信息资源分类")
    Page<ClassNode> list(
            Actor actor,
            @RequestParam(required = false) @Nullable String parent,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        var nodes =
                classification.all(actor).stream()
                        .filter(node -> parent == null || parent.equals(node.parentFullCode()))
                        .toList();
        return Slice.of(nodes, limit, after);
    }

    @PostMapping
    @Allows(Role.AUTHORITY)
    @Operation(operationId = "addClassNode", summary = "Add a local node 新增分类节点")
    ResponseEntity<ClassNode> add(Actor actor, @RequestBody Classification.NewClassNode entry) {
        return ResponseEntity.status(HttpStatus.CREATED).body(classification.add(actor, entry));
    }
}
