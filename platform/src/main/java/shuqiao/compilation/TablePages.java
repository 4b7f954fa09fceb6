package shuqiao.compilation;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
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
            String classification,
            String refusal) {}

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
        var connections = new LinkedHashMap<String, String>();
        for (var one : sources.list(actor, Page.Request.of(Page.LIMIT_MAX, null)).items())
            connections.put(String.valueOf(one.id()), one.name());
        model.addAttribute("connections", connections);
        model.addAttribute("source", source);
        model.addAttribute("schema", schema);
        model.addAttribute("max", TableDrafts.TABLES_MAX);
        way(model, locale);
        if (source != null) tables(actor, source, schema, q.strip(), after, locale, model);
        return "compilation/tables";
    }

    /** Asks the department's database; when it does not answer, the page says so and stays. */
    private void tables(
            Actor actor,
            long source,
            String schema,
            String words,
            @Nullable String after,
            Locale locale,
            Model model) {
        try {
            var schemas = sources.schemas(actor, source);
            model.addAttribute("schemas", schemas);
            var chosen = schema.isEmpty() ? only(schemas) : schema;
            model.addAttribute("schema", chosen);
            if (chosen.isEmpty()) return;
            model.addAttribute(
                    "candidates", drafts.candidates(actor, source, chosen, words, after));
            model.addAttribute("words", words);
            model.addAttribute(
                    "piecesPath",
                    UriComponentsBuilder.fromPath(PATH)
                            .queryParam("source", source)
                            .queryParam("schema", "{schema}")
                            .queryParam("q", "{words}")
                            .encode()
                            .buildAndExpand(chosen, words)
                            .toUriString());
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
            @RequestParam(defaultValue = "") List<String> tables,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        try {
            var drafted = drafts.draft(actor, source, schema, new LinkedHashSet<>(tables));
            model.addAttribute("lines", drafted.stream().map(it -> told(it, locale)).toList());
            model.addAttribute("good", drafted.stream().filter(it -> it.draft() != null).count());
            model.addAttribute("bad", drafted.stream().filter(it -> it.draft() == null).count());
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.UNKNOWN) throw refused;
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return choose(actor, source, schema, "", null, locale, model);
        }
        way(model, locale);
        return "compilation/drafted";
    }

    private Told told(TableDrafts.Drafted it, Locale locale) {
        var draft = it.draft();
        if (draft == null)
            return new Told(
                    it.table(),
                    null,
                    "",
                    0,
                    "",
                    it.refusal() == null ? "" : sentence(it.refusal(), locale));
        return new Told(
                it.table(),
                draft.id(),
                draft.name(),
                draft.description().items().size(),
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
