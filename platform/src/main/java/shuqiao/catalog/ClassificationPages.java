package shuqiao.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;
import shuqiao.kernel.Unknown;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;

/** The classification tree, one level at a time, and a local node more, for the data authority. */
@Controller
@RequestMapping(ClassificationPages.PATH)
class ClassificationPages {

    static final String PATH = "/classification";

    private static final int SHOWN = 100;

    /** What was typed, to be shown again when something must be corrected. */
    record Form(
            @Nullable String under,
            @Nullable String nodeCode,
            @Nullable String name,
            @Nullable String nameEn) {}

    /** A node and how many stand right below it. */
    record Row(ClassNode node, String name, long below) {}

    private final Classification classification;
    private final MessageSource messages;

    ClassificationPages(Classification classification, MessageSource messages) {
        this.classification = classification;
        this.messages = messages;
    }

    @GetMapping
    @Allows(Role.AUTHORITY)
    String show(
            Actor actor,
            @RequestParam(defaultValue = "") String under,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        return show(actor, new Form(under, null, null, null), after, locale, model);
    }

    @PostMapping
    @Allows(Role.AUTHORITY)
    String add(Actor actor, @ModelAttribute Form form, Submission sent) {
        return sent.tried(
                () -> {
                    var added =
                            classification.add(
                                    actor,
                                    new Classification.NewClassNode(
                                            form.under(),
                                            form.nodeCode(),
                                            form.name(),
                                            form.nameEn()));
                    return sent.done(
                            "classification.added", PATH + "?under=" + added.parentFullCode());
                },
                () -> show(actor, form, null, sent.locale(), sent.model()));
    }

    private String show(
            Actor actor, Form form, @Nullable String after, Locale locale, Model model) {
        var under = form.under() == null ? "" : form.under();
        var all = classification.all(actor);
        var byCode = all.stream().collect(Collectors.toMap(ClassNode::fullCode, node -> node));
        var here = byCode.get(under);
        if (here == null && !under.isEmpty()) throw new Unknown("class-node", under);
        var below =
                all.stream()
                        .filter(node -> node.parentFullCode() != null)
                        .collect(
                                Collectors.groupingBy(
                                        node -> String.valueOf(node.parentFullCode()),
                                        Collectors.counting()));
        var rows =
                all.stream()
                        .filter(node ->
                                under.equals(
                                        node.parentFullCode() == null ? "" : node.parentFullCode()))
                        .map(node ->
                                new Row(
                                        node,
                                        named(node, locale),
                                        below.getOrDefault(node.fullCode(), 0L)))
                        .toList();
        model.addAttribute("page", Slice.of(rows, SHOWN, after));
        model.addAttribute("here", here);
        model.addAttribute("hereName", here == null ? "" : named(here, locale));
        model.addAttribute("all", all.size());
        model.addAttribute("local", all.stream().filter(node -> !node.national()).count());
        model.addAttribute("depth", Math.min(here == null ? 1 : here.depth() + 1, 4));
        model.addAttribute("form", form);
        model.addAttribute("way", way(here, byCode, locale));
        return "catalog/classification";
    }

    private List<Crumb> way(
            @Nullable ClassNode here, Map<String, ClassNode> byCode, Locale locale) {
        var way = new ArrayList<Crumb>();
        for (var node = here; node != null; ) {
            way.addFirst(new Crumb(named(node, locale), PATH + "?under=" + node.fullCode()));
            var parent = node.parentFullCode();
            node = parent == null ? null : byCode.get(parent);
        }
        way.addFirst(
                new Crumb(
                        Messages.sentence(messages, "classification.menu", Map.of(), locale),
                        PATH));
        return way;
    }

    private static String named(ClassNode node, Locale locale) {
        return locale.getLanguage().equals("en") && !node.nameEn().isEmpty()
                ? node.nameEn()
                : node.name();
    }
}
