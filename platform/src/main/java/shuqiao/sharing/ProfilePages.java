package shuqiao.sharing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;

/** The system administrator reads the profiles, compares one with the present, and chooses it. */
@Controller
@RequestMapping(ProfilePages.PATH)
class ProfilePages {

    static final String PATH = "/admin/legal-profile";

    /** One rule in words; the article is empty where the rule is a setting of the profile. */
    record Rule(String name, String says, String article) {}

    /**
     * One version in words.
     *
     * @param adoptable the newest of its code, and not in force
     */
    record View(
            String code,
            String label,
            String name,
            boolean verified,
            boolean inForce,
            boolean adoptable,
            List<Rule> rules) {}

    /** A rule as it is and as it would be. */
    record Row(String name, String before, String after) {
        public boolean changed() {
            return !before.equals(after);
        }
    }

    private final Profiles profiles;
    private final MessageSource messages;

    ProfilePages(Profiles profiles, MessageSource messages) {
        this.profiles = profiles;
        this.messages = messages;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(Actor actor, Locale locale, Model model) {
        var views = views(actor, locale);
        model.addAttribute("profiles", views);
        model.addAttribute(
                "inForce", views.stream().filter(View::inForce).findFirst().orElse(null));
        return "sharing/profiles";
    }

    @GetMapping("/adoption")
    @Allows(Role.SYSTEM_ADMIN)
    String adoption(
            Actor actor, @RequestParam(defaultValue = "") String code, Locale locale, Model model) {
        var views = views(actor, locale);
        var wanted =
                views.stream()
                        .filter(view -> view.adoptable() && view.code().equals(code))
                        .findFirst()
                        .orElseThrow(() -> new Unknown("legal-profile", code));
        var rows = rows(views.stream().filter(View::inForce).findFirst().orElse(null), wanted);
        model.addAttribute("wanted", wanted);
        model.addAttribute("rows", rows);
        model.addAttribute("changes", rows.stream().filter(Row::changed).count());
        model.addAttribute(
                "way",
                List.of(
                        new Crumb(say("menu.legal-profile", Map.of(), locale), PATH),
                        new Crumb(wanted.name(), PATH)));
        return "sharing/profile-adoption";
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String choose(
            Actor actor, @RequestParam(required = false) @Nullable String code, Submission sent) {
        return sent.tried(
                () -> profiles.choose(actor, code == null ? "" : code),
                "profiles.chosen",
                PATH,
                () -> show(actor, sent.locale(), sent.model()));
    }

    private List<View> views(Actor actor, Locale locale) {
        var chosen = profiles.inForce().map(Profile::id).orElse(0L);
        var seen = new HashSet<String>();
        var views = new ArrayList<View>();
        for (var it : profiles.all(actor))
            views.add(
                    new View(
                            it.code(),
                            it.label(),
                            name(it, locale),
                            it.verified(),
                            it.id() == chosen,
                            seen.add(it.code()) && it.id() != chosen,
                            rules(it, locale)));
        return views;
    }

    private List<Rule> rules(Profile it, Locale locale) {
        var rules = new ArrayList<Rule>();
        rules.add(rule("profiles.clock-start", "ClockStart." + it.clockStart(), locale));
        rules.add(rule("profiles.scope-rule", "ScopeRule." + it.scopeRule(), locale));
        rules.add(rule("profiles.negotiation", yes(it.negotiation()), locale));
        rules.add(rule("profiles.arbitration", yes(it.arbitration()), locale));
        rules.add(
                new Rule(
                        say("profiles.bases", Map.of(), locale),
                        it.bases().stream()
                                .map(base -> say("BasisKind." + base, Map.of(), locale))
                                .collect(Collectors.joining(say("comma", Map.of(), locale))),
                        "—"));
        for (var what : Limit.values()) {
            var term = it.limit(what);
            rules.add(
                    new Rule(
                            say("Limit." + what, Map.of(), locale),
                            term.map(found -> days(found, locale))
                                    .orElseGet(() -> say("profiles.no-rule", Map.of(), locale)),
                            term.map(Profile.Term::article).orElse("—")));
        }
        return rules;
    }

    private static List<Row> rows(@Nullable View before, View after) {
        var rows = new ArrayList<Row>();
        for (int at = 0; at < after.rules().size(); at++) {
            var rule = after.rules().get(at);
            rows.add(
                    new Row(
                            rule.name(),
                            before == null ? "—" : before.rules().get(at).says(),
                            rule.says()));
        }
        return rows;
    }

    private Rule rule(String name, String says, Locale locale) {
        return new Rule(say(name, Map.of(), locale), say(says, Map.of(), locale), "—");
    }

    private String days(Profile.Term term, Locale locale) {
        return term.workingDays()
                .map(days ->
                        days == 0
                                ? say("profiles.at-once", Map.of(), locale)
                                : say("profiles.working-days", Map.of("days", days), locale))
                .orElseGet(() -> say("profiles.no-number", Map.of(), locale));
    }

    private static String yes(boolean yes) {
        return yes ? "profiles.yes" : "profiles.no";
    }

    private static String name(Profile it, Locale locale) {
        return locale.getLanguage().equals("en") && !it.nameEn().isEmpty()
                ? it.nameEn()
                : it.name();
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
