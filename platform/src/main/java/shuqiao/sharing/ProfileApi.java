package shuqiao.sharing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "legal-profiles", description = "The rules a city shares by 法规口径")
class ProfileApi {

    /**
     * @param times how often the rule may be used; left out where it names no number: once
     */
    record LimitView(@Nullable Integer workingDays, @Nullable Integer times, String article) {}

    /**
     * @param verified false while its numbers have to be compared with the law 待核
     */
    record View(
            String code,
            int version,
            String name,
            String nameEn,
            boolean verified,
            boolean inForce,
            Profile.ClockStart clockStart,
            Profile.ScopeRule scopeRule,
            boolean negotiation,
            boolean arbitration,
            Set<BasisKind> bases,
            Map<Limit, LimitView> limits) {}

    record Choice(@Nullable String code) {}

    private final Profiles profiles;

    ProfileApi(Profiles profiles) {
        this.profiles = profiles;
    }

    @GetMapping("/legal-profiles")
    @Allows
    @Operation(operationId = "listLegalProfiles", summary = "All versions of all profiles 各版口径")
    Page<View> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(profiles.all(actor), limit, after).map(this::view);
    }

    @PostMapping("/legal-profiles")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "addLegalProfile",
            summary = "A new profile, or the next version of one 新增口径版本")
    ResponseEntity<View> add(Actor actor, @RequestBody ProfileEntry entry) {
        return ResponseEntity.status(HttpStatus.CREATED).body(view(profiles.add(actor, entry)));
    }

    @GetMapping("/legal-profile")
    @Allows
    @Operation(operationId = "getLegalProfile", summary = "The profile in force 现行口径")
    View inForce(Actor actor) {
        return view(profiles.inForce(actor));
    }

    @PutMapping("/legal-profile")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "chooseLegalProfile",
            summary = "Put the newest version of a profile in force 选用口径")
    View choose(Actor actor, @RequestBody Choice choice) {
        var faults = new Invalid.Faults();
        var code = faults.text("code", choice.code(), 40);
        faults.refuseIfAny();
        return view(profiles.choose(actor, code));
    }

    private View view(Profile it) {
        var limits = new EnumMap<Limit, LimitView>(Limit.class);
        it.limits()
                .forEach((what, term) ->
                        limits.put(
                                what,
                                new LimitView(
                                        term.workingDays().orElse(null),
                                        term.times().orElse(null),
                                        term.article())));
        return new View(
                it.code(),
                it.version(),
                it.name(),
                it.nameEn(),
                it.verified(),
                profiles.inForce().filter(chosen -> chosen.id() == it.id()).isPresent(),
                it.clockStart(),
                it.scopeRule(),
                it.negotiation(),
                it.arbitration(),
                it.bases(),
                limits);
    }
}
