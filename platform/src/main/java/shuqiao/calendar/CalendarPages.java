package shuqiao.calendar;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;
import shuqiao.standard.WorkingDayCalendar;
import shuqiao.workbook.ImportReport;
import shuqiao.workbook.WorkbookWriter;

/** The system administrator sees which years are known, and previews and imports the next one. */
@Controller
@RequestMapping(CalendarPages.PATH)
class CalendarPages {

    static final String PATH = "/admin/calendar";

    /** The years that deadlines of today can reach, and some to compare. */
    private static final int YEARS_SHOWN = 6;

    /** What was typed: lists of days, or CSV in their place. */
    record Form(
            @Nullable String year,
            @Nullable String source,
            @Nullable String off,
            @Nullable String work,
            @Nullable String csv,
            @Nullable Boolean add) {

        String lines(int year) {
            var lists = !isBlank(off) || !isBlank(work);
            if (lists && !isBlank(csv)) throw Invalid.field("csv", "calendar.one-way");
            return lists
                    ? NoticeText.csv(off, work, year)
                    : NoticeFile.lines(csv == null ? "" : csv);
        }

        boolean isAddition() {
            return Boolean.TRUE.equals(add);
        }

        private static boolean isBlank(@Nullable String text) {
            return text == null || text.isBlank();
        }
    }

    /** One line of the table of years. */
    record Line(Calendars.Year year, int off, int worked, long workingDays) {}

    private final Calendars calendars;
    private final NoticeFile files;
    private final WorkbookWriter writer;
    private final ImportReport report;
    private final List<CalendarImpact> impacts;
    private final MessageSource messages;

    CalendarPages(
            Calendars calendars,
            NoticeFile files,
            WorkbookWriter writer,
            ImportReport report,
            List<CalendarImpact> impacts,
            MessageSource messages) {
        this.calendars = calendars;
        this.files = files;
        this.writer = writer;
        this.report = report;
        this.impacts = impacts;
        this.messages = messages;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(Actor actor, @RequestParam(defaultValue = "false") String all, Model model) {
        if (all.equals("1")) model.addAttribute("all", true);
        var next = String.valueOf(calendars.today().getYear() + 1);
        return show(actor, new Form(next, "", "", "", "", null), model);
    }

    @GetMapping("/{year}")
    @Allows(Role.SYSTEM_ADMIN)
    String year(Actor actor, @PathVariable int year, Locale locale, Model model) {
        var found = calendars.year(actor, year);
        model.addAttribute("year", found);
        model.addAttribute("months", YearSheet.months(calendars.current(), year, Set.of()));
        model.addAttribute("workingDays", Calendars.workingDays(calendars.current(), year));
        model.addAttribute("way", way(String.valueOf(year), locale));
        return "calendar/year";
    }

    @PostMapping("/preview")
    @Allows(Role.SYSTEM_ADMIN)
    String preview(Actor actor, @ModelAttribute Form form, Submission sent) {
        try {
            var year = year(form);
            var entry = entry(form, form.lines(year));
            if (form.isAddition()) entry = calendars.added(year, entry);
            var preview = calendars.preview(actor, year, entry);
            var changed =
                    preview.changes().stream()
                            .map(Calendars.DayChange::date)
                            .collect(Collectors.toSet());
            sent.model().addAttribute("preview", preview);
            sent.model().addAttribute("moves", moves(preview.after()));
            sent.model().addAttribute("lines", entry.csv());
            sent.model().addAttribute("months", YearSheet.months(preview.after(), year, changed));
            sent.model().addAttribute("way", way(String.valueOf(year), sent.locale()));
            return "calendar/preview";
        } catch (Refusal refused) {
            sent.refuse(refused);
            return show(actor, form, sent.model());
        }
    }

    /** By the kind of what moves; deadlines first, and the others where there are any. */
    private Map<String, CalendarImpact.Moved> moves(WorkingDayCalendar after) {
        var moves = new TreeMap<String, CalendarImpact.Moved>();
        for (var it : impacts) moves.merge(it.kind(), it.under(after), CalendarImpact.Moved::plus);
        return moves;
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String take(Actor actor, @ModelAttribute Form form, Submission sent) {
        return sent.tried(
                () -> calendars.take(actor, year(form), entry(form, form.lines(year(form)))),
                "calendar.imported",
                PATH,
                () -> show(actor, form, sent.model()));
    }

    @GetMapping("/template.xlsx")
    @Allows(Role.SYSTEM_ADMIN)
    ResponseEntity<byte[]> template(Locale locale) {
        return WorkbookWriter.download(
                writer.template(NoticeFile.LAYOUT, locale),
                Messages.sentence(messages, "calendar.file.template", Map.of(), locale));
    }

    /** A file in place of what is typed; the preview is the same. */
    @PostMapping("/file")
    @Allows(Role.SYSTEM_ADMIN)
    String file(
            Actor actor,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable String year,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable Boolean add,
            Submission sent)
            throws IOException {
        var typed = new Form(year, source, "", "", "", add);
        try {
            if (file == null || file.isEmpty()) throw Invalid.field("file", "workbook.no-file");
            var read =
                    files.read(
                            file.getBytes(), year == null || year.isBlank() ? null : year(typed));
            var named = source == null || source.isBlank() ? read.source() : source;
            if (read.table() != null)
                sent.model().addAttribute("unread", report.unread(read.table(), sent.locale()));
            return preview(
                    actor,
                    new Form(String.valueOf(read.year()), named, "", "", read.lines(), add),
                    sent);
        } catch (Refusal refused) {
            sent.refuse(refused);
            return show(actor, typed, sent.model());
        }
    }

    private static Calendars.Entry entry(Form form, String lines) {
        return new Calendars.Entry(null, null, null, lines, form.source());
    }

    private static int year(Form form) {
        var text = form.year() == null ? "" : form.year().strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw Invalid.field("year", "range", Map.of("min", "1949", "max", "2199"));
        }
    }

    private List<Crumb> way(String name, Locale locale) {
        return List.of(
                new Crumb(Messages.sentence(messages, "menu.calendar", Map.of(), locale), PATH),
                new Crumb(name, PATH));
    }

    private String show(Actor actor, Form form, Model model) {
        var current = calendars.current();
        var years = calendars.years(actor);
        var shown = model.containsAttribute("all") ? years.size() : YEARS_SHOWN;
        model.addAttribute("older", Math.max(0, years.size() - shown));
        model.addAttribute(
                "years",
                years.stream()
                        .limit(shown)
                        .map(year -> {
                            var notice = year.notice();
                            return new Line(
                                    year,
                                    notice == null ? 0 : within(year.year(), notice.off()),
                                    notice == null ? 0 : within(year.year(), notice.work()),
                                    Calendars.workingDays(current, year.year()));
                        })
                        .toList());
        model.addAttribute("form", form);
        return "calendar/calendar";
    }

    private static int within(int year, Set<LocalDate> days) {
        return (int) new TreeSet<>(days).stream().filter(day -> day.getYear() == year).count();
    }
}
