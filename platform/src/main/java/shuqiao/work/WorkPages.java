package shuqiao.work;

import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.VisibleText;
import shuqiao.shell.Ask;
import shuqiao.shell.Crumb;
import shuqiao.shell.Tab;

/** What the platform does by itself, for the system administrator. */
@Controller
@RequestMapping(WorkPages.PATH)
class WorkPages {

    static final String PATH = "/admin/work";

    private static final String NOTICE = "notice";
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(Clock.ZONE);

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry workMenu() {
            return new MenuEntry(
                    892, "menu.work", PATH, Set.of(Role.SYSTEM_ADMIN), "menu.settings");
        }
    }

    /**
     * A kind of work as its reader sees it.
     *
     * @param look of its state, as {@code shell/parts} has them
     * @param doneAt empty before the first time
     */
    record Row(Round it, String look, String due, String doneAt, String cause) {

        static Row of(Round it) {
            var done = it.doneAt();
            return new Row(
                    it,
                    WorkPages.look(it),
                    SECOND.format(it.due()),
                    done == null ? "" : SECOND.format(done),
                    VisibleText.shown(it.cause()));
        }
    }

    private static String look(Round it) {
        if (it.attempt() > 0) return it.failing() ? "failed" : "waiting";
        return it.running() ? "running" : "";
    }

    /** An item as its reader sees it. */
    record ItemRow(Item it, String look, String due, String cause) {

        static ItemRow of(Item it) {
            var look =
                    switch (it.state()) {
                        case DEAD -> "failed";
                        case RUNNING -> "running";
                        case WAITING -> "waiting";
                    };
            var dead = it.deadAt();
            return new ItemRow(
                    it,
                    look,
                    SECOND.format(dead == null ? it.due() : dead),
                    VisibleText.shown(it.cause()));
        }
    }

    private final Work work;
    private final MessageSource messages;

    WorkPages(Work work, MessageSource messages) {
        this.work = work;
        this.messages = messages;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(
            Actor actor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var rows = work.rounds(actor).stream().map(Row::of).toList();
        var counts = work.counts(actor);
        var shown = state(state, counts);
        model.addAttribute("rows", rows);
        model.addAttribute("failing", rows.stream().filter(row -> row.it().attempt() > 0).count());
        model.addAttribute("dead", counts.getOrDefault(Item.State.DEAD, 0L));
        model.addAttribute(
                "tabs",
                Arrays.stream(Item.State.values())
                        .map(it ->
                                new Tab(
                                        "work.items." + it,
                                        path(it),
                                        counts.getOrDefault(it, 0L),
                                        it == shown))
                        .toList());
        model.addAttribute("state", shown.name());
        model.addAttribute(
                "page", work.items(actor, shown, Page.Request.of(null, after)).map(ItemRow::of));
        model.addAttribute("path", path(shown));
        return "work/work";
    }

    /** What is dead first, where anything is. */
    private static Item.State state(@Nullable String text, Map<Item.State, Long> counts) {
        for (var one : Item.State.values()) if (one.name().equals(text)) return one;
        return counts.containsKey(Item.State.DEAD) ? Item.State.DEAD : Item.State.WAITING;
    }

    private static String path(Item.State state) {
        return PATH + "?state=" + state.name();
    }

    @PostMapping("/{kind}/now")
    @Allows(Role.SYSTEM_ADMIN)
    String now(Actor actor, @PathVariable String kind, RedirectAttributes next) {
        work.now(actor, kind);
        next.addFlashAttribute(NOTICE, "work.now.done");
        return "redirect:" + PATH;
    }

    @PostMapping("/items/{id}/again")
    @Allows(Role.SYSTEM_ADMIN)
    String again(Actor actor, @PathVariable long id, RedirectAttributes next) {
        work.again(actor, id);
        next.addFlashAttribute(NOTICE, "work.again.done");
        return "redirect:" + PATH;
    }

    @GetMapping("/items/{id}/forgetting")
    @Allows(Role.SYSTEM_ADMIN)
    String askToForget(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = work.item(actor, id);
        var facts =
                Map.<String, Object>of(
                        "kind", say("work.kind." + it.kind(), Map.of(), locale),
                        "key", VisibleText.shown(it.key()));
        model.addAttribute("way", List.of(new Crumb(say("menu.work", Map.of(), locale), PATH)));
        model.addAttribute(
                "ask",
                new Ask(
                        say("work.forget.ask", facts, locale),
                        List.of(
                                say("work.forget.ask.first", Map.of(), locale),
                                say("work.forget.ask.then", Map.of(), locale)),
                        PATH + "/items/" + id + "/forgetting",
                        say("work.forget", Map.of(), locale),
                        PATH,
                        true));
        return "shell/ask";
    }

    @PostMapping("/items/{id}/forgetting")
    @Allows(Role.SYSTEM_ADMIN)
    String forget(Actor actor, @PathVariable long id, RedirectAttributes next) {
        work.forget(actor, id);
        next.addFlashAttribute(NOTICE, "work.forget.done");
        return "redirect:" + PATH;
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
