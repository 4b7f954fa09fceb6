package shuqiao.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.shell.Forms;
import shuqiao.shell.Submission;

/** One resource to be read in a browser: each part has an address of its own. */
@Controller
@RequestMapping("/resources/{id}")
class ResourcePages {

    /**
     * An item with what a value of it looks like.
     *
     * @param element the data element that it is, as people read it; empty where nobody said
     * @param codes that it takes; none where a standard is named or nothing is said
     */
    record Line(int number, Item item, String example, String element, List<CodeSet.Code> codes) {}

    /** A department that uses the resource. */
    record Using(String name, ResourceUse.User user) {}

    private final Catalog catalog;
    private final Reviews reviews;
    private final LiveTables live;
    private final ResourceHead head;
    private final Differences differences;
    private final VersionOutlook outlook;
    private final Additions additions;
    private final List<ResourceUse> uses;
    private final List<DataElements> elements;
    private final Forms forms;

    ResourcePages(
            Catalog catalog,
            Reviews reviews,
            LiveTables live,
            ResourceHead head,
            Differences differences,
            VersionOutlook outlook,
            Additions additions,
            List<ResourceUse> uses,
            List<DataElements> elements,
            Forms forms) {
        this.catalog = catalog;
        this.reviews = reviews;
        this.live = live;
        this.head = head;
        this.differences = differences;
        this.outlook = outlook;
        this.additions = additions;
        this.uses = uses;
        this.elements = elements;
        this.forms = forms;
    }

    @GetMapping
    @Allows
    String overview(Actor actor, @PathVariable long id, Locale locale, Model model) {
        head.fill(actor, id, "overview", locale, model);
        return "catalog/resource";
    }

    @GetMapping("/items")
    @Allows
    String items(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var items = head.fill(actor, id, "items", locale, model).description().items();
        model.addAttribute(
                "lines",
                IntStream.range(0, items.size()).mapToObj(i -> line(items.get(i), i)).toList());
        return "catalog/items";
    }

    private Line line(Item it, int at) {
        var element = it.element();
        for (var room : elements) element = room.label(element);
        return new Line(at + 1, it, Example.of(it, at), element, CodeSet.of(it.codes()).codes());
    }

    /** Asks the live table each time: what is shown is what is there now. */
    @GetMapping("/mount")
    @Allows
    String mount(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = head.fill(actor, id, "mount", locale, model);
        var mount = it.mount();
        model.addAttribute("mount", mount.orElse(null));
        if (mount.isPresent()) {
            try {
                var table = live.table(mount.orElseThrow());
                model.addAttribute("hearsay", table.hearsay());
                model.addAttribute("extra", LiveTables.extra(table, it.description().items()));
                live.requireUnchanged(mount.orElseThrow(), it.description().items());
                model.addAttribute("agrees", true);
            } catch (Refusal refused) {
                model.addAttribute("differs", sentences(refused, locale));
            }
        }
        return "catalog/mount";
    }

    @GetMapping("/users")
    @Allows
    String users(Actor actor, @PathVariable long id, Locale locale, Model model) {
        head.fill(actor, id, "users", locale, model);
        model.addAttribute(
                "using",
                uses.stream()
                        .flatMap(room -> room.users(id, locale).stream())
                        .map(user -> new Using(head.name(user.organization(), locale), user))
                        .toList());
        return "catalog/users";
    }

    @GetMapping("/versions")
    @Allows
    String versions(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer from,
            @RequestParam(required = false) @Nullable Integer to,
            Locale locale,
            Model model) {
        head.fill(actor, id, "versions", locale, model);
        var all = catalog.versions(actor, id, Page.Request.of(Page.LIMIT_MAX, null)).items();
        model.addAttribute("all", all);
        if (all.size() > 1) {
            var newest = all.getFirst().version();
            var one = from == null ? newest - 1 : from;
            var other = to == null ? newest : to;
            var before = catalog.version(actor, id, Math.min(one, other));
            var after = catalog.version(actor, id, Math.max(one, other));
            model.addAttribute("before", before);
            model.addAttribute("after", after);
            model.addAttribute(
                    "difference",
                    differences.between(before.description(), after.description(), locale));
        }
        return "catalog/versions";
    }

    /** What a room above has to say of the resource. */
    @GetMapping("/parts/{name}")
    @Allows
    String part(
            Actor actor,
            @PathVariable long id,
            @PathVariable String name,
            Locale locale,
            Model model) {
        var it = head.fill(actor, id, name, locale, model);
        model.addAttribute("added", additions.tab(actor, it, name, locale));
        return "catalog/part";
    }

    @PostMapping("/new-version")
    @Allows(Role.STEWARD)
    String newVersion(Actor actor, @PathVariable long id, RedirectAttributes next) {
        reviews.newVersion(actor, id);
        next.addFlashAttribute("notice", "catalog.notice.new-version");
        return "redirect:/resources/" + id + "/edit";
    }

    /** What would be lost is shown before it is. */
    @GetMapping("/new-version/discard")
    @Allows(Role.STEWARD)
    String askAbandon(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = head.fill(actor, id, "", locale, model);
        if (!Rights.mayAbandon(actor, it.provider(), it.state(), it.publishedVersion() != null))
            return "redirect:/resources/" + id;
        outlook.fill(actor, it, locale, model);
        return "catalog/abandon";
    }

    @PostMapping("/new-version/discard")
    @Allows(Role.STEWARD)
    String abandon(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer revision,
            RedirectAttributes next) {
        var it = catalog.find(actor, id);
        if (it.publishedVersion() == null) throw new Unknown("version", id);
        catalog.discard(actor, id, revision);
        next.addFlashAttribute("notice", "catalog.notice.abandoned");
        return "redirect:/resources/" + id;
    }

    @PostMapping("/recall")
    @Allows(Role.STEWARD)
    String recall(Actor actor, @PathVariable long id, RedirectAttributes next) {
        reviews.recall(actor, id);
        next.addFlashAttribute("notice", "catalog.notice.recalled");
        return "redirect:/resources/" + id;
    }

    @GetMapping("/withdrawal")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String withdrawal(Actor actor, @PathVariable long id, Locale locale, Model model) {
        head.fill(actor, id, "", locale, model);
        model.addAttribute("reason", "");
        return "catalog/withdrawal";
    }

    @PostMapping("/withdrawal")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String withdraw(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Submission sent) {
        try {
            reviews.withdraw(actor, id, reason);
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.UNKNOWN || refused.kind() == Refusal.Kind.FORBIDDEN)
                throw refused;
            sent.refuse(refused);
            head.fill(actor, id, "", sent.locale(), sent.model());
            sent.model().addAttribute("reason", reason == null ? "" : reason);
            return "catalog/withdrawal";
        }
        return sent.done(
                "catalog.notice.withdrawn", (actor.has(Role.AUTHORITY) ? "/" : "/resources/" + id));
    }

    /** Each fault as a sentence, or the refusal itself where it has none. */
    private List<String> sentences(Refusal refused, Locale locale) {
        var scratch = new ExtendedModelMap();
        forms.show(scratch, refused, locale);
        return scratch.get("errors") instanceof Map<?, ?> errors
                ? errors.values().stream().map(String::valueOf).toList()
                : List.of();
    }
}
