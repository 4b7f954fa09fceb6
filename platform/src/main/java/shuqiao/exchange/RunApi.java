package shuqiao.exchange;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1/runs")
@Tag(name = "runs", description = "Deliveries under a grant 交换运行")
class RunApi {

    /** As people look for them: what works, what waits, what needs somebody, what is done. */
    static final List<String> STATES_IN_ORDER =
            List.of("RUNNING", "QUEUED", "FAILED", "DELIVERED", "CANCELLED", "SUPERSEDED");

    static final Set<String> STATES = Set.copyOf(STATES_IN_ORDER);

    record Problem(String type, String detail) {
        static @Nullable Problem of(Run.@Nullable Failure failure, Locale locale) {
            return failure == null
                    ? null
                    : new Problem("urn:shuqiao:" + failure.key(), failure.in(locale));
        }
    }

    /** A run as programs see it; a part that is not true in its state is left out. */
    record View(
            String id,
            String number,
            long grant,
            long resource,
            String code,
            int version,
            String title,
            String provider,
            String consumer,
            long target,
            String schema,
            String table,
            String mode,
            String state,
            Instant askedAt,
            int attempt,
            @Nullable Long rowEstimate,
            @Nullable String phase,
            @Nullable Long rows,
            @Nullable Long bytes,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant notBefore,
            Run.@Nullable Waiting waitsFor,
            @Nullable String swapMethod,
            @Nullable List<String> notes,
            @Nullable Problem problem,
            @Nullable String reason) {

        static View of(Run run, Locale locale) {
            var blank =
                    new View(
                            run.id(),
                            run.number(),
                            run.grant(),
                            run.resource(),
                            run.code(),
                            run.version(),
                            run.title(),
                            run.provider(),
                            run.consumer(),
                            run.target(),
                            run.targetSchema(),
                            run.targetTable(),
                            "snapshot",
                            run.stateName(),
                            run.askedAt(),
                            run.attempt(),
                            run.rowEstimate(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
            return switch (run.state()) {
                case Run.State.Queued(var notBefore, var waitsFor, var last) ->
                        blank.with(
                                null,
                                null,
                                null,
                                null,
                                null,
                                notBefore,
                                waitsFor,
                                null,
                                null,
                                Problem.of(last, locale),
                                null);
                case Run.State.Running(var since, var phase, var rows, var bytes) ->
                        blank.with(
                                phase, rows, bytes, since, null, null, null, null, null, null,
                                null);
                case Run.State.Delivered(
                                var since,
                                var at,
                                var rows,
                                var bytes,
                                var method,
                                var notes) ->
                        blank.with(
                                null, rows, bytes, since, at, null, null, method, notes, null,
                                null);
                case Run.State.Failed(var at, var why) ->
                        blank.with(
                                null,
                                null,
                                null,
                                null,
                                at,
                                null,
                                null,
                                null,
                                null,
                                Problem.of(why, locale),
                                null);
                case Run.State.Cancelled(var at, _, var why) ->
                        blank.with(null, null, null, null, at, null, null, null, null, null, why);
                case Run.State.Superseded(var at) ->
                        blank.with(null, null, null, null, at, null, null, null, null, null, null);
            };
        }

        private View with(
                @Nullable String phase,
                @Nullable Long rows,
                @Nullable Long bytes,
                @Nullable Instant startedAt,
                @Nullable Instant finishedAt,
                @Nullable Instant notBefore,
                Run.@Nullable Waiting waitsFor,
                @Nullable String swapMethod,
                @Nullable List<String> notes,
                @Nullable Problem problem,
                @Nullable String reason) {
            return new View(
                    id,
                    number,
                    grant,
                    resource,
                    code,
                    version,
                    title,
                    provider,
                    consumer,
                    target,
                    schema,
                    table,
                    mode,
                    state,
                    askedAt,
                    attempt,
                    rowEstimate,
                    phase,
                    rows,
                    bytes,
                    startedAt,
                    finishedAt,
                    notBefore,
                    waitsFor,
                    swapMethod,
                    notes,
                    problem,
                    reason);
        }
    }

    record Cancellation(@Nullable String reason) {}

    private final Exchange exchange;
    private final Receipts receipts;

    RunApi(Exchange exchange, Receipts receipts) {
        this.exchange = exchange;
        this.receipts = receipts;
    }

    @PostMapping
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "askRun",
            summary = "Ask for a delivery into a table of one's own 发起交换")
    ResponseEntity<View> ask(Actor actor, Locale locale, @RequestBody Exchange.Wish wish) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .body(View.of(exchange.ask(actor, wish), locale));
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "listRuns", summary = "Runs of one's organization, newest first 查运行")
    Page<View> list(
            Actor actor,
            Locale locale,
            @RequestParam(required = false) @Nullable Long grant,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        if (state != null && !STATES.contains(state))
            throw Invalid.field("state", "not-one-of", java.util.Map.of("allowed", STATES));
        return exchange.list(actor, grant, state, Page.Request.of(limit, after))
                .map(run -> View.of(run, locale));
    }

    @GetMapping("/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "getRun", summary = "A run with its progress 运行与进度")
    View one(Actor actor, Locale locale, @PathVariable String id) {
        return View.of(exchange.find(actor, id), locale);
    }

    @PostMapping("/{id}/cancellation")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "cancelRun", summary = "Stop a run 取消运行")
    View cancel(
            Actor actor, Locale locale, @PathVariable String id, @RequestBody Cancellation wish) {
        return View.of(exchange.cancel(actor, id, wish.reason()), locale);
    }

    @GetMapping(value = "/{id}/receipt", produces = MediaType.APPLICATION_JSON_VALUE)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "getReceipt", summary = "The receipt, whole within a second 回执")
    String receipt(Actor actor, @PathVariable String id) {
        return receipts.whole(actor, exchange.find(actor, id));
    }
}
