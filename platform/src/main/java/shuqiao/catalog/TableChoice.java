package shuqiao.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.shell.Forms;
import shuqiao.source.Sources;

/**
 * Source, schema and table in a form: a database may have 20,000 tables, so they come in pieces.
 */
@Component
class TableChoice {

    /** Tables of one piece. */
    static final int PIECE = 100;

    private final Sources sources;
    private final Forms forms;

    TableChoice(Sources sources, Forms forms) {
        this.sources = sources;
        this.forms = forms;
    }

    /**
     * What is asked for.
     *
     * @param words in name or comment of the tables; empty for all
     * @param after the cursor of the piece
     */
    record Asked(
            @Nullable Long source,
            @Nullable String schema,
            @Nullable String words,
            @Nullable String after) {

        String sought() {
            return words == null ? "" : words.strip();
        }
    }

    /**
     * Fills the model for the fragment {@code choosing}.
     *
     * @param path of the page, for the links to further pieces
     */
    void fill(Actor actor, Asked asked, String path, Locale locale, Model model) {
        var connections = new LinkedHashMap<String, String>();
        for (var one : sources.list(actor, Page.Request.of(Page.LIMIT_MAX, null)).items())
            connections.put(String.valueOf(one.id()), one.name());
        model.addAttribute("connections", connections);
        model.addAttribute("source", asked.source());
        model.addAttribute("schema", asked.schema() == null ? "" : asked.schema());
        model.addAttribute("after", asked.after() == null ? "" : asked.after());
        if (asked.source() != null) tables(actor, asked.source(), asked, path, locale, model);
    }

    /** Asks the department's database; when it does not answer, the page says so and stays. */
    private void tables(
            Actor actor, long source, Asked asked, String path, Locale locale, Model model) {
        try {
            var schemas = sources.schemas(actor, source);
            model.addAttribute("schemas", schemas);
            var chosen =
                    asked.schema() == null || asked.schema().isEmpty()
                            ? only(schemas)
                            : asked.schema();
            model.addAttribute("schema", chosen);
            if (chosen.isEmpty()) return;
            var piece = sources.tables(actor, source, chosen, asked.sought(), PIECE, asked.after());
            model.addAttribute("tables", piece.items());
            model.addAttribute("piece", piece);
            model.addAttribute("words", asked.sought());
            model.addAttribute("seek", piece.total() > PIECE || !asked.sought().isEmpty());
            model.addAttribute("piecesPath", path(path, source, chosen, asked.sought()));
        } catch (Refusal refused) {
            var scratch = new ExtendedModelMap();
            forms.show(scratch, refused, locale);
            if (scratch.get("errors") instanceof Map<?, ?> errors)
                model.addAttribute("unreachable", errors.values().iterator().next());
        }
    }

    private static String path(String path, long source, String schema, String words) {
        return UriComponentsBuilder.fromPath(path)
                .queryParam("source", source)
                .queryParam("schema", "{schema}")
                .queryParam("q", "{words}")
                .encode()
                .buildAndExpand(schema, words)
                .toUriString();
    }

    private static String only(List<String> schemas) {
        if (schemas.size() == 1) return schemas.getFirst();
        return schemas.contains("public") ? "public" : "";
    }
}
