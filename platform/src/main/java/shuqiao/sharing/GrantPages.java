package shuqiao.sharing;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import shuqiao.shell.Chosen;
import shuqiao.shell.Crumb;
import shuqiao.shell.ListForm;
import shuqiao.shell.Submission;
import shuqiao.shell.Tab;

/** What was granted, to be read and ended in a browser. */
@Controller
class GrantPages {

    /** One line of the list. */
    record Row(
            Grant grant,
            GrantApi.Standing standing,
            String look,
            String provider,
            String consumer,
            GrantTable.Delivered delivered,
            GrantRemarks.@Nullable Remark remark) {}

    /** One delivery, with the number and the time as they are read. */
    record Delivery(String run, String number, long rows, String at) {}

    private final Grants grants;
    private final RequestSheets sheets;
    private final List<GrantRemarks> remarks;
    private final List<Deliverer> deliverers;
    private final Wording wording;

    GrantPages(
            Grants grants,
            RequestSheets sheets,
            List<GrantRemarks> remarks,
            List<Deliverer> deliverers,
            Wording wording) {
        this.grants = grants;
        this.remarks = remarks;
        this.deliverers = deliverers;
        this.sheets = sheets;
        this.wording = wording;
    }

    @GetMapping("/grants")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String part,
            @RequestParam(required = false) @Nullable String side,
            @ModelAttribute ListQuery query,
            Locale locale,
            Model model) {
        var asked = asked(part, side);
        var page = grants.listed(actor, asked, query);
        var said = remarks(actor, page.items(), locale);
        model.addAttribute(
                "rows",
                page.items().stream()
                        .map(grant -> row(grant, said.get(grant.id()), locale))
                        .toList());
        var tabs = new ArrayList<Tab>();
        for (var one : Grants.Part.values()) {
            var all = new Grants.Asked(one, null);
            tabs.add(
                    new Tab(
                            "grants.part." + one,
                            path(all),
                            grants.count(actor, all),
                            one == asked.part()));
        }
        var whole = path(new Grants.Asked(asked.part(), null));
        model.addAttribute("tabs", tabs);
        model.addAttribute(
                "chosen",
                asked.side() == null
                        ? List.of()
                        : List.of(
                                new Chosen(
                                        wording.say("grants.side." + asked.side(), locale),
                                        whole)));
        model.addAttribute("wider", whole);
        model.addAttribute(
                "list",
                ListForm.of(
                        path(asked),
                        query,
                        page,
                        grants.departments(actor, asked),
                        sheets::organization,
                        "list.sort.until",
                        locale));
        return "sharing/grants";
    }

    /** The same list for a spreadsheet. */
    @GetMapping("/grants/export.csv")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    void export(
            Actor actor,
            @RequestParam(required = false) @Nullable String part,
            @RequestParam(required = false) @Nullable String side,
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
                                "list.from",
                                "list.until")
                        .map(key -> wording.say(key, locale))
                        .toList());
        for (var it : grants.exported(actor, asked(part, side), query))
            rows.add(
                    List.of(
                            it.number(),
                            it.title(),
                            sheets.organization(it.provider(), locale),
                            sheets.organization(it.consumer(), locale),
                            wording.say(
                                    "Standing." + GrantApi.standing(it.standing(grants.now())),
                                    locale),
                            it.from().toString(),
                            it.until().toString()));
        ListForm.csv(response, "grants", rows);
    }

    private static Grants.Asked asked(@Nullable String part, @Nullable String side) {
        return new Grants.Asked(
                Wording.named(Grants.Part.values(), part).orElse(Grants.Part.ALL),
                Wording.named(Grants.Side.values(), side).orElse(null));
    }

    @GetMapping("/grants/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, @PathVariable long id, Locale locale, Model model) {
        show(actor, grants.find(actor, id), locale, model);
        return "sharing/grant";
    }

    @GetMapping("/grants/{id}/revocation")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String askRevoke(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return confirm(actor, id, "", locale, model);
    }

    @PostMapping("/grants/{id}/revocation")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String revoke(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Submission sent) {
        return sent.tried(
                () -> grants.revoke(actor, id, reason),
                "grants.done.revoked",
                "/grants/" + id,
                () ->
                        confirm(
                                actor,
                                id,
                                reason == null ? "" : reason,
                                sent.locale(),
                                sent.model()));
    }

    private String confirm(Actor actor, long id, String reason, Locale locale, Model model) {
        show(actor, grants.find(actor, id), locale, model);
        model.addAttribute("reason", reason);
        return "sharing/grant-revocation";
    }

    private void show(Actor actor, Grant it, Locale locale, Model model) {
        var subject = wording.subject(it);
        var masks = new HashMap<String, String>();
        it.scope().masks().forEach((column, mask) -> masks.put(column, mask.rule()));
        model.addAttribute("it", it);
        model.addAttribute(
                "row", row(it, remarks(actor, List.of(it), locale).get(it.id()), locale));
        model.addAttribute(
                "items",
                subject.of(it.scope().fields().stream().map(field -> field.name()).toList()));
        model.addAttribute("masks", masks);
        model.addAttribute("rules", wording.rules(it.scope().filter(), subject, locale));
        model.addAttribute("purpose", purpose(it.scope().purpose(), locale));
        model.addAttribute("deliveries", deliveries(it));
        model.addAttribute("mayRevoke", grants.mayRevoke(actor, it));
        model.addAttribute("issued", RequestSheets.minute(it.issuedAt()));
        model.addAttribute("ended", it.end().map(end -> RequestSheets.minute(end.at())).orElse(""));
        model.addAttribute(
                "endedFor",
                it.end()
                        .flatMap(Grant.End::organization)
                        .map(code -> sheets.organization(code, locale))
                        .orElse(""));
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(wording.say("menu.desk", locale), "/"),
                        new Crumb(wording.say("menu.grants", locale), "/grants"),
                        new Crumb(it.number(), "/grants/" + it.id())));
    }

    private List<Delivery> deliveries(Grant it) {
        var all = grants.deliveries(it.id());
        var called = new HashMap<String, String>();
        var runs = all.stream().map(GrantTable.Delivery::run).toList();
        for (var room : deliverers) called.putAll(room.numbers(runs));
        return all.stream()
                .map(one ->
                        new Delivery(
                                one.run(),
                                called.getOrDefault(one.run(), one.run()),
                                one.rows(),
                                RequestSheets.minute(one.at())))
                .toList();
    }

    /** In a scope the kind of purpose is a word of programs. */
    private String purpose(String text, Locale locale) {
        for (var kind : Purpose.values())
            if (text.startsWith(kind + ": "))
                return wording.say("Purpose." + kind, locale)
                        + wording.say("sharing.colon", locale)
                        + text.substring(kind.name().length() + 2);
        return text;
    }

    private Map<Long, GrantRemarks.Remark> remarks(Actor actor, List<Grant> some, Locale locale) {
        var ids = some.stream().map(Grant::id).toList();
        var said = new HashMap<Long, GrantRemarks.Remark>();
        for (var room : remarks) said.putAll(room.of(actor, ids, locale));
        return said;
    }

    private Row row(Grant it, GrantRemarks.@Nullable Remark remark, Locale locale) {
        var standing = GrantApi.standing(it.standing(grants.now()));
        return new Row(
                it,
                standing,
                switch (standing) {
                    case NOT_YET -> "waiting";
                    case EFFECTIVE -> "";
                    case EXPIRED -> "draft";
                    case REVOKED -> "failed";
                },
                sheets.organization(it.provider(), locale),
                sheets.organization(it.consumer(), locale),
                grants.delivered(it.id()),
                remark);
    }

    /** The address of a list; figures on the desk lead to it, too. */
    static String path(Grants.Asked asked) {
        var path = UriComponentsBuilder.fromPath("/grants");
        if (asked.part() != Grants.Part.ALL)
            path.queryParam("part", asked.part().name().toLowerCase(Locale.ROOT));
        var side = asked.side();
        if (side != null) path.queryParam("side", side.name().toLowerCase(Locale.ROOT));
        return path.toUriString();
    }
}
