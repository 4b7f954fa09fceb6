package shuqiao.schedule;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import shuqiao.exchange.Run;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1/schedules")
@Tag(name = "schedules", description = "Deliveries that repeat by themselves 定时交换")
class ScheduleApi {

    static final List<String> STATES = List.of("ACTIVE", "PAUSED", "ENDED");

    /** A schedule as programs see it; a part that is not true in its state is left out. */
    record View(
            long id,
            long grant,
            long resource,
            String title,
            String provider,
            String consumer,
            String rail,
            @Nullable Long target,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String format,
            @Nullable Boolean guarded,
            boolean verifyFull,
            String rhythm,
            @Nullable String cron,
            @Nullable LocalTime time,
            String state,
            @Nullable Instant next,
            @Nullable Instant stoppedAt,
            @Nullable String why,
            @Nullable String lastRun,
            @Nullable Instant lastAt,
            long turns,
            long skipped,
            int failures,
            Instant madeAt) {

        static View of(Schedule it, Locale locale) {
            var stopped =
                    switch (it.state()) {
                        case Schedule.State.Active _ -> null;
                        case Schedule.State.Paused(var at, _, var why) ->
                                Map.entry(at, why.in(locale));
                        case Schedule.State.Ended(var at, _, var why) ->
                                Map.entry(at, why.in(locale));
                    };
            var table = it.target() instanceof Run.Target.Table one ? one : null;
            var file = it.target() instanceof Run.Target.File one ? one : null;
            return new View(
                    it.id(),
                    it.grant(),
                    it.resource(),
                    it.title(),
                    it.provider(),
                    it.consumer(),
                    file == null ? "exchange" : "file",
                    table == null ? null : table.source(),
                    table == null ? null : table.schema(),
                    table == null ? null : table.table(),
                    file == null ? null : file.format().word(),
                    file == null ? null : file.guarded(),
                    it.verifyFull(),
                    it.rhythm().word(),
                    it.rhythm() instanceof Rhythm.Cron(var text) ? text : null,
                    it.rhythm() instanceof Rhythm.OnWorkingDays(var at) ? at : null,
                    it.stateName(),
                    it.state() instanceof Schedule.State.Active(var next) ? next : null,
                    stopped == null ? null : stopped.getKey(),
                    stopped == null ? null : stopped.getValue(),
                    it.lastRun(),
                    it.lastAt(),
                    it.turns(),
                    it.skipped(),
                    it.failures(),
                    it.madeAt());
        }
    }

    record Stop(@Nullable String reason) {}

    private final Schedules schedules;

    ScheduleApi(Schedules schedules) {
        this.schedules = schedules;
    }

    @PostMapping
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "makeSchedule",
            summary = "Order deliveries that repeat by themselves 设置定时交换")
    ResponseEntity<View> make(Actor actor, Locale locale, @RequestBody Schedules.Wish wish) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(View.of(schedules.make(actor, wish), locale));
    }

    @PostMapping("/preview")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "previewSchedule",
            summary = "The next five turns of a rhythm; nothing is kept 预览运行时间")
    List<Instant> preview(Actor actor, @RequestBody Schedules.Wish wish) {
        return schedules.preview(actor, wish);
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "listSchedules",
            summary = "Schedules of one's organization, newest first 查定时交换")
    Page<View> list(
            Actor actor,
            Locale locale,
            @RequestParam(required = false) @Nullable Long grant,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        if (state != null && !STATES.contains(state))
            throw Invalid.field("state", "not-one-of", Map.of("allowed", STATES));
        return schedules
                .list(actor, grant, state, Page.Request.of(limit, after))
                .map(it -> View.of(it, locale));
    }

    @GetMapping("/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "getSchedule", summary = "A schedule with its next turn 定时交换")
    View one(Actor actor, Locale locale, @PathVariable long id) {
        return View.of(schedules.find(actor, id), locale);
    }

    @PostMapping("/{id}/pause")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "pauseSchedule", summary = "Take no turns for the time being 暂停")
    View pause(Actor actor, Locale locale, @PathVariable long id, @RequestBody Stop stop) {
        return View.of(schedules.pause(actor, id, stop.reason()), locale);
    }

    @PostMapping("/{id}/resumption")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "resumeSchedule", summary = "Go on with a paused schedule 恢复")
    View resume(Actor actor, Locale locale, @PathVariable long id) {
        return View.of(schedules.resume(actor, id), locale);
    }

    @PostMapping("/{id}/end")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "endSchedule", summary = "End a schedule for good 结束")
    View end(Actor actor, Locale locale, @PathVariable long id, @RequestBody Stop stop) {
        return View.of(schedules.end(actor, id, stop.reason()), locale);
    }
}
