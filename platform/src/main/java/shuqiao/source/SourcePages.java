package shuqiao.source;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.EngineRefusal;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;
import shuqiao.line.LineFull;
import shuqiao.line.NotDialled;
import shuqiao.line.PlaceState;
import shuqiao.shell.Forms;
import shuqiao.source.SourceViews.ConnectionView;
import shuqiao.source.SourceViews.SourceView;
import shuqiao.source.SourceViews.TableSummaryView;
import shuqiao.source.SourceViews.TableView;

/** One connection of a department: tested by its steward, and looked into. */
@Controller
@RequestMapping("/sources")
class SourcePages {

    private static final int TABLES_SHOWN = 50;

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(Clock.ZONE);

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry sources() {
            return new MenuEntry(
                    50, "menu.sources", "/sources", Set.of(Role.STEWARD, Role.REVIEWER));
        }
    }

    private final Sources sources;
    private final AddressChanges changes;
    private final Forms forms;

    SourcePages(Sources sources, AddressChanges changes, Forms forms) {
        this.sources = sources;
        this.changes = changes;
        this.forms = forms;
    }

    /** One connection: how it answers, if asked, and what it holds, schema by schema. */
    @GetMapping("/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String one(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String test,
            @RequestParam(required = false) @Nullable String schema,
            @RequestParam(required = false) @Nullable String table,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        model.addAttribute("it", SourceView.of(sources.find(actor, id)));
        model.addAttribute("outside", sources.goesOnOutside(actor, id));
        model.addAttribute("changeWaits", changes.find(actor, id).isPresent());
        sources.state(actor, id).ifPresent(it -> stand(it, model));
        var steward = actor.has(Role.STEWARD);
        model.addAttribute("mayChange", steward);
        if (steward && (test != null || schema != null))
            look(actor, id, schema, table, q == null ? "" : q.strip(), after, locale, model);
        return "source/source";
    }

    private static void stand(PlaceState it, Model model) {
        model.addAttribute("stand", it);
        it.leftAlone().ifPresent(until -> model.addAttribute("alone", SECOND.format(until)));
    }

    private void look(
            Actor actor,
            long id,
            @Nullable String schema,
            @Nullable String table,
            String words,
            @Nullable String after,
            Locale locale,
            Model model) {
        try {
            model.addAttribute("report", ConnectionView.of(sources.test(actor, id)));
            var schemas = sources.schemas(actor, id);
            var shown = schema == null ? usual(schemas) : schema;
            model.addAttribute("schemas", schemas);
            model.addAttribute("schema", shown);
            if (shown == null) return;
            model.addAttribute(
                    "tables",
                    sources.tables(actor, id, shown, words, TABLES_SHOWN, after)
                            .map(TableSummaryView::of));
            model.addAttribute("words", words);
            model.addAttribute(
                    "tablesPath",
                    UriComponentsBuilder.fromPath("/sources/" + id)
                            .queryParam("schema", "{schema}")
                            .queryParam("q", "{words}")
                            .encode()
                            .buildAndExpand(shown, words)
                            .toUriString());
            if (table != null)
                model.addAttribute(
                        "table", TableView.of(sources.describe(actor, id, shown, table)));
        } catch (EngineRefusal | LineFull | NotDialled unreachable) {
            // said on the page, which is still about this connection
            forms.show(model, unreachable, locale);
        }
    }

    /** The schema whose tables are shown before one is chosen; null if any of them may be it. */
    private static @Nullable String usual(List<String> schemas) {
        if (schemas.size() == 1) return schemas.getFirst();
        return schemas.contains("public") ? "public" : null;
    }
}
