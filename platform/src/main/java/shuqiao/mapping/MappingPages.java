package shuqiao.mapping;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.PublishedResource;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.mapping.Mapping.Place;
import shuqiao.shell.Forms;

/** Field by field, which column of one's own table it fills. */
@Controller
@RequestMapping("/mappings")
class MappingPages {

    private static final String COLUMN = "column-";

    /**
     * One granted field in the form.
     *
     * @param name as the catalog calls it
     * @param mask rule of the mask, or empty
     * @param column that it fills, or empty
     */
    record Line(String field, String name, String type, String mask, String column, boolean key) {}

    private final Mappings mappings;
    private final Catalog catalog;
    private final Forms forms;

    MappingPages(Mappings mappings, Catalog catalog, Forms forms) {
        this.mappings = mappings;
        this.catalog = catalog;
        this.forms = forms;
    }

    @GetMapping
    @Allows(Role.STEWARD)
    String form(
            Actor actor,
            @RequestParam long grant,
            @RequestParam long target,
            @RequestParam String schema,
            @RequestParam String table,
            Model model) {
        var ground =
                mappings.look(
                        actor, new Mappings.Wish(grant, target, schema, table, null, null, null));
        var before = ground.mapping();
        var columns = new HashMap<String, String>();
        var key = new ArrayList<String>();
        if (before.isPresent()) {
            columns.putAll(before.get().into().columns());
            key.addAll(before.get().into().key());
        } else {
            for (var field : ground.grant().scope().fields())
                if (ground.table().column(field.name()).isPresent())
                    columns.put(field.name(), field.name());
            if (columns.values().containsAll(ground.table().key()))
                key.addAll(ground.table().key());
        }
        var absent = before.map(it -> it.into().absent().name()).orElse("KEEP");
        return show(ground, columns, key, absent, model);
    }

    private String show(
            Mappings.Ground ground,
            Map<String, String> columns,
            List<String> key,
            String absent,
            Model model) {
        var grant = ground.grant();
        var names = new HashMap<String, String>();
        catalog.version(grant.resource(), grant.version())
                .map(PublishedResource::fields)
                .orElse(List.of())
                .forEach(field -> names.put(field.column(), field.name()));
        var lines = new ArrayList<Line>();
        for (var field : grant.scope().fields()) {
            var mask = grant.scope().masks().get(field.name());
            var column = columns.getOrDefault(field.name(), "");
            lines.add(
                    new Line(
                            field.name(),
                            names.getOrDefault(field.name(), field.name()),
                            field.type(),
                            mask == null ? "" : mask.rule(),
                            column,
                            !column.isEmpty() && key.contains(column)));
        }
        model.addAttribute("grant", grant);
        model.addAttribute("place", ground.place());
        model.addAttribute("columns", ground.table().columns());
        model.addAttribute("keys", keys(ground));
        model.addAttribute("lines", lines);
        model.addAttribute("absent", absent);
        model.addAttribute("mapping", ground.mapping().orElse(null));
        return "mapping/mapping";
    }

    /** By which columns the table can tell its rows apart. */
    private static List<String> keys(Mappings.Ground ground) {
        var keys = new ArrayList<String>();
        if (!ground.table().key().isEmpty()) keys.add(String.join(", ", ground.table().key()));
        ground.table().uniqueKeys().forEach(unique -> keys.add(String.join(", ", unique)));
        return keys;
    }

    @PostMapping
    @Allows(Role.STEWARD)
    String set(
            Actor actor,
            @RequestParam long grant,
            @RequestParam long target,
            @RequestParam String schema,
            @RequestParam String table,
            @RequestParam MultiValueMap<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var columns = new HashMap<String, String>();
        typed.forEach((name, values) -> {
            if (name.startsWith(COLUMN) && !values.getFirst().isBlank())
                columns.put(name.substring(COLUMN.length()), values.getFirst());
        });
        // the form ticks fields; what tells rows apart are the columns they fill
        var key =
                typed.getOrDefault("key", List.of()).stream()
                        .map(field -> columns.getOrDefault(field, ""))
                        .filter(column -> !column.isEmpty())
                        .toList();
        var absent = typed.getFirst("absent");
        var wish = new Mappings.Wish(grant, target, schema, table, columns, key, absent);
        try {
            var made = mappings.set(actor, wish);
            next.addFlashAttribute("notice", "mappings.set");
            return back(made.place());
        } catch (Refusal refused) {
            if (refused.faults().isEmpty()) throw refused;
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return show(
                    mappings.look(actor, wish),
                    columns,
                    key,
                    absent == null ? "KEEP" : absent,
                    model);
        }
    }

    @PostMapping("/{id}/removal")
    @Allows(Role.STEWARD)
    String remove(Actor actor, @PathVariable long id, RedirectAttributes next) {
        var removed = mappings.remove(actor, id);
        next.addFlashAttribute("notice", "mappings.removed");
        return back(removed.place());
    }

    /** To the form that asks for a run into this place. */
    private static String back(Place place) {
        return "redirect:"
                + UriComponentsBuilder.fromPath("/runs/new")
                        .queryParam("grant", place.grant())
                        .queryParam("target", place.target())
                        .queryParam("schema", "{schema}")
                        .queryParam("table", "{table}")
                        .build(place.schema(), place.table());
    }
}
