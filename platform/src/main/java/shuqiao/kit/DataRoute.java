package shuqiao.kit;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** One operation of a register for programs. */
@Hidden
@RestController
abstract class DataRouteKind {}

/** See {@link DataRouteKind}: that one is what refusals of the API are told by. */
final class DataRoute extends DataRouteKind implements Route {

    private final DataKit kit;
    private final Registers.Kept kept;
    private final List<Role> by;
    private final String name;
    private final Operation operation;

    DataRoute(DataKit kit, Registers.Kept kept, List<Role> by, String name, Operation operation) {
        this.kit = kit;
        this.kept = kept;
        this.by = by;
        this.name = name;
        this.operation = operation;
    }

    @Override
    public Registers.Kept kept() {
        return kept;
    }

    @Override
    public List<Role> by() {
        return by;
    }

    Operation operation() {
        return operation;
    }

    Object list(Actor actor, @RequestParam MultiValueMap<String, String> asked) {
        return kit.list(kept, actor, asked);
    }

    Object attempt(Actor actor, @RequestBody Map<String, Object> body) {
        return kit.attempt(kept, name, actor, body);
    }

    Object one(Actor actor, @PathVariable long id) {
        return kit.one(kept, actor, id);
    }

    Object ahead(Actor actor, @RequestBody Map<String, Object> body) {
        return kit.ahead(kept, name, actor, body);
    }

    ResponseEntity<Object> move(
            Actor actor,
            @PathVariable long id,
            @RequestBody(required = false) @Nullable Map<String, Object> body) {
        return kit.move(kept, name, operation, actor, id, body);
    }
}
