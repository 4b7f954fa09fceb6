package shuqiao.outbound;

import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.organization.Organizations;
import shuqiao.shell.Submission;

/**
 * The system administrator names the networks that may be dialled, and decides what lies outside.
 */
@Controller
@RequestMapping(NetworkPages.PATH)
class NetworkPages {

    static final String PATH = "/admin/networks";

    private static final String NOTICE = "notice";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ISO_LOCAL_DATE.withZone(Clock.ZONE);

    /** A rule as its reader sees it. */
    record Row(long id, String network, String holder, String ports, String note, String addedOn) {}

    /** A kept address outside. */
    record Line(
            String kind, long id, String holder, String name, String address, boolean asBefore) {}

    private final Networks networks;
    private final OutsideAddresses outside;
    private final Organizations organizations;
    private final MessageSource messages;

    NetworkPages(
            Networks networks,
            OutsideAddresses outside,
            Organizations organizations,
            MessageSource messages) {
        this.networks = networks;
        this.outside = outside;
        this.organizations = organizations;
        this.messages = messages;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(
            Actor actor,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        return page(actor, after, new Networks.NetworkEntry(null, null, null, null), locale, model);
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String allow(Actor actor, @ModelAttribute Networks.NetworkEntry typed, Submission sent) {
        return sent.tried(
                () -> networks.allow(actor, typed),
                "networks.allowed",
                PATH,
                () -> page(actor, typed, sent));
    }

    @PostMapping("/{id}/removal")
    @Allows(Role.SYSTEM_ADMIN)
    String takeAway(Actor actor, @PathVariable long id, RedirectAttributes next) {
        networks.takeAway(actor, id);
        next.addFlashAttribute(NOTICE, "networks.taken-away");
        return "redirect:" + PATH;
    }

    @PostMapping("/outside/{kind}/{id}")
    @Allows(Role.SYSTEM_ADMIN)
    String decide(
            Actor actor,
            @PathVariable String kind,
            @PathVariable long id,
            @RequestParam(defaultValue = "false") boolean allow,
            Submission sent) {
        return sent.tried(
                () -> outside.decide(actor, kind, id, allow),
                allow ? "networks.decided.allowed" : "networks.decided.not",
                PATH,
                () -> page(actor, new Networks.NetworkEntry(null, null, null, null), sent));
    }

    private String page(Actor actor, Networks.NetworkEntry typed, Submission sent) {
        return page(actor, null, typed, sent.locale(), sent.model());
    }

    private String page(
            Actor actor,
            @Nullable String after,
            Networks.NetworkEntry typed,
            Locale locale,
            Model model) {
        var holders = new LinkedHashMap<String, String>();
        holders.put(Networks.EVERYBODY, say("networks.everybody", locale));
        holders.put(Networks.PLATFORM, say("networks.platform", locale));
        for (var one : organizations.all(actor))
            if (!one.closed()) holders.put(one.code().value(), one.name());
        model.addAttribute("holders", holders);
        model.addAttribute("typed", typed);
        model.addAttribute(
                "page",
                networks.list(actor, Page.Request.of(null, after)).map(it -> row(it, holders)));
        model.addAttribute(
                "outside",
                outside.list(actor).stream()
                        .map(it ->
                                new Line(
                                        it.kind(),
                                        it.id(),
                                        holders.getOrDefault(it.holder(), it.holder()),
                                        it.name(),
                                        address(it.host(), it.port()),
                                        it.asBefore()))
                        .toList());
        model.addAttribute("path", PATH);
        return "outbound/networks";
    }

    private static Row row(NetworkRule it, Map<String, String> holders) {
        return new Row(
                it.id(),
                it.network().text(),
                holders.getOrDefault(it.holder(), it.holder()),
                it.ports(),
                it.note(),
                DAY.format(it.addedAt()));
    }

    private static String address(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private String say(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
