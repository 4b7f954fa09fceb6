package shuqiao.ledger;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.CsvCell;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;

/**
 * The record of every act, for the audit administrator: search, one entry with its proof, check.
 */
@Controller
@RequestMapping(AuditPages.PATH)
class AuditPages {

    static final String PATH = "/audit";

    /** More than a spreadsheet is read with; narrower filters give the rest. */
    private static final int EXPORTED_MAX = 50_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(Clock.ZONE);

    /**
     * One act in words.
     *
     * @param facts as recorded, for whoever looks for a value
     */
    record Row(Sentences.Told told, String time, String facts) {
        public LedgerEntry entry() {
            return told.entry();
        }
    }

    private final Ledger ledger;
    private final LedgerCheck check;
    private final Sentences sentences;
    private final Forms forms;
    private final MessageSource messages;

    AuditPages(
            Ledger ledger,
            LedgerCheck check,
            Sentences sentences,
            Forms forms,
            MessageSource messages) {
        this.ledger = ledger;
        this.check = check;
        this.sentences = sentences;
        this.forms = forms;
        this.messages = messages;
    }

    @GetMapping
    @Allows(Role.AUDIT_ADMIN)
    String search(
            Actor actor,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "", name = "actor") String who,
            @RequestParam(defaultValue = "") String object,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        var filter = new AuditFilter(from, until, kind, who, object);
        Page<LedgerEntry> page;
        try {
            page = ledger.search(actor, filter.query(), Page.Request.of(null, after));
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            page = new Page<>(List.of(), 0, null);
        }
        model.addAttribute("page", rows(page, locale));
        model.addAttribute("filter", filter);
        model.addAttribute("kinds", kinds(actor, locale));
        return "ledger/audit";
    }

    /** The filtered list for a spreadsheet, newest first; no cell is ever run as a formula. */
    @GetMapping("/entries.csv")
    @Allows(Role.AUDIT_ADMIN)
    void export(
            Actor actor,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "", name = "actor") String who,
            @RequestParam(defaultValue = "") String object,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        var query = new AuditFilter(from, until, kind, who, object).query();
        var page = ledger.search(actor, query, new Page.Request(Page.LIMIT_MAX, Long.MAX_VALUE));
        ListQuery.requireExportable(page.total(), EXPORTED_MAX);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
        var out = response.getOutputStream();
        out.write("\uFEFF".getBytes(StandardCharsets.UTF_8));
        out.write(
                line(
                        List.of(
                                say("audit.number", locale),
                                say("audit.index", locale),
                                say("audit.time", locale),
                                say("audit.act", locale),
                                say("audit.by", locale),
                                say("audit.organization", locale),
                                say("audit.facts", locale),
                                say("audit.sentence", locale))));
        while (true) {
            for (var told : sentences.tell(page.items(), locale)) {
                var entry = told.entry();
                var index = entry.index();
                var organization = entry.organization();
                out.write(
                        line(
                                List.of(
                                        String.valueOf(entry.id()),
                                        index == null ? "" : String.valueOf(index),
                                        TIME.format(entry.at()),
                                        told.act(),
                                        entry.actor(),
                                        organization == null ? "" : organization,
                                        facts(entry),
                                        told.text())));
            }
            var next = page.next();
            if (next == null) return;
            page = ledger.search(actor, query, Page.Request.of(Page.LIMIT_MAX, next));
        }
    }

    @GetMapping("/entries/{id}")
    @Allows(Role.AUDIT_ADMIN)
    String entry(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var entry = ledger.find(actor, id);
        var row = row(sentences.tell(List.of(entry), locale).getFirst());
        model.addAttribute("row", row);
        model.addAttribute("facts", entry.facts());
        model.addAttribute("place", ledger.place(id).orElse(null));
        model.addAttribute(
                "leaf",
                java.util.HexFormat.of()
                        .formatHex(
                                MerkleTree.leafHash(
                                        entry.body().getBytes(StandardCharsets.UTF_8))));
        model.addAttribute(
                "proof",
                ledger.place(id)
                        .map(place ->
                                place.inclusionProof().stream()
                                        .map(java.util.HexFormat.of()::formatHex)
                                        .toList())
                        .orElse(List.of()));
        model.addAttribute("way", way(row.told().act(), locale));
        return "ledger/entry";
    }

    @GetMapping("/verification")
    @Allows(Role.AUDIT_ADMIN)
    String verification(Locale locale, Model model) {
        model.addAttribute("way", way(say("audit.verify", locale), locale));
        return "ledger/verification";
    }

    /** Computes the whole log anew; the answer is kept for a minute and then nowhere. */
    @PostMapping("/verification")
    @Allows(Role.AUDIT_ADMIN)
    String verify(Actor actor, Locale locale, Model model) {
        model.addAttribute("result", check.verify(actor));
        return verification(locale, model);
    }

    private Map<String, String> kinds(Actor actor, Locale locale) {
        var words = new LinkedHashMap<String, String>();
        for (var kind : ledger.kinds(actor)) words.put(kind, sentences.act(kind, locale));
        return words;
    }

    private Page<Row> rows(Page<LedgerEntry> page, Locale locale) {
        return new Page<>(
                sentences.tell(page.items(), locale).stream().map(AuditPages::row).toList(),
                page.total(),
                page.next());
    }

    private static Row row(Sentences.Told told) {
        var entry = told.entry();
        return new Row(told, TIME.format(entry.at()), facts(entry));
    }

    private static String facts(LedgerEntry entry) {
        return entry.facts().entrySet().stream()
                .filter(fact -> !(fact.getValue() instanceof Map<?, ?>))
                .map(fact -> fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining("; "));
    }

    private List<Crumb> way(String here, Locale locale) {
        return List.of(new Crumb(say("menu.audit", locale), PATH), new Crumb(here, PATH));
    }

    /** Quoted, and with an apostrophe before what a spreadsheet would take for a formula. */
    private static byte[] line(List<String> cells) {
        return (cells.stream().map(CsvCell::quoted).collect(Collectors.joining(",")) + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }
}
