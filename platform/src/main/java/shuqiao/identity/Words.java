package shuqiao.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;
import shuqiao.organization.Organizations;
import shuqiao.shell.Ask;
import shuqiao.shell.Crumb;

/** What the pages of users, programs and sessions say in the same way. */
@Component
class Words {

    private final Organizations organizations;
    private final MessageSource messages;

    Words(Organizations organizations, MessageSource messages) {
        this.organizations = organizations;
        this.messages = messages;
    }

    String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }

    /** Names by code: those that take new work, and the one that is held already. */
    Map<String, String> organizations(Actor actor, @Nullable String held, Locale locale) {
        var names = new LinkedHashMap<String, String>();
        for (var one : organizations.all(actor))
            if (!one.closed() || one.code().value().equals(held))
                names.put(one.code().value(), one.nameIn(locale));
        return names;
    }

    String organization(@Nullable String code, Locale locale) {
        if (code == null) return "—";
        return organizations.find(code).map(one -> one.nameIn(locale)).orElse(code);
    }

    Map<String, String> roles(Locale locale) {
        var words = new LinkedHashMap<String, String>();
        for (var role : Role.values())
            words.put(role.name(), say("Role." + role.name(), Map.of(), locale));
        return words;
    }

    /** The way to one thing of a list. */
    List<Crumb> way(String listKey, String list, String name, String path, Locale locale) {
        return List.of(new Crumb(say(listKey, Map.of(), locale), list), new Crumb(name, path));
    }

    /** The page that asks before something is done: sentences stand under {@code <key>.ask}. */
    String ask(
            Model model,
            String key,
            String name,
            String action,
            String back,
            boolean danger,
            Locale locale) {
        var facts = Map.<String, Object>of("name", name);
        model.addAttribute(
                "ask",
                new Ask(
                        say(key + ".ask", facts, locale),
                        List.of(
                                say(key + ".ask.first", facts, locale),
                                say(key + ".ask.then", facts, locale)),
                        action,
                        say(key, facts, locale),
                        back,
                        danger));
        return "shell/ask";
    }

    /** On to the list of what waits for a second administrator. */
    static String waits(RedirectAttributes next) {
        next.addFlashAttribute("notice", "pending.asked");
        return "redirect:" + AdminTabs.PENDING;
    }

    static void times(Model model) {
        model.addAttribute("zone", Clock.ZONE);
    }
}
