package shuqiao.upkeep;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "upkeep", description = "What is published stays true 目录维护")
class LiveCheckApi {

    /**
     * @param unreachable why the table could not be looked at the last time
     */
    record Checked(
            long resource,
            int version,
            @Nullable Instant checkedAt,
            @Nullable String unreachable,
            List<Difference> differences,
            List<Difference> settled) {
        static Checked of(LiveChecks.Known it) {
            return new Checked(
                    it.resource(),
                    it.version(),
                    it.checkedAt(),
                    it.unreachable(),
                    it.open(),
                    it.closed());
        }
    }

    private final LiveChecks checks;

    LiveCheckApi(LiveChecks checks) {
        this.checks = checks;
    }

    @GetMapping("/resources/{id}/differences")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "getDifferences",
            summary = "Where the live table is not as it was mounted 查与库表的差异")
    Checked differences(Actor actor, @PathVariable long id, Locale locale) {
        return Checked.of(checks.find(actor, id, locale));
    }

    @PostMapping("/resources/{id}/check")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "checkMount", summary = "Compare with the live table now 立即核对挂接")
    Checked check(Actor actor, @PathVariable long id, Locale locale) {
        return Checked.of(checks.check(actor, id, locale));
    }

    @PostMapping("/resources/{id}/differences/draft")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "draftFromDifferences",
            summary = "Begin the next version with what the table has become 按库表现状生成新版本草稿")
    Map<String, Object> draft(Actor actor, @PathVariable long id) {
        var draft = checks.draft(actor, id);
        return Map.of("resource", draft.id(), "version", draft.version());
    }

    @PostMapping("/sources/{id}/check")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "checkMountsOfSource",
            summary = "Compare all mounts on a source next 核对数据源上的全部挂接")
    Map<String, Object> checkSource(Actor actor, @PathVariable long id) {
        return Map.of("mounts", checks.checkSource(actor, id));
    }
}
