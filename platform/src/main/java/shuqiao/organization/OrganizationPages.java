package shuqiao.organization;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;
import shuqiao.kit.Entry;
import shuqiao.ledger.History;
import shuqiao.shell.Ask;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;

/** Organizations for the system administrator: the tree of them, each one, and one more. */
@Controller
@RequestMapping(OrganizationPages.PATH)
class OrganizationPages {

    static final String PATH = "/admin/organizations";

    private static final int SHOWN = 100;
    private static final int DEPTH_SHOWN_MAX = 5;

    /** What a form says at first. */
    private static final Organizations.Entry NEW =
            new Entry(Map.of("level", Organization.Level.CITY.name()))
                    .as(Organizations.Entry.class);

    private static Organizations.Entry said(Map<String, String> typed) {
        return new Entry(Map.copyOf(typed)).as(Organizations.Entry.class);
    }

    private static Organization.@Nullable Level level(@Nullable String word) {
        for (var one : Organization.Level.values()) if (one.name().equals(word)) return one;
        return null;
    }

    /** What the list is narrowed to; without any it is the whole tree. */
    record Filter(String words, Organization.@Nullable Level level) {

        static final Filter NONE = new Filter("", null);

        public boolean any() {
            return !words.isEmpty() || level != null;
        }

        /** This list, for links to its next piece. */
        String path() {
            var path = UriComponentsBuilder.fromPath(PATH);
            if (!words.isEmpty()) path.queryParam("q", "{q}");
            if (level != null) path.queryParam("level", level.name());
            return path.encode().buildAndExpand(Map.of("q", words)).toUriString();
        }
    }

    /**
     * One row of the list.
     *
     * @param depth in the tree, from 0; all 0 where the list is the result of a search
     */
    record Row(Organization one, int depth, String parent) {}

    private final Organizations organizations;
    private final History history;
    private final Forms forms;
    private final MessageSource messages;

    OrganizationPages(
            Organizations organizations, History history, Forms forms, MessageSource messages) {
        this.organizations = organizations;
        this.history = history;
        this.forms = forms;
        this.messages = messages;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String list(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        return list(actor, new Filter(q.strip(), level(level)), after, NEW, locale, model);
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String add(
            Actor actor,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var form = said(typed).withClosed(false);
        try {
            organizations.add(actor, form);
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            model.addAttribute("reasoned", isOfCheck(refused));
            response.setStatus(refused.kind().status());
            return list(actor, Filter.NONE, null, form, locale, model);
        }
        next.addFlashAttribute("notice", "organizations.added");
        return "redirect:" + PATH;
    }

    /** Only who has met the wrong check character is asked for a reason. */
    private static boolean isOfCheck(Refusal refused) {
        return refused.faults().stream()
                .anyMatch(fault ->
                        fault.key().equals("organization.code-check")
                                || fault.field().equals("codeReason"));
    }

    @GetMapping("/{code}")
    @Allows(Role.SYSTEM_ADMIN)
    String one(Actor actor, @PathVariable String code, Locale locale, Model model) {
        var found = organizations.find(actor, code);
        return one(actor, found, Organizations.Entry.of(found), locale, model);
    }

    @PostMapping("/{code}")
    @Allows(Role.SYSTEM_ADMIN)
    String change(
            Actor actor,
            @PathVariable String code,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var before = organizations.find(actor, code);
        var form = said(typed).withClosed(before.closed());
        try {
            organizations.change(actor, code, form);
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return one(actor, before, form, locale, model);
        }
        next.addFlashAttribute("notice", "organizations.changed");
        return "redirect:" + PATH + "/" + code;
    }

    @GetMapping("/{code}/closing")
    @Allows(Role.SYSTEM_ADMIN)
    String askToClose(Actor actor, @PathVariable String code, Locale locale, Model model) {
        var one = organizations.find(actor, code);
        var name = one.nameIn(locale);
        var path = PATH + "/" + code;
        model.addAttribute("way", way(name, path, locale));
        model.addAttribute(
                "ask",
                new Ask(
                        say("organizations.close.ask", Map.of("name", name), locale),
                        List.of(
                                say("organizations.close.ask.first", Map.of(), locale),
                                say("organizations.close.ask.then", Map.of(), locale)),
                        path + "/closing",
                        say("organizations.close", Map.of(), locale),
                        path,
                        true));
        return "shell/ask";
    }

    @PostMapping("/{code}/closing")
    @Allows(Role.SYSTEM_ADMIN)
    String close(Actor actor, @PathVariable String code, RedirectAttributes next) {
        return setClosed(actor, code, true, "organizations.close.done", next);
    }

    @PostMapping("/{code}/reopening")
    @Allows(Role.SYSTEM_ADMIN)
    String reopen(Actor actor, @PathVariable String code, RedirectAttributes next) {
        return setClosed(actor, code, false, "organizations.reopen.done", next);
    }

    private String setClosed(
            Actor actor, String code, boolean closed, String told, RedirectAttributes next) {
        var one = organizations.find(actor, code);
        organizations.change(actor, code, Organizations.Entry.of(one).withClosed(closed));
        next.addFlashAttribute("notice", told);
        return "redirect:" + PATH + "/" + code;
    }

    private String one(
            Actor actor, Organization one, Organizations.Entry form, Locale locale, Model model) {
        var all = organizations.all(actor);
        var parents = names(all, locale);
        parents.remove(one.code().value());
        model.addAttribute("one", one);
        model.addAttribute("reasoned", false);
        model.addAttribute("form", form);
        model.addAttribute("levels", levels(locale));
        model.addAttribute("parents", parents);
        model.addAttribute("locale", locale);
        model.addAttribute(
                "below", all.stream().filter(it -> one.code().equals(it.parent())).toList());
        model.addAttribute("history", history.of("organization=" + one.code().value(), locale));
        model.addAttribute("way", way(one.nameIn(locale), PATH + "/" + one.code().value(), locale));
        return "organization/organization";
    }

    private String list(
            Actor actor,
            Filter filter,
            @Nullable String after,
            Organizations.Entry form,
            Locale locale,
            Model model) {
        var all = organizations.all(actor);
        var names = names(all, locale);
        Page<Row> page =
                filter.any()
                        ? organizations
                                .search(
                                        actor,
                                        filter.words(),
                                        filter.level(),
                                        Page.Request.of(SHOWN, after))
                                .map(one -> new Row(one, 0, parent(one, names)))
                        : Slice.of(tree(all), SHOWN, after);
        model.addAttribute("page", page);
        model.addAttribute("filter", filter);
        model.addAttribute("path", filter.path());
        model.addAttribute("form", form);
        model.addAttribute("locale", locale);
        model.addAttribute("levels", levels(locale));
        model.addAttribute("parents", names);
        return "organization/organizations";
    }

    /** All of them, each below the one it belongs to. */
    private static List<Row> tree(List<Organization> all) {
        var below = new HashMap<String, List<Organization>>();
        var known = new HashSet<String>();
        all.forEach(one -> known.add(one.code().value()));
        for (var one : all) {
            var parent = one.parent();
            below.computeIfAbsent(
                            parent != null && known.contains(parent.value()) ? parent.value() : "",
                            _ -> new ArrayList<>())
                    .add(one);
        }
        var rows = new ArrayList<Row>();
        descend("", 0, below, rows);
        return rows;
    }

    private static void descend(
            String parent, int depth, Map<String, List<Organization>> below, List<Row> rows) {
        for (var one : below.getOrDefault(parent, List.of())) {
            rows.add(new Row(one, Math.min(depth, DEPTH_SHOWN_MAX), ""));
            descend(one.code().value(), depth + 1, below, rows);
        }
    }

    private static String parent(Organization one, Map<String, String> names) {
        var parent = one.parent();
        return parent == null ? "" : names.getOrDefault(parent.value(), parent.value());
    }

    private List<Crumb> way(String name, String path, Locale locale) {
        return List.of(
                new Crumb(say("menu.organizations", Map.of(), locale), PATH),
                new Crumb(name, path));
    }

    private Map<String, String> levels(Locale locale) {
        var words = new LinkedHashMap<String, String>();
        for (var level : Organization.Level.values())
            words.put(level.name(), say("Level." + level.name(), Map.of(), locale));
        return words;
    }

    private static Map<String, String> names(List<Organization> all, Locale locale) {
        var names = new LinkedHashMap<String, String>();
        for (var one : all) names.put(one.code().value(), one.nameIn(locale));
        return names;
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
