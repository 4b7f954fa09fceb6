package shuqiao.schedule;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.exchange.DestinationForm;
import shuqiao.exchange.Run;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;
import shuqiao.shell.Forms;
import shuqiao.shell.ListForm;
import shuqiao.shell.Tab;

/** Schedules in the browser: the list, one with its next turns, the form, and how to stop one. */
@Controller
@RequestMapping("/schedules")
class SchedulePages {

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry schedules() {
            return new MenuEntry(
                    42,
                    "menu.schedules",
                    "/schedules",
                    Set.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY));
        }
    }

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** What was typed, to be shown again when something must be corrected. */
    record Form(
            @Nullable Long grant,
            @Nullable String format,
            @Nullable Long target,
            @Nullable String schema,
            @Nullable String table,
            @Nullable Boolean guarded,
            @Nullable Boolean verifyFull,
            @Nullable String rhythm,
            @Nullable String time,
            @Nullable String cron,
            @Nullable String weekday,
            @Nullable String day) {

        /** The choices in words are expressions behind it. */
        Schedules.Wish wish() {
            var said = PlainRhythm.of(rhythm, time, weekday, day);
            return new Schedules.Wish(
                    grant,
                    target,
                    schema,
                    table,
                    verifyFull,
                    said.rhythm(),
                    time,
                    said.cron() == null ? cron : said.cron(),
                    DestinationForm.rail(format),
                    DestinationForm.fileFormat(format),
                    guarded);
        }
    }

    /**
     * A schedule in a list.
     *
     * @param place the table, or what kind of file
     */
    record Row(
            Schedule it,
            String look,
            String provider,
            String consumer,
            String place,
            boolean file,
            String rhythm,
            @Nullable String next,
            @Nullable String why) {}

    private final Schedules schedules;
    private final Grants grants;
    private final DestinationForm destinations;
    private final OrganizationNames names;
    private final CronWords cronWords;
    private final MessageSource messages;
    private final Forms forms;

    SchedulePages(
            Schedules schedules,
            Grants grants,
            DestinationForm destinations,
            OrganizationNames names,
            CronWords cronWords,
            MessageSource messages,
            Forms forms) {
        this.schedules = schedules;
        this.grants = grants;
        this.destinations = destinations;
        this.names = names;
        this.cronWords = cronWords;
        this.messages = messages;
        this.forms = forms;
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long grant,
            @ModelAttribute ListQuery query,
            Locale locale,
            Model model) {
        var chosen = state != null && ScheduleApi.STATES.contains(state) ? state : null;
        var counts = schedules.counts(actor, grant);
        model.addAttribute("tabs", tabs(counts, grant, chosen));
        model.addAttribute("active", counts.getOrDefault("ACTIVE", 0L));
        model.addAttribute("paused", counts.getOrDefault("PAUSED", 0L));
        var page = schedules.listed(actor, grant, chosen, query);
        model.addAttribute("rows", page.items().stream().map(it -> row(it, locale)).toList());
        model.addAttribute(
                "list",
                ListForm.of(
                        path(chosen, grant),
                        query,
                        page,
                        schedules.departments(actor, grant, chosen),
                        names,
                        "list.sort.next",
                        locale));
        return "schedule/schedules";
    }

    /** The same list for a spreadsheet. */
    @GetMapping("/export.csv")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    void export(
            Actor actor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long grant,
            @ModelAttribute ListQuery query,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        var chosen = state != null && ScheduleApi.STATES.contains(state) ? state : null;
        var rows = new ArrayList<List<String>>();
        rows.add(
                Stream.of(
                                "list.number",
                                "schedules.title",
                                "list.provider",
                                "list.consumer",
                                "schedules.rhythm",
                                "schedules.state",
                                "schedules.next")
                        .map(key -> say(key, locale))
                        .toList());
        for (var it : schedules.exported(actor, grant, chosen, query)) {
            var row = row(it, locale);
            var next = row.next();
            rows.add(
                    List.of(
                            it.number(),
                            it.title(),
                            row.provider(),
                            row.consumer(),
                            row.rhythm(),
                            say("schedule.state." + it.stateName(), locale),
                            next == null ? "" : next));
        }
        ListForm.csv(response, "schedules", rows);
    }

    private static List<Tab> tabs(
            Map<String, Long> counts, @Nullable Long grant, @Nullable String chosen) {
        var tabs = new ArrayList<Tab>();
        tabs.add(
                new Tab(
                        "schedules.all",
                        path(null, grant),
                        counts.values().stream().mapToLong(Long::longValue).sum(),
                        chosen == null));
        for (var state : ScheduleApi.STATES) {
            var count = counts.getOrDefault(state, 0L);
            if (count > 0 || state.equals(chosen))
                tabs.add(
                        new Tab(
                                "schedule.state." + state,
                                path(state, grant),
                                count,
                                state.equals(chosen)));
        }
        return tabs;
    }

    private static String path(@Nullable String state, @Nullable Long grant) {
        var path = "/schedules";
        if (state != null) path += "?state=" + state;
        if (grant != null) path += (state == null ? "?" : "&") + "grant=" + grant;
        return path;
    }

    private Row row(Schedule it, Locale locale) {
        var look =
                switch (it.state()) {
                    case Schedule.State.Active _ -> "running";
                    case Schedule.State.Paused _ -> "failed";
                    case Schedule.State.Ended _ -> "draft";
                };
        var why =
                switch (it.state()) {
                    case Schedule.State.Active _ -> null;
                    case Schedule.State.Paused(_, _, var said) -> said.in(locale);
                    case Schedule.State.Ended(_, _, var said) -> said.in(locale);
                };
        var next =
                it.state() instanceof Schedule.State.Active(var at) && at != null
                        ? minute(at)
                        : null;
        return new Row(
                it,
                look,
                names.shortName(it.provider(), locale),
                names.shortName(it.consumer(), locale),
                place(it.target(), locale),
                it.target() instanceof Run.Target.File,
                words(it.rhythm(), locale),
                next,
                why);
    }

    private String place(Run.Target target, Locale locale) {
        return switch (target) {
            case Run.Target.Table table -> table.label();
            case Run.Target.File(var format, _) -> say("runs.new.format." + format.word(), locale);
        };
    }

    private String words(Rhythm rhythm, Locale locale) {
        return switch (rhythm) {
            case Rhythm.Cron(var text) ->
                    CronFields.of(text).isPresent()
                            ? say("schedule.cron.shown", locale, cronWords.of(text, locale), text)
                            : say("schedule.rhythm.cron", locale, text);
            case Rhythm.OnWorkingDays(var at) -> say("schedule.rhythm.days", locale, at.toString());
            case Rhythm.AfterUpdate() -> say("schedule.rhythm.update", locale);
        };
    }

    private String say(String key, Locale locale, Object... values) {
        return java.util.Objects.requireNonNull(messages.getMessage(key, values, key, locale));
    }

    private static String minute(Instant at) {
        return MINUTE.format(at.atZone(Clock.ZONE));
    }

    @GetMapping("/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return show(actor, schedules.find(actor, id), locale, model);
    }

    private String show(Actor actor, Schedule it, Locale locale, Model model) {
        model.addAttribute("it", it);
        model.addAttribute("row", row(it, locale));
        model.addAttribute(
                "turns", schedules.turns(it).stream().map(SchedulePages::minute).toList());
        model.addAttribute("last", it.lastAt() == null ? null : minute(it.lastAt()));
        model.addAttribute("made", minute(it.madeAt()));
        model.addAttribute("mayChange", schedules.mayChange(actor, it));
        return "schedule/schedule";
    }

    @GetMapping("/new")
    @Allows(Role.STEWARD)
    String form(Actor actor, @RequestParam long grant, Locale locale, Model model) {
        var given = grants.find(actor, grant);
        actor.requireOrganization(given.consumer());
        var before =
                new Form(
                        grant,
                        null,
                        null,
                        "public",
                        DestinationForm.proposed(given),
                        false,
                        false,
                        "WORKING_DAYS",
                        "06:00",
                        null,
                        "1",
                        "5");
        return form(actor, given, before, List.of(), locale, model);
    }

    private String form(
            Actor actor, Grant grant, Form form, List<Instant> turns, Locale locale, Model model) {
        destinations.show(actor, form.format(), form.target(), locale, model);
        model.addAttribute("grant", grant);
        model.addAttribute("form", form);
        model.addAttribute("turns", turns.stream().map(SchedulePages::minute).toList());
        model.addAttribute("ways", PlainRhythm.WAYS);
        var weekdays = new LinkedHashMap<String, String>();
        for (int day = 1; day <= 7; day++)
            weekdays.put(String.valueOf(day), say("weekday.short." + day, locale));
        model.addAttribute("weekdays", weekdays);
        var days = new LinkedHashMap<String, String>();
        for (int day = 1; day <= PlainRhythm.EVERY_MONTH; day++)
            days.put(String.valueOf(day), say("schedules.day.of", locale, String.valueOf(day)));
        days.put(CronFields.LAST_DAY, say("schedules.day.last", locale));
        model.addAttribute("days", days);
        var wish = form.wish();
        var cron = "CRON".equals(wish.rhythm()) && wish.cron() != null ? wish.cron() : "";
        model.addAttribute(
                "cronWords", CronFields.of(cron).isPresent() ? cronWords.of(cron, locale) : null);
        model.addAttribute("cronRemarks", cronWords.remarks(cron, locale));
        return "schedule/new-schedule";
    }

    @PostMapping
    @Allows(Role.STEWARD)
    String make(
            Actor actor,
            @ModelAttribute Form form,
            @RequestParam(required = false) @Nullable String preview,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            if (preview != null && form.grant() != null)
                return form(
                        actor,
                        grants.find(actor, form.grant()),
                        form,
                        schedules.preview(actor, form.wish()),
                        locale,
                        model);
            var made = schedules.make(actor, form.wish());
            next.addFlashAttribute("notice", "schedules.made");
            return "redirect:/schedules/" + made.id();
        } catch (Refusal refused) {
            if (form.grant() == null) throw refused;
            var grant = grants.find(actor, form.grant());
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return form(actor, grant, form, List.of(), locale, model);
        }
    }

    @PostMapping("/{id}/{change:pause|resumption|end}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String change(
            Actor actor,
            @PathVariable long id,
            @PathVariable String change,
            @RequestParam(required = false) @Nullable String reason,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            next.addFlashAttribute(
                    "notice",
                    switch (change) {
                        case "pause" -> {
                            schedules.pause(actor, id, reason);
                            yield "schedules.paused";
                        }
                        case "end" -> {
                            schedules.end(actor, id, reason);
                            yield "schedules.ended";
                        }
                        default -> {
                            schedules.resume(actor, id);
                            yield "schedules.resumed";
                        }
                    });
            return "redirect:/schedules/" + id;
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.UNKNOWN || refused.kind() == Refusal.Kind.FORBIDDEN)
                throw refused;
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            model.addAttribute("reason", reason);
            return show(actor, schedules.find(actor, id), locale, model);
        }
    }
}
