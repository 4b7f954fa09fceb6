package shuqiao.sharing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/grants")
@Tag(name = "grants", description = "What was granted, and until when 授权")
class GrantApi {

    /** How a grant stands now. */
    enum Standing {
        NOT_YET,
        EFFECTIVE,
        EXPIRED,
        REVOKED
    }

    record EndView(@Nullable String organization, String reason, Instant at) {}

    record DeliveredView(long runs, long rows, @Nullable Instant last) {}

    /**
     * @param watermark files delivered under it say who got them
     * @param scope fields with their types, filter, masks, purpose, term, schema and table
     */
    record View(
            long id,
            String number,
            Standing standing,
            long request,
            Grant.Rule rule,
            long resource,
            String code,
            int version,
            String title,
            String provider,
            String consumer,
            String mode,
            @Schema(type = "object") JsonNode scope,
            String scopeDigest,
            LocalDate from,
            LocalDate until,
            boolean watermark,
            Instant issuedAt,
            @Nullable EndView end,
            DeliveredView delivered) {}

    private final Grants grants;

    GrantApi(Grants grants) {
        this.grants = grants;
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "listGrants", summary = "Grants of one's own side 查授权")
    Page<View> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Long resource,
            @RequestParam(required = false) @Nullable Long request,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return grants.list(actor, resource, request, Page.Request.of(limit, after)).map(this::view);
    }

    @GetMapping("/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "getGrant", summary = "One grant 授权")
    View one(Actor actor, @PathVariable long id) {
        return view(grants.find(actor, id));
    }

    @PostMapping("/{id}/revocation")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "revokeGrant", summary = "End a grant at once 终止授权")
    View revoke(Actor actor, @PathVariable long id, @RequestBody RequestApi.Why why) {
        return view(grants.revoke(actor, id, why.reason()));
    }

    private View view(Grant it) {
        var delivered = grants.delivered(it.id());
        return new View(
                it.id(),
                it.number(),
                standing(it.standing(grants.now())),
                it.request(),
                it.rule(),
                it.resource(),
                it.code(),
                it.version(),
                it.title(),
                it.provider(),
                it.consumer(),
                it.mode().word(),
                JsonMapper.shared().readTree(it.scope().toJson()),
                it.digest(),
                it.from(),
                it.until(),
                it.watermark(),
                it.issuedAt(),
                it.end()
                        .map(end ->
                                new EndView(
                                        end.organization().orElse(null), end.reason(), end.at()))
                        .orElse(null),
                new DeliveredView(
                        delivered.runs(), delivered.rows(), delivered.last().orElse(null)));
    }

    static Standing standing(Grant.Standing standing) {
        return switch (standing) {
            case Grant.Standing.NotYet(_) -> Standing.NOT_YET;
            case Grant.Standing.Effective() -> Standing.EFFECTIVE;
            case Grant.Standing.Expired(_) -> Standing.EXPIRED;
            case Grant.Standing.Revoked(_, _) -> Standing.REVOKED;
        };
    }
}
