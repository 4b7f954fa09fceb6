package shuqiao.sharing;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import shuqiao.engine.Mask;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.VisibleText;
import shuqiao.shell.Crumb;

/** The answer as a document (答复书), to be read and printed; before it is signed, as a draft. */
@Controller
class LetterPages {

    /**
     * What the document says.
     *
     * @param refused items that were asked for and are not given
     * @param digest of the scope, as the grant and each receipt have it
     */
    record Letter(
            String outcome,
            List<Wording.ItemLine> items,
            List<Wording.ItemLine> refused,
            Map<String, String> masks,
            List<Wording.Rule> rules,
            String from,
            String until,
            String opinion,
            String reason,
            @Nullable String basisKind,
            String basis,
            @Nullable String grant,
            @Nullable String digest) {}

    /**
     * The letter with those whom it names.
     *
     * @param draft not signed yet
     * @param sent day of the request, empty before
     * @param decided day of the answer, empty before
     */
    record Reply(
            Request it,
            boolean draft,
            Letter letter,
            String consumer,
            String provider,
            String sent,
            String decided) {}

    private final Sharing sharing;
    private final Decisions decisions;
    private final Docket docket;
    private final Grants grants;
    private final RequestSheets sheets;
    private final Wording wording;
    private final LetterPaper paper;

    LetterPages(
            Sharing sharing,
            Decisions decisions,
            Docket docket,
            Grants grants,
            RequestSheets sheets,
            Wording wording,
            LetterPaper paper) {
        this.sharing = sharing;
        this.decisions = decisions;
        this.docket = docket;
        this.grants = grants;
        this.sheets = sheets;
        this.wording = wording;
        this.paper = paper;
    }

    @GetMapping("/requests/{id}/letter")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String letter(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var reply = reply(actor, id, locale);
        var it = reply.it();
        model.addAttribute("it", it);
        model.addAttribute("draft", reply.draft());
        model.addAttribute("letter", reply.letter());
        model.addAttribute("consumer", reply.consumer());
        model.addAttribute("provider", reply.provider());
        model.addAttribute("sent", reply.sent());
        model.addAttribute("decided", reply.decided());
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(wording.say("menu.desk", locale), "/"),
                        new Crumb(wording.say("menu.requests", locale), "/requests"),
                        new Crumb(it.number(), "/requests/" + id),
                        new Crumb(wording.say("sharing.letter", locale), "")));
        return "sharing/letter";
    }

    /** The same as a file to keep. */
    @GetMapping("/requests/{id}/letter.pdf")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    ResponseEntity<byte[]> file(Actor actor, @PathVariable long id, Locale locale) {
        var reply = reply(actor, id, locale);
        var name = wording.say("sharing.letter.file", locale, reply.it().number());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(VisibleText.fileName(name), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(paper.write(reply, locale));
    }

    private Reply reply(Actor actor, long id, Locale locale) {
        var it = sharing.find(actor, id);
        var draft = it.decision().isEmpty();
        var letter =
                it.decision()
                        .map(decision -> signed(it, decision, locale))
                        .or(() -> inTheMaking(actor, it, locale))
                        .orElseThrow(() -> new Unknown("letter", it.number()));
        var steps = docket.history(id);
        return new Reply(
                it,
                draft,
                letter,
                sheets.organization(it.consumer(), locale),
                sheets.organization(it.subject().provider(), locale),
                steps.stream()
                        .filter(step -> step.move() == RequestState.Move.SEND)
                        .findFirst()
                        .map(step -> LocalDate.ofInstant(step.at(), Clock.ZONE).toString())
                        .orElse(""),
                draft ? "" : LocalDate.ofInstant(steps.getLast().at(), Clock.ZONE).toString());
    }

    private Letter signed(Request it, Decision decision, Locale locale) {
        var subject = wording.subject(it.subject());
        var grant =
                Optional.ofNullable(grants.ofRequests(List.of(it.id())).get(it.id()))
                        .flatMap(grants::grant);
        var given =
                grant.map(one -> one.scope().fields().stream().map(field -> field.name()).toList())
                        .orElse(List.of());
        var masks = new HashMap<String, String>();
        grant.ifPresent(one ->
                one.scope().masks().forEach((column, mask) -> masks.put(column, rule(mask))));
        return new Letter(
                decision.outcome().name(),
                subject.of(given),
                decision.outcome() == Decision.Outcome.REFUSE
                        ? List.of()
                        : subject.of(without(it.ask().fields(), given)),
                masks,
                grant.map(one -> wording.rules(one.scope().filter(), subject, locale))
                        .orElse(List.of()),
                grant.map(one -> one.from().toString()).orElse(""),
                grant.map(one -> one.until().toString()).orElse(""),
                decision.opinion(),
                decision.reason(),
                decision.basis().map(Enum::name).orElse(null),
                decision.basisText(),
                grant.map(Grant::number).orElse(null),
                grant.map(Grant::digest).orElse(null));
    }

    /** For the provider's own people only. */
    private Optional<Letter> inTheMaking(Actor actor, Request it, Locale locale) {
        if (!actor.belongsTo(it.subject().provider()) || !Readers.member(actor))
            return Optional.empty();
        var subject = wording.subject(it.subject());
        return decisions
                .proposal(actor, it)
                .map(ProposalTable.Proposal::form)
                .map(form -> {
                    var entry = form.entry(it.ask(), subject.names());
                    var seen = form.glance(it.ask());
                    var given = form.gives() ? form.fields() : List.<String>of();
                    var masks = new HashMap<>(seen.masks());
                    masks.keySet().retainAll(given);
                    return new Letter(
                            form.outcome().isEmpty() ? "OPEN" : form.outcome(),
                            subject.of(given),
                            form.gives()
                                    ? subject.of(without(it.ask().fields(), given))
                                    : List.of(),
                            masks,
                            wording.rules(seen.filter(), subject, locale),
                            form.from(),
                            form.until(),
                            form.opinion(),
                            entry.reason() == null ? "" : entry.reason(),
                            form.outcome().equals("REFUSE") && !form.basisKind().isEmpty()
                                    ? form.basisKind()
                                    : null,
                            form.basis(),
                            null,
                            null);
                });
    }

    private static List<String> without(List<String> all, List<String> given) {
        return all.stream().filter(column -> !given.contains(column)).toList();
    }

    private static String rule(Mask mask) {
        return mask.rule();
    }
}
