package shuqiao.compilation;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;
import shuqiao.source.Sources;

/** 反向编目 in a browser: tick tables of a database, get a draft for each. */
@Controller
class TablePages {

    static final String PATH = "/resources/tables";

    /** What became of a table, in words. */
    record Told(
            String table,
            @Nullable Long id,
            String name,
            int items,
            int leftOut,
            String classification,
            String refusal) {}

    /**
     * What of the tables is shown.
     *
     * @param after the cursor of the piece; null for the first
     * @param ticked names, of this piece and of others
     */
    private record Asked(
            @Nullable Long source,
            String schema,
            String words,
            @Nullable String after,
            Set<String> ticked) {}

    private final TableDrafts drafts;
    private final Sources sources;
    private final Forms forms;
    private final MessageSource messages;

    TablePages(TableDrafts drafts, Sources sources, Forms forms, MessageSource messages) {
        this.drafts = drafts;
        this.sources = sources;
        this.forms = forms;
        this.messages = messages;
    }

    @GetMapping(PATH)
    @Allows(Role.STEWARD)
    String choose(
            Actor actor,
            @RequestParam(required = false) @Nullable Long source,
            @RequestParam(defaultValue = "") String schema,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        return choose(actor, new Asked(source, schema, q.strip(), after, Set.of()), locale, model);
    }

    private String choose(Actor actor, Asked asked, Locale locale, Model model) {
        var connections = new LinkedHashMap<String, String>();
        for (var one : sources.list(actor, Page.Request.of(Page.LIMIT_MAX, null)).items())
            connections.put(String.valueOf(one.id()), one.name());
        model.addAttribute("connections", connections);
        model.addAttribute("source", asked.source());
        model.addAttribute("schema", asked.schema());
        model.addAttribute("max", TableDrafts.TABLES_MAX);
        way(model, locale);
        if (asked.source() != null) tables(actor, asked.source(), asked, locale, model);
        return "compilation/tables";
    }

    /** Asks the department's database; when it does not answer, the page says so and stays. */
    private void tables(Actor actor, long source, Asked asked, Locale locale, Model model) {
        try {
            var schemas = sources.schemas(actor, source);
            model.addAttribute("schemas", schemas);
            var chosen = asked.schema().isEmpty() ? only(schemas) : asked.schema();
            model.addAttribute("schema", chosen);
            if (chosen.isEmpty()) return;
            var candidates = drafts.candidates(actor, source, chosen, asked.words(), asked.after());
            model.addAttribute("candidates", candidates);
            model.addAttribute("words", asked.words());
            model.addAttribute("ticked", asked.ticked());
            var elsewhere = new LinkedHashSet<>(asked.ticked());
            candidates.items().forEach(one -> elsewhere.remove(one.table().name()));
            model.addAttribute("elsewhere", elsewhere);
            model.addAttribute("after", asked.after());
            model.addAttribute("first", asked.after() == null || asked.after().isEmpty());
        } catch (Refusal refused) {
            model.addAttribute("unreachable", sentence(refused, locale));
        }
    }

    private static String only(List<String> schemas) {
        if (schemas.size() == 1) return schemas.getFirst();
        return schemas.contains("public") ? "public" : "";
    }

    @PostMapping(PATH)
    @Allows(Role.STEWARD)
    String draft(
            Actor actor,
            @RequestParam long source,
            @RequestParam(defaultValue = "") String schema,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "draft") String then,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        // not as a list of Spring's, which would cut a name at its comma
        var tables = new LinkedHashSet<>(typed.getOrDefault("tables", List.of()));
        var after = after(then, typed);
        var asked = new Asked(source, schema, q.strip(), after, tables);
        if (!then.equals("draft")) return choose(actor, asked, locale, model);
        try {
            var drafted = drafts.draft(actor, source, schema, tables);
            model.addAttribute("lines", drafted.stream().map(it -> told(it, locale)).toList());
            model.addAttribute("good", drafted.stream().filter(it -> it.draft() != null).count());
            model.addAttribute("bad", drafted.stream().filter(it -> it.draft() == null).count());
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.UNKNOWN) throw refused;
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return choose(actor, asked, locale, model);
        }
        way(model, locale);
        return "compilation/drafted";
    }

    /** The piece that a button leads to: another one, the first, or the one at hand. */
    private static @Nullable String after(String then, MultiValueMap<String, String> typed) {
        return switch (then) {
            case "next" -> typed.getFirst("next");
            case "first", "find" -> null;
            default -> typed.getFirst("after");
        };
    }

    private Told told(TableDrafts.Drafted it, Locale locale) {
        var draft = it.draft();
        if (draft == null)
            return new Told(
                    it.table(),
                    null,
                    "",
                    0,
                    0,
                    "",
                    it.refusal() == null ? "" : sentence(it.refusal(), locale));
        return new Told(
                it.table(),
                draft.id(),
                draft.name(),
                draft.description().items().size(),
                it.leftOut(),
                draft.description().classification(),
                "");
    }

    private String sentence(Refusal refused, Locale locale) {
        var scratch = new ExtendedModelMap();
        forms.show(scratch, refused, locale);
        return scratch.get("errors") instanceof Map<?, ?> errors && !errors.isEmpty()
                ? String.valueOf(errors.values().iterator().next())
                : "";
    }

    private void way(Model model, Locale locale) {
        model.addAttribute(
                "way",
                List.of(
                        new Crumb(say("menu.desk", locale), "/"),
                        new Crumb(say("catalog.mine", locale), "/resources?mine=true"),
                        new Crumb(say("compilation.tables", locale), PATH)));
    }

    private String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }
}
