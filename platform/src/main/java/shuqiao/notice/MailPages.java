package shuqiao.notice;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.shell.Submission;
import shuqiao.shell.Tab;

/** The hours, how long notices are kept, the server and the queue, for the system administrator. */
@Controller
@RequestMapping(MailPages.PATH)
class MailPages {

    static final String PATH = "/admin/mail";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Clock.ZONE);
    private static final String NOTICE = "notice";

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry mail() {
            return new MenuEntry(836, "menu.mail", PATH, Set.of(Role.SYSTEM_ADMIN));
        }
    }

    /** A letter in the queue. */
    record Row(Mail it, String look, String madeAt, String nextAt) {}

    private final Mails mails;
    private final Delivery delivery;
    private final Keeping keeping;
    private final ObjectProvider<FactNames> names;
    private final Sentences sentences;

    MailPages(
            Mails mails,
            Delivery delivery,
            Keeping keeping,
            ObjectProvider<FactNames> names,
            Sentences sentences) {
        this.names = names;
        this.mails = mails;
        this.delivery = delivery;
        this.keeping = keeping;
        this.sentences = sentences;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(
            Actor actor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        return page(actor, state, after, locale, model);
    }

    @PostMapping("/hours")
    @Allows(Role.SYSTEM_ADMIN)
    String hours(Actor actor, @ModelAttribute Delivery.Entry typed, Submission sent) {
        return sent.tried(
                () -> delivery.change(actor, typed),
                "mail.hours.saved",
                PATH,
                () -> {
                    sent.model().addAttribute("hours", typed);
                    return page(actor, sent);
                });
    }

    @PostMapping("/keeping")
    @Allows(Role.SYSTEM_ADMIN)
    String keeping(Actor actor, @ModelAttribute Keeping.Entry typed, Submission sent) {
        return sent.tried(
                () -> keeping.change(actor, typed),
                "mail.keeping.saved",
                PATH,
                () -> {
                    sent.model().addAttribute("kept", typed);
                    return page(actor, sent);
                });
    }

    @PostMapping("/server")
    @Allows(Role.SYSTEM_ADMIN)
    String server(Actor actor, @ModelAttribute Mails.ServerEntry typed, Submission sent) {
        return sent.tried(
                () -> mails.change(actor, typed),
                "mail.server.saved",
                PATH,
                () -> {
                    sent.model().addAttribute("server", typed);
                    return page(actor, sent);
                });
    }

    @PostMapping("/test")
    @Allows(Role.SYSTEM_ADMIN)
    String test(Actor actor, @RequestParam(required = false) @Nullable String to, Submission sent) {
        return sent.tried(
                () -> mails.test(actor, to, sent.locale()),
                "mail.test.sent",
                PATH,
                () -> {
                    sent.model().addAttribute("to", to);
                    return page(actor, sent);
                });
    }

    @PostMapping("/queue/{id}/again")
    @Allows(Role.SYSTEM_ADMIN)
    String again(Actor actor, @PathVariable long id, Submission sent) {
        return sent.tried(
                () -> mails.again(actor, id), "mail.again.done", PATH, () -> page(actor, sent));
    }

    private String page(Actor actor, Submission sent) {
        return page(actor, null, null, sent.locale(), sent.model());
    }

    private String page(
            Actor actor,
            @Nullable String stateText,
            @Nullable String after,
            Locale locale,
            Model model) {
        var state = state(stateText);
        var server = mails.server(actor);
        if (!model.containsAttribute("hours")) {
            var hours = delivery.hours(actor);
            model.addAttribute(
                    "hours", new Delivery.Entry(hours.from().toString(), hours.until().toString()));
        }
        if (!model.containsAttribute("kept"))
            model.addAttribute("kept", new Keeping.Entry(String.valueOf(keeping.days(actor))));
        if (!model.containsAttribute("server"))
            model.addAttribute(
                    "server",
                    server.map(it ->
                                    new Mails.ServerEntry(
                                            it.enabled(),
                                            it.host(),
                                            String.valueOf(it.port()),
                                            it.security().name(),
                                            it.username(),
                                            null,
                                            it.sender()))
                            .orElseGet(() ->
                                    new Mails.ServerEntry(
                                            false, "", "587", "STARTTLS", "", null, "")));
        model.addAttribute("known", server.isPresent());
        model.addAttribute(
                "keepsPassword", server.filter(it -> !it.password().isEmpty()).isPresent());
        model.addAttribute("on", server.filter(MailServer::enabled).isPresent());
        var securities = new LinkedHashMap<String, String>();
        for (var one : MailServer.Security.values())
            securities.put(one.name(), sentences.say("mail.security." + one, locale));
        model.addAttribute("securities", securities);
        var counts = mails.counts(actor);
        model.addAttribute("tabs", tabs(counts, state));
        model.addAttribute("waiting", counts.getOrDefault(Mail.State.WAITING, 0L));
        model.addAttribute("failed", counts.getOrDefault(Mail.State.FAILED, 0L));
        var queue = mails.queue(actor, state, Page.Request.of(null, after));
        var receivers = queue.items().stream().map(Mail::receiver).collect(Collectors.toSet());
        model.addAttribute("names", FactNames.people(names, receivers, locale));
        model.addAttribute("page", queue.map(MailPages::row));
        model.addAttribute("path", path(state));
        return "notice/mail";
    }

    private static Mail.@Nullable State state(@Nullable String text) {
        for (var one : Mail.State.values()) if (one.name().equals(text)) return one;
        return null;
    }

    private static List<Tab> tabs(Map<Mail.State, Long> counts, Mail.@Nullable State chosen) {
        var tabs = new ArrayList<Tab>();
        tabs.add(
                new Tab(
                        "mail.state.all",
                        path(null),
                        counts.values().stream().mapToLong(Long::longValue).sum(),
                        chosen == null));
        for (var state : Mail.State.values())
            tabs.add(
                    new Tab(
                            "mail.state." + state,
                            path(state),
                            counts.getOrDefault(state, 0L),
                            state == chosen));
        return tabs;
    }

    private static String path(Mail.@Nullable State state) {
        return state == null ? PATH : PATH + "?state=" + state;
    }

    private static Row row(Mail it) {
        return new Row(
                it,
                switch (it.state()) {
                    case WAITING -> "waiting";
                    case SENT -> "";
                    case FAILED -> "failed";
                    case DROPPED -> "draft";
                },
                MINUTE.format(it.madeAt()),
                MINUTE.format(it.endedAt().orElse(it.nextAt())));
    }
}
