package shuqiao.sharing;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Role;
import shuqiao.sharing.Readers.Part;
import shuqiao.shell.Chosen;
import shuqiao.shell.Crumb;
import shuqiao.shell.ListForm;
import shuqiao.shell.Submission;
import shuqiao.shell.Tab;

/** Requests to be read in a browser, and the steps that need no form of their own. */
@Controller
class RequestPages {

    private static final String REASON = "reason";

    private final Sharing sharing;
    private final Decisions decisions;
    private final RequestSheets sheets;
    private final Attachments attachments;
    private final Wording wording;

    RequestPages(
            Sharing sharing,
            Decisions decisions,
            RequestSheets sheets,
            Attachments attachments,
            Wording wording) {
        this.sharing = sharing;
        this.decisions = decisions;
        this.sheets = sheets;
        this.attachments = attachments;
        this.wording = wording;
    }

    @GetMapping("/requests")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String part,
            @RequestParam(required = false) @Nullable String result,
            @RequestParam(defaultValue = "false") String late,
            @ModelAttribute ListQuery query,
            Locale locale,
            Model model) {
        var asked = asked(part, result, late);
        var page = sharing.listed(actor, asked, query);
        model.addAttribute("rows", sheets.rows(page.items(), locale));
        model.addAttribute("tabs", tabs(actor, asked.part()));
        model.addAttribute("part", asked.part().name());
        model.addAttribute("chosen", chosen(asked, locale));
        model.addAttribute("wider", path(Readers.Asked.all(asked.part())));
        model.addAttribute(
                "list",
                ListForm.of(
                        path(asked),
                        query,
                        page,
                        sharing.departments(actor, asked),
                        sheets::organization,
                        "list.sort.due",
                        locale));
        return "sharing/requests";
    }

    /** The same list for a spreadsheet. */
    @GetMapping("/requests/export.csv")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    void export(
            Actor actor,
            @RequestParam(required = false) @Nullable String part,
            @RequestParam(required = false) @Nullable String result,
            @RequestParam(defaultValue = "false") String late,
            @ModelAttribute ListQuery query,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        var rows = new ArrayList<List<String>>();
        rows.add(
                Stream.of(
                                "list.number",
                                "sharing.title",
                                "list.provider",
                                "list.consumer",
                                "sharing.state",
                                "list.made")
                        .map(key -> wording.say(key, locale))
                        .toList());
        for (var it : sharing.exported(actor, asked(part, result, late), query))
            rows.add(
                    List.of(
                            it.number(),
                            it.subject().title(),
                            sheets.organization(it.subject().provider(), locale),
                            sheets.organization(it.consumer(), locale),
                            wording.say("RequestState." + it.state(), locale),
                            RequestSheets.minute(it.createdAt())));
        ListForm.csv(response, "requests", rows);
    }

    private static Readers.Asked asked(
            @Nullable String part, @Nullable String result, String late) {
        return new Readers.Asked(
                Wording.named(Part.values(), part).orElse(Part.ALL),
                Wording.named(Readers.Result.values(), result).orElse(null),
                late.equals("true"));
    }

    @GetMapping("/requests/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return show(actor, id, locale, model);
    }

    @GetMapping("/requests/{id}/sending")
    @Allows(Role.REVIEWER)
    String askSend(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return confirm(actor, id, "sending", false, "", locale, model);
    }

    @PostMapping("/requests/{id}/sending")
    @Allows(Role.REVIEWER)
    String send(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable Integer version,
            Submission sent) {
        return sent.tried(
                () -> {
                    var granted =
                            sharing.send(actor, id, reason, version).state()
                                    == RequestState.GRANTED;
                    return sent.done(
                            granted ? "sharing.done.granted-at-once" : "sharing.done.sent",
                            "/requests/" + id);
                },
                () -> {
                    if (reason == null) return show(actor, id, sent.locale(), sent.model());
                    return confirm(
                            actor, id, "sending", false, reason, sent.locale(), sent.model());
                });
    }

    @PostMapping("/requests/{id}/acceptance")
    @Allows({Role.AUTHORITY, Role.REVIEWER})
    String accept(Actor actor, @PathVariable long id, Submission sent) {
        return sent.tried(
                () -> decisions.accept(actor, id),
                "sharing.done.accepted",
                "/requests/" + id,
                () -> show(actor, id, sent.locale(), sent.model()));
    }

    @GetMapping("/requests/{id}/return")
    @Allows({Role.AUTHORITY, Role.REVIEWER})
    String askGiveBack(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return confirm(actor, id, "return", true, "", locale, model);
    }

    @PostMapping("/requests/{id}/return")
    @Allows({Role.AUTHORITY, Role.REVIEWER})
    String giveBack(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Submission sent) {
        return sent.tried(
                () -> decisions.giveBack(actor, id, reason),
                "sharing.done.returned",
                "/requests/" + id,
                () -> confirm(actor, id, "return", true, reason, sent.locale(), sent.model()));
    }

    @GetMapping("/requests/{id}/withdrawal")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String askWithdraw(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return confirm(actor, id, "withdrawal", false, "", locale, model);
    }

    @PostMapping("/requests/{id}/withdrawal")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String withdraw(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Submission sent) {
        return sent.tried(
                () -> sharing.withdraw(actor, id, reason),
                "sharing.done.withdrawn",
                "/requests/" + id,
                () -> confirm(actor, id, "withdrawal", false, reason, sent.locale(), sent.model()));
    }

    @GetMapping("/requests/{id}/amendment")
    @Allows(Role.STEWARD)
    String askTakeBack(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return confirm(actor, id, "amendment", true, "", locale, model);
    }

    @PostMapping("/requests/{id}/amendment")
    @Allows(Role.STEWARD)
    String takeBack(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Submission sent) {
        return sent.tried(
                () -> sharing.takeBack(actor, id, reason),
                "sharing.done.taken-back",
                "/requests/" + id + "/edit",
                () -> confirm(actor, id, "amendment", true, reason, sent.locale(), sent.model()));
    }

    private String show(Actor actor, long id, Locale locale, Model model) {
        var it = sharing.find(actor, id);
        model.addAttribute("sheet", sheets.sheet(actor, it, locale));
        model.addAttribute("it", it);
        model.addAttribute("shownVersion", sharing.shown(it));
        model.addAttribute("files", attachments.list(actor, id));
        model.addAttribute("mayAttach", attachments.mayChange(actor, it));
        model.addAttribute("crumbs", crumbs(it, locale));
        return "sharing/request";
    }

    /** A page that tells the consequences before the step is taken. */
    private String confirm(
            Actor actor,
            long id,
            String step,
            boolean needed,
            @Nullable String reason,
            Locale locale,
            Model model) {
        var it = sharing.find(actor, id);
        model.addAttribute("sheet", sheets.sheet(actor, it, locale));
        model.addAttribute("it", it);
        model.addAttribute("shownVersion", sharing.shown(it));
        model.addAttribute("step", step);
        model.addAttribute("needed", needed);
        model.addAttribute(REASON, reason == null ? "" : reason);
        var crumbs = new ArrayList<>(crumbs(it, locale));
        crumbs.add(new Crumb(wording.say("sharing.step." + step, locale), ""));
        model.addAttribute("crumbs", crumbs);
        return "sharing/request-step";
    }

    /** The way to a request. */
    List<Crumb> crumbs(Request it, Locale locale) {
        return List.of(
                new Crumb(wording.say("menu.desk", locale), "/"),
                new Crumb(wording.say("menu.requests", locale), "/requests"),
                new Crumb(it.number(), "/requests/" + it.id()));
    }

    private List<Tab> tabs(Actor actor, Part chosen) {
        var tabs = new ArrayList<Tab>();
        for (var part : Part.values()) {
            if ((part == Part.OWN || part == Part.RECEIVED) && !Readers.member(actor)) continue;
            var all = Readers.Asked.all(part);
            tabs.add(
                    new Tab(
                            "sharing.part." + part,
                            path(all),
                            sharing.count(actor, all),
                            part == chosen));
        }
        return tabs;
    }

    /** What narrows the list beside its segment. */
    private List<Chosen> chosen(Readers.Asked asked, Locale locale) {
        var chips = new ArrayList<Chosen>();
        var result = asked.result();
        if (result != null)
            chips.add(
                    new Chosen(
                            wording.say("Result." + result, locale),
                            path(new Readers.Asked(asked.part(), null, asked.late()))));
        if (asked.late())
            chips.add(
                    new Chosen(
                            wording.say("sharing.late", locale),
                            path(new Readers.Asked(asked.part(), result, false))));
        return chips;
    }

    /** The address of a list; figures on the desk lead to it, too. */
    static String path(Readers.Asked asked) {
        var path = UriComponentsBuilder.fromPath("/requests");
        if (asked.part() != Part.ALL) path.queryParam("part", word(asked.part()));
        var result = asked.result();
        if (result != null) path.queryParam("result", word(result));
        if (asked.late()) path.queryParam("late", true);
        return path.toUriString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
