package shuqiao.mapping;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.engine.Into;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1/mappings")
@Tag(name = "mappings", description = "How granted fields enter tables that stay 字段对应")
class MappingApi {

    /** A mapping as programs see it. */
    record View(
            long id,
            long grant,
            long target,
            String schema,
            String table,
            Map<String, String> columns,
            List<String> key,
            Into.Absent absent,
            Instant madeAt) {

        static View of(Mapping it) {
            return new View(
                    it.id(),
                    it.place().grant(),
                    it.place().target(),
                    it.place().schema(),
                    it.place().table(),
                    it.into().columns(),
                    it.into().key(),
                    it.into().absent(),
                    it.madeAt());
        }
    }

    private final Mappings mappings;

    MappingApi(Mappings mappings) {
        this.mappings = mappings;
    }

    @PutMapping
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "setMapping",
            summary = "Say how a grant enters one of one's own tables 设置字段对应")
    View set(Actor actor, @RequestBody Mappings.Wish wish) {
        return View.of(mappings.set(actor, wish));
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(operationId = "listMappings", summary = "One's own, newest first 查字段对应")
    Page<View> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Long grant,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return mappings.list(actor, grant, Page.Request.of(limit, after)).map(View::of);
    }

    @DeleteMapping("/{id}")
    @Allows(Role.STEWARD)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeMapping", summary = "Replace the table whole again 删除字段对应")
    void remove(Actor actor, @PathVariable long id) {
        mappings.remove(actor, id);
    }
}
