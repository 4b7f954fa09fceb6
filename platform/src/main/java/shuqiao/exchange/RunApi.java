package shuqiao.exchange;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
import shuqiao.engine.Reading;
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
            String rail,
            @Nullable Long target,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String format,
            String mode,
            String state,
            Instant askedAt,
            int attempt,
            @Nullable Long rowEstimate,
            @Nullable Reading reading,
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
            @Nullable String reason,
            @Nullable List<FileView> files) {

        /** Without the files, which only the view of one run tells. */
        static View of(Run run, Locale locale) {
            return of(run, null, locale);
        }

        /**
         * @param files what a delivery into a file has laid down; null where they are not told
         */
        static View of(Run run, @Nullable List<FileView> files, Locale locale) {
            var table = run.target() instanceof Run.Target.Table it ? it : null;
            var format = run.format();
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
                            run.rail(),
                            table == null ? null : table.source(),
                            table == null ? null : table.schema(),
                            table == null ? null : table.table(),
                            format == null ? null : format.word(),
                            "snapshot",
                            run.stateName(),
                            run.askedAt(),
                            run.attempt(),
                            run.rowEstimate(),
                            run.reading(),
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
                            null,
                            files);
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
                    rail,
                    target,
                    schema,
                    table,
                    format,
                    mode,
                    state,
                    askedAt,
                    attempt,
                    rowEstimate,
                    reading,
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
                    reason,
                    files);
        }
    }

    /**
     * A file of a run.
     *
     * @param removedAt when it expired or its grant ended; it is gone then
     */
    record FileView(
            String name,
            String title,
            String mediaType,
            long bytes,
            String sha256,
            Instant expiresAt,
            @Nullable Instant removedAt,
            String path) {

        static FileView of(RunFile file) {
            return new FileView(
                    file.name(),
                    file.title(),
                    file.mediaType(),
                    file.bytes(),
                    file.sha256(),
                    file.expiresAt(),
                    file.removed().orElse(null),
                    "/api/v1/runs/" + file.run() + "/files/" + file.name());
        }
    }

    record Cancellation(@Nullable String reason) {}

    private final Exchange exchange;
    private final Receipts receipts;
    private final RunFiles files;
    private final FileAnswer answer;

    RunApi(Exchange exchange, Receipts receipts, RunFiles files, FileAnswer answer) {
        this.exchange = exchange;
        this.receipts = receipts;
        this.files = files;
        this.answer = answer;
    }

    @PostMapping
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "askRun",
            summary = "Ask for a delivery into a table of one's own or into a file 发起交换")
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
        var run = exchange.find(actor, id);
        var laidDown = files.list(actor, id).stream().map(FileView::of).toList();
        return View.of(run, laidDown.isEmpty() ? null : laidDown, locale);
    }

    @GetMapping("/{id}/files/{name}")
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(
            operationId = "getRunFile",
            summary = "A delivered file, whole or from where a download broke off 下载文件",
            description =
                    "data.csv, data.xlsx or data.parquet; dictionary.csv; manifest.json; package.zip with all of them. Answers Range, If-Range and If-None-Match; the ETag is the SHA-256 in hex. For the department that was granted the rows, while the grant lasts and the file is kept.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "206",
            description = "The part that was asked for",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "304", description = "The same as before", content = @Content)
    @ApiResponse(
            responseCode = "416",
            description = "No byte of the file is in the range",
            content = @Content)
    void file(
            @Parameter(hidden = true) Actor actor,
            @PathVariable String id,
            @PathVariable String name,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        answer.answer(actor, id, name, request, response);
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
