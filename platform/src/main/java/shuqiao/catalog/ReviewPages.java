package shuqiao.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Choice;
import shuqiao.shell.Forms;
import shuqiao.shell.Submission;

/** The desk of the one who reviews: what changed, what is wrong, and one decision. */
@Controller
@RequestMapping("/resources/{id}/review")
class ReviewPages {

    private static final String APPROVE = "approve";
    private static final String RETURN = "return";
    private static final String PUBLISH = "publish";

    private final Catalog catalog;
    private final Reviews reviews;
    private final LiveTables live;
    private final ResourceHead head;
    private final VersionOutlook outlook;
    private final Forms forms;
    private final MessageSource messages;

    ReviewPages(
            Catalog catalog,
            Reviews reviews,
            LiveTables live,
            ResourceHead head,
            VersionOutlook outlook,
            Forms forms,
            MessageSource messages) {
        this.catalog = catalog;
        this.reviews = reviews;
        this.live = live;
        this.head = head;
        this.outlook = outlook;
        this.forms = forms;
        this.messages = messages;
    }

    /** Also for who sent it: there it is taken back. */
    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String review(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = catalog.find(actor, id);
        if (!Rights.mayReview(actor, it.provider(), it.state())
                && !Rights.mayRecall(actor, it.provider(), it.state()))
            return "redirect:/resources/" + id;
        return show(actor, id, "", "", locale, model);
    }

    /** The stage comes with the form: who decides on what has moved on meanwhile is told. */
    @PostMapping
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String decide(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String approve,
            @RequestParam(required = false) @Nullable String opinion,
            @RequestParam(required = false) @Nullable String stage,
            Submission sent) {
        try {
            var decided = decided(actor, id, stage, approve, opinion);
            sent.next()
                    .addFlashAttribute(
                            "notice", "catalog.notice.decided." + decided.state().stage());
            return after(actor, decided);
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.UNKNOWN) throw refused;
            var now = catalog.find(actor, id);
            if (!Rights.mayReview(actor, now.provider(), now.state())) throw refused;
            sent.refuse(refused);
            return show(
                    actor,
                    id,
                    approve == null ? "" : approve,
                    opinion == null ? "" : opinion,
                    sent.locale(),
                    sent.model());
        }
    }

    private Resource decided(
            Actor actor,
            long id,
            @Nullable String stage,
            @Nullable String approve,
            @Nullable String opinion) {
        var at =
                Arrays.stream(Stage.values())
                        .filter(it -> it.name().equals(stage))
                        .findFirst()
                        .orElseThrow(() -> Invalid.field("approve", "required"));
        var yes = APPROVE.equals(approve) ? Boolean.TRUE : RETURN.equals(approve) ? false : null;
        var decision = new Reviews.Decision(yes, opinion);
        return switch (at) {
            case SUBMITTED -> reviews.departmentReview(actor, id, decision);
            case DEPARTMENT_APPROVED ->
                    PUBLISH.equals(approve)
                            ? reviews.approveAndPublish(actor, id, opinion)
                            : reviews.authorityReview(actor, id, decision);
            case APPROVED ->
                    Boolean.TRUE.equals(yes)
                            ? reviews.publish(actor, id)
                            : reviews.authorityReview(actor, id, decision);
            case DRAFT, PUBLISHED, RETURNED, WITHDRAWN ->
                    throw Invalid.field("approve", "required");
        };
    }

    /** Where the one who decided still may look. */
    private static String after(Actor actor, Resource it) {
        if (Rights.mayReview(actor, it.provider(), it.state().stage()))
            return "redirect:/resources/" + it.id() + "/review";
        var seen = actor.belongsTo(it.provider()) || it.publishedVersion() != null;
        return seen ? "redirect:/resources/" + it.id() : "redirect:/";
    }

    private String show(
            Actor actor, long id, String approve, String opinion, Locale locale, Model model) {
        var it = head.fill(actor, id, "review", locale, model);
        model.addAttribute("approve", approve);
        model.addAttribute("opinion", opinion);
        model.addAttribute("choices", choices(it.state(), locale));
        model.addAttribute("faults", faults(actor, it, locale));
        model.addAttribute("personal", count(it, Sensitivity.PERSONAL));
        model.addAttribute("sensitive", count(it, Sensitivity.SENSITIVE));
        outlook.fill(actor, it, locale, model);
        return "catalog/review";
    }

    private List<Choice> choices(Stage stage, Locale locale) {
        var back = choice(RETURN, "catalog.decide.return", locale);
        return switch (stage) {
            case APPROVED -> List.of(choice(APPROVE, "catalog.decide.publish", locale), back);
            // both are the data authority's acts: who may do one may do the other
            case DEPARTMENT_APPROVED ->
                    List.of(
                            choice(PUBLISH, "catalog.decide.both", locale),
                            choice(APPROVE, "catalog.decide.approve-only", locale),
                            back);
            case DRAFT, SUBMITTED, PUBLISHED, RETURNED, WITHDRAWN ->
                    List.of(choice(APPROVE, "catalog.decide.approve", locale), back);
        };
    }

    private Choice choice(String value, String key, Locale locale) {
        return new Choice(
                value,
                messages.getMessage(key, null, locale),
                messages.getMessage(key + ".note", null, locale));
    }

    /** What is missing, and what the live table no longer has. */
    private List<String> faults(Actor actor, Sight it, Locale locale) {
        try {
            reviews.requireComplete(actor, it.id());
            if (it.mount().isPresent())
                live.requireUnchanged(it.mount().orElseThrow(), it.description().items());
            return List.of();
        } catch (Refusal refused) {
            var scratch = new ExtendedModelMap();
            forms.show(scratch, refused, locale);
            return scratch.get("errors") instanceof Map<?, ?> errors
                    ? errors.values().stream().map(String::valueOf).toList()
                    : List.of();
        }
    }

    private static long count(Sight it, Sensitivity sensitivity) {
        return it.description().items().stream()
                .filter(item -> item.sensitivity() == sensitivity)
                .count();
    }
}
