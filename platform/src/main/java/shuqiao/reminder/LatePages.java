package shuqiao.reminder;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;
import shuqiao.reminder.Reminders.Late;
import shuqiao.shell.Chosen;
import shuqiao.shell.Clocks;
import shuqiao.shell.Submission;
import shuqiao.workbook.WorkbookWriter;

/** What is late, with whom; and the times at which people are reminded. */
@Controller
class LatePages {

    static final String PATH = "/late";
    static final String RULE = "/admin/reminders";

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry reminders() {
            return new MenuEntry(835, "menu.reminders", RULE, Set.of(Role.SYSTEM_ADMIN));
        }
    }

    /** One line of the list. */
    record Row(Late it, String organization, Clocks.@Nullable Chip chip) {}

    private final Reminders reminders;
    private final LateFigures figures;
    private final Clocks clocks;

    LatePages(Reminders reminders, LateFigures figures, Clocks clocks) {
        this.reminders = reminders;
        this.figures = figures;
        this.clocks = clocks;
    }

    @GetMapping(PATH)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String organization,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var all = reminders.late(actor, null);
        var bars = figures.bars(all, locale);
        var chosen =
                organization == null
                        ? null
                        : bars.stream()
                                .filter(bar -> bar.code().equals(organization))
                                .findFirst()
                                .orElse(null);
        // a department that has nothing late any more has an empty list, not that of all
        var late = organization == null ? all : of(all, organization);
        model.addAttribute("total", all.size());
        model.addAttribute("city", actor.has(Role.AUTHORITY));
        model.addAttribute("bars", bars);
        model.addAttribute(
                "chosen",
                organization == null
                        ? List.of()
                        : List.of(
                                new Chosen(
                                        chosen == null
                                                ? figures.name(organization, locale)
                                                : chosen.word(),
                                        PATH)));
        model.addAttribute(
                "page",
                Slice.of(late, null, after)
                        .map(it ->
                                new Row(
                                        it,
                                        figures.name(Reminders.of(it.due()), locale),
                                        clocks.chip(it.due().due(), it.due().estimated()))));
        model.addAttribute("path", organization == null ? PATH : LateFigures.path(organization));
        model.addAttribute("narrower", organization == null ? "" : "?organization=" + organization);
        return "reminder/late";
    }

    private static List<Late> of(List<Late> all, String organization) {
        return all.stream()
                .filter(it -> Reminders.of(it.due()).equals(organization))
                .collect(Collectors.toList());
    }

    /** The list of the same address as a workbook. */
    @GetMapping(PATH + ".xlsx")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    ResponseEntity<byte[]> workbook(
            Actor actor,
            @RequestParam(required = false) @Nullable String organization,
            Locale locale) {
        return file(actor, organization, false, locale);
    }

    @GetMapping(PATH + ".csv")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    ResponseEntity<byte[]> csv(
            Actor actor,
            @RequestParam(required = false) @Nullable String organization,
            Locale locale) {
        return file(actor, organization, true, locale);
    }

    private ResponseEntity<byte[]> file(
            Actor actor, @Nullable String organization, boolean csv, Locale locale) {
        return WorkbookWriter.list(
                csv,
                figures.say("late", locale),
                Stream.of("thing", "reference", "what", "department", "due-date", "days", "counted")
                        .map(it -> figures.say("late." + it, locale))
                        .toList(),
                reminders.late(actor, organization).stream().map(it -> line(it, locale)).toList());
    }

    private List<Object> line(Late it, Locale locale) {
        var due = it.due();
        return List.of(
                due.title(),
                due.number(),
                figures.say(due.what(), locale),
                figures.name(Reminders.of(due), locale),
                due.due().toString(),
                it.days(),
                figures.say(due.estimated() ? "late.estimated" : "late.published", locale));
    }

    @GetMapping(RULE)
    @Allows(Role.SYSTEM_ADMIN)
    String rule(Actor actor, Model model) {
        return show(entry(reminders.rule(actor)), model);
    }

    @PostMapping(RULE)
    @Allows(Role.SYSTEM_ADMIN)
    String change(Actor actor, @ModelAttribute Reminders.Entry typed, Submission sent) {
        return sent.tried(
                () -> reminders.change(actor, typed),
                "reminders.saved",
                RULE,
                () -> show(typed, sent.model()));
    }

    static Reminders.Entry entry(ReminderRule rule) {
        return new Reminders.Entry(
                rule.before().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                String.valueOf(rule.escalateAfter()));
    }

    private static String show(Reminders.Entry typed, Model model) {
        model.addAttribute("typed", typed);
        return "reminder/rule";
    }
}
