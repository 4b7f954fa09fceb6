package shuqiao.ledger;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "audit", description = "The record of every act 审计")
class AuditApi {

    private final Ledger ledger;
    private final LedgerCheck check;

    AuditApi(Ledger ledger, LedgerCheck check) {
        this.ledger = ledger;
        this.check = check;
    }

    @GetMapping("/entries")
    @Allows(Role.AUDIT_ADMIN)
    @Operation(operationId = "searchAudit", summary = "Search the record of acts 查审计日志")
    Page<LedgerEntry> search(
            Actor actor,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String organization,
            @RequestParam(required = false) @Nullable String object,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
                    @Nullable OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
                    @Nullable OffsetDateTime until,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        var query =
                new LedgerEntry.Query(
                        Optional.ofNullable(kind),
                        Optional.ofNullable(subject),
                        Optional.ofNullable(organization),
                        Optional.ofNullable(object),
                        instant("from", from),
                        instant("until", until));
        return ledger.search(actor, query, Page.Request.of(limit, after));
    }

    @PostMapping("/verification")
    @Allows(Role.AUDIT_ADMIN)
    @Operation(
            operationId = "verifyLedger",
            summary = "Compute the whole log anew and compare 核验全部存证")
    LedgerCheck.Result verify(Actor actor) {
        return check.verify(actor);
    }

    private static Optional<Instant> instant(String field, @Nullable OffsetDateTime time) {
        if (time != null && Clock.isFarAway(time.getYear())) throw Invalid.field(field, "date");
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
