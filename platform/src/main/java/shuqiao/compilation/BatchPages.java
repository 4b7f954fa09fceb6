package shuqiao.compilation;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.Stage;
import shuqiao.catalog.UpdateCycle;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Choice;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;

/** Entries ticked over pages, what one step would change in each, and what came of it. */
@Controller
class BatchPages {

    static final String PATH = "/resources/batch";
    private static final int PAGE = 50;

    /** A line to tick. */
    record Line(Catalog.Listed it, Stage stage, boolean ticked) {}

    /** A line of a preview or a result, in words. */
    record Told(long id, String name, String before, String after, @Nullable String refusal) {}

    private final BatchWork work;
    private final Forms forms;
    private final MessageSource messages;

    BatchPages(BatchWork work, Forms forms, MessageSource messages) {
        this.work = work;
        this.forms = forms;
        this.messages = messages;
    }

    @GetMapping(PATH)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "1") int page,
            Locale locale,
            Model model) {
        var ticked = new HashSet<>(work.ticked(actor));
        var all = work.find(actor, q, value(Stage.values(), state));
        var pages = Math.max(1, (all.size() + PAGE - 1) / PAGE);
        var at = Math.clamp(page, 1, pages);
        var lines =
                all.subList((at - 1) * PAGE, Math.min(at * PAGE, all.size())).stream()
                        .map(it -> new Line(it, it.stage(), ticked.contains(it.id())))
                        .toList();
        model.addAttribute("q", q);
        model.addAttribute("state", state);
        model.addAttribute("at", at);
        model.addAttribute("pages", pages);
        model.addAttribute("total", all.size());
        model.addAttribute("lines", lines);
        model.addAttribute("ticked", ticked.size());
        model.addAttribute("states", words(Stage.values(), locale));
        way(model, locale, false);
        return "compilation/batch";
    }

    /** Keeps the ticks of a page and goes where its button leads. */
    @PostMapping(PATH)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String tick(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") List<Long> shown,
            @RequestParam(defaultValue = "") List<Long> tick,
            @RequestParam(defaultValue = "") String go,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        try {
            switch (go) {
                case "all" -> work.tickAll(actor, q, value(Stage.values(), state));
                case "none" -> work.clear(actor);
                default -> work.tick(actor, shown, tick);
            }
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return list(actor, q, state, 1, locale, model);
        }
        if (go.equals("deed")) return "redirect:" + PATH + "/step";
        var page = go.matches("[0-9]{1,5}") ? "&page=" + go : "";
        return "redirect:"
                + PATH
                + "?q="
                + org.springframework.web.util.UriUtils.encode(
                        q, java.nio.charset.StandardCharsets.UTF_8)
                + "&state="
                + (state.matches("[A-Z_]*") ? state : "")
                + page;
    }

    @GetMapping(PATH + "/step")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String choose(
            Actor actor, @RequestParam(defaultValue = "") String deed, Locale locale, Model model) {
        return ordering(actor, order(deed, MultiValueMap.fromSingleValue(Map.of())), locale, model);
    }

    /** First what it would come to, then, once that was seen, the step itself. */
    @PostMapping(PATH + "/step")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String step(
            Actor actor,
            @RequestParam MultiValueMap<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        var order = order(typed.getFirst("deed"), typed);
        var seen = "true".equals(typed.getFirst("seen"));
        try {
            var outcomes = seen ? work.run(actor, order) : work.preview(actor, order);
            model.addAttribute("lines", outcomes.stream().map(it -> told(it, locale)).toList());
            model.addAttribute(
                    "good", outcomes.stream().filter(it -> it.refusal() == null).count());
            model.addAttribute("bad", outcomes.stream().filter(it -> it.refusal() != null).count());
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return ordering(actor, order, locale, model);
        }
        model.addAttribute("seen", seen);
        model.addAttribute("order", order);
        way(model, locale, true);
        return "compilation/outcome";
    }

    private String ordering(Actor actor, BatchWork.Order order, Locale locale, Model model) {
        model.addAttribute("ticked", work.ticked(actor).size());
        model.addAttribute("order", order);
        var deeds = new ArrayList<Choice>();
        for (var deed : BatchWork.Deed.values())
            if (mayOrder(actor, deed))
                deeds.add(
                        new Choice(
                                deed.name(),
                                say("compilation.deed." + deed, locale),
                                say("compilation.deed." + deed + ".hint", locale)));
        model.addAttribute("deeds", deeds);
        model.addAttribute("cycles", words(UpdateCycle.values(), locale));
        model.addAttribute("kinds", words(SharingKind.values(), locale));
        way(model, locale, true);
        return "compilation/step";
    }

    private static boolean mayOrder(Actor actor, BatchWork.Deed deed) {
        return switch (deed) {
            case SUBMIT, RECALL, INNER_DEPARTMENT, CYCLE, SHARING -> actor.has(Role.STEWARD);
            case APPROVE, RETURN -> actor.has(Role.REVIEWER) || actor.has(Role.AUTHORITY);
            case PUBLISH -> actor.has(Role.AUTHORITY);
            case WITHDRAW -> true;
        };
    }

    private static BatchWork.Order order(
            @Nullable String deed, MultiValueMap<String, String> typed) {
        return new BatchWork.Order(
                value(BatchWork.Deed.values(), deed),
                typed.getFirst("opinion"),
                typed.getFirst("innerDepartment"),
                value(UpdateCycle.values(), typed.getFirst("cycle")),
                value(SharingKind.values(), typed.getFirst("sharing")),
                typed.getFirst("condition"));
    }

    private Told told(BatchWork.Outcome it, Locale locale) {
        var scratch = new ExtendedModelMap();
        if (it.refusal() != null) forms.show(scratch, it.refusal(), locale);
        return new Told(
                it.id(),
                it.name(),
                word(it.before(), locale),
                it.after() == null ? "" : word(it.after(), locale),
                scratch.get("errors") instanceof Map<?, ?> errors
                        ? String.join(
                                locale.getLanguage().equals("en") ? "; " : "；",
                                errors.values().stream().map(String::valueOf).distinct().toList())
                        : null);
    }

    private String word(Object value, Locale locale) {
        if (value instanceof Enum<?> one)
            return say(one.getDeclaringClass().getSimpleName() + "." + one.name(), locale);
        return value.equals("") ? say("compilation.nothing-yet", locale) : String.valueOf(value);
    }

    private Map<String, String> words(Enum<?>[] values, Locale locale) {
        var words = new LinkedHashMap<String, String>();
        for (var it : values) words.put(it.name(), word(it, locale));
        return words;
    }

    private static <E extends Enum<E>> @Nullable E value(E[] all, @Nullable String name) {
        return Arrays.stream(all).filter(it -> it.name().equals(name)).findFirst().orElse(null);
    }

    private void way(Model model, Locale locale, boolean deeper) {
        var way = new ArrayList<Crumb>();
        way.add(new Crumb(say("menu.desk", locale), "/"));
        way.add(new Crumb(say("catalog.mine", locale), "/resources?mine=true"));
        way.add(new Crumb(say("compilation.batch", locale), PATH));
        if (deeper) way.add(new Crumb(say("compilation.step", locale), PATH + "/step"));
        model.addAttribute("way", way);
    }

    private String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }
}
