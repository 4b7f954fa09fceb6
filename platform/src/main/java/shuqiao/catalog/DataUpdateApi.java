package shuqiao.catalog;

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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

/** The word of the provider that its data is new, said at the end of its nightly job. */
@RestController
@RequestMapping("/api/v1/resources/{id}/updates")
@Tag(name = "resources", description = "The catalog of information resources 信息资源目录")
class DataUpdateApi {

    private final DataUpdates updates;

    DataUpdateApi(DataUpdates updates) {
        this.updates = updates;
    }

    @PostMapping
    @Allows(Role.STEWARD)
    @Operation(operationId = "sayDataUpdated", summary = "Say that the data is new 登记数据更新")
    ResponseEntity<DataUpdate> say(
            Actor actor, @PathVariable long id, @RequestBody DataUpdates.Entry entry) {
        return ResponseEntity.status(HttpStatus.CREATED).body(updates.say(actor, id, entry));
    }

    @GetMapping
    @Allows
    @Operation(
            operationId = "listDataUpdates",
            summary = "When the data was new, newest first 查数据更新")
    Page<DataUpdate> list(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return updates.list(actor, id, Page.Request.of(limit, after));
    }
}
