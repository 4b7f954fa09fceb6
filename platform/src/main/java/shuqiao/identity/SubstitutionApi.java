package shuqiao.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
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
import shuqiao.kernel.Slice;

@RestController
@RequestMapping("/api/v1/substitutions")
@Tag(name = "substitutions", description = "Who signs while a reviewer is away 代办")
class SubstitutionApi {

    record View(
            long id,
            String absent,
            String substitute,
            LocalDate from,
            LocalDate until,
            String reason,
            Substitution.Standing standing,
            @Nullable Instant endedAt) {}

    private final Substitutions substitutions;

    SubstitutionApi(Substitutions substitutions) {
        this.substitutions = substitutions;
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.SECURITY_ADMIN})
    @Operation(
            operationId = "listSubstitutions",
            summary = "Of one's own department; of all for the security administrator 查代办")
    Page<View> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(substitutions.all(actor), limit, after).map(this::view);
    }

    @PostMapping
    @Allows({Role.REVIEWER, Role.SECURITY_ADMIN})
    @Operation(operationId = "nameSubstitute", summary = "Name a substitute 指定代办人")
    ResponseEntity<View> name(Actor actor, @RequestBody Substitutions.Entry entry) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(view(substitutions.name(actor, entry)));
    }

    @PostMapping("/{id}/end")
    @Allows({Role.REVIEWER, Role.SECURITY_ADMIN})
    @Operation(operationId = "endSubstitution", summary = "End it before its day 结束代办")
    View end(Actor actor, @PathVariable long id) {
        return view(substitutions.end(actor, id));
    }

    private View view(Substitution it) {
        return new View(
                it.id(),
                it.absent(),
                it.substitute(),
                it.from(),
                it.until(),
                it.reason(),
                it.standing(substitutions.today()),
                it.ended().orElse(null));
    }
}
