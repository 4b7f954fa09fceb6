package shuqiao.reminder;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
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
@RequestMapping("/api/v1")
@Tag(name = "reminders", description = "Deadlines that are late, and when people are reminded 期限提醒")
class ReminderApi {

    /**
     * Something late.
     *
     * @param organization who has to act; left out for the authority
     */
    record LateView(
            String what,
            String title,
            String number,
            @Nullable String organization,
            LocalDate due,
            boolean estimated,
            int workingDaysLate,
            String path) {}

    /** When people are reminded, in working days. */
    record RuleView(@Nullable List<Integer> before, @Nullable Integer escalateAfter) {}

    private final Reminders reminders;
    private final LateFigures figures;

    ReminderApi(Reminders reminders, LateFigures figures) {
        this.reminders = reminders;
        this.figures = figures;
    }

    @GetMapping("/late")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "listLate",
            summary = "What is late: of one's own department, or of all for the authority 查超期")
    Page<LateView> late(
            Actor actor,
            Locale locale,
            @RequestParam(required = false) @Nullable String organization,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(reminders.late(actor, organization), limit, after)
                .map(it ->
                        new LateView(
                                figures.say(it.due().what(), locale),
                                it.due().title(),
                                it.due().number(),
                                it.due().organization(),
                                it.due().due(),
                                it.due().estimated(),
                                it.days(),
                                it.due().path()));
    }

    @GetMapping("/reminders/rule")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "getReminderRule", summary = "When people are reminded 查提醒规则")
    RuleView rule(Actor actor) {
        return view(reminders.rule(actor));
    }

    @PutMapping("/reminders/rule")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "changeReminderRule", summary = "Remind at other times 修改提醒规则")
    RuleView change(Actor actor, @RequestBody RuleView wanted) {
        return view(
                reminders.change(
                        actor,
                        new Reminders.Entry(
                                wanted.before() == null
                                        ? ""
                                        : wanted.before().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(",")),
                                wanted.escalateAfter() == null
                                        ? ""
                                        : wanted.escalateAfter().toString())));
    }

    private static RuleView view(ReminderRule rule) {
        return new RuleView(rule.before(), rule.escalateAfter());
    }
}
