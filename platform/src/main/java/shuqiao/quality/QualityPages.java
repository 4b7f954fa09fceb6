package shuqiao.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.catalog.Band;
import shuqiao.catalog.Reviews;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.shell.Chosen;
import shuqiao.shell.Crumb;
import shuqiao.upkeep.LiveChecks;

/** 目录质量: the list with its ranking of departments, and the way from a lost point to its field. */
@Controller
class QualityPages {

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry quality() {
            return new MenuEntry(
                    26,
                    "menu.quality",
                    QualityFilter.PATH,
                    Set.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY),
                    MenuEntry.GOVERNANCE);
        }
    }

    private static final int SIZE = 20;

    /** A piece of the bar of bands, in hundredths of its width, with its line of the table. */
    record Piece(Band band, long number, String path, double from, double width) {}

    /** How often a point is lost, and the list of those. */
    record Lack(Point point, String word, long number, String path, double width) {}

    /**
     * A department in the ranking; those with the same average share a place.
     *
     * @param at where its average lies on the scale, in hundredths of the way
     */
    record Ranked(
            int place,
            String name,
            long resources,
            String path,
            String average,
            double at,
            long low,
            String lowPath,
            boolean own) {}

    /** A resource in the list. */
    record Line(
            QualityTable.Row row, String provider, Band band, String most, int lost, String path) {}

    private final Quality quality;
    private final QualityWords words;
    private final Reviews reviews;
    private final LiveChecks checks;
    private final OrganizationNames names;

    QualityPages(
            Quality quality,
            QualityWords words,
            Reviews reviews,
            LiveChecks checks,
            OrganizationNames names) {
        this.quality = quality;
        this.words = words;
        this.reviews = reviews;
        this.checks = checks;
        this.names = names;
    }

    @GetMapping(QualityFilter.PATH)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable String band,
            @RequestParam(required = false) @Nullable String point,
            @RequestParam(defaultValue = "1") String page,
            Locale locale,
            Model model) {
        var filter = QualityFilter.of(provider, band, point);
        var number = page.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(page) : 1;
        var found = quality.list(actor, filter, SIZE, (number - 1L) * SIZE);
        var departments = quality.departments(actor);
        var all = found.bands().stream().mapToLong(Long::longValue).sum();
        model.addAttribute("filter", filter);
        model.addAttribute("found", found);
        model.addAttribute("all", all);
        model.addAttribute("average", all == 0 ? "—" : average(found.sum(), all));
        model.addAttribute("pieces", pieces(filter, found, all));
        model.addAttribute("lacks", lacks(filter, found, locale));
        var scale =
                Scale.of(departments.stream().map(it -> 1.0 * it.sum() / it.resources()).toList());
        model.addAttribute("scale", scale);
        model.addAttribute("ranking", ranking(actor, departments, scale, locale));
        var every = departments.stream().mapToLong(QualityTable.Department::resources).sum();
        var sum = departments.stream().mapToLong(QualityTable.Department::sum).sum();
        model.addAttribute("everyAverage", every == 0 ? "—" : average(sum, every));
        model.addAttribute("everyAt", every == 0 ? 0 : scale.at(1.0 * sum / every));
        model.addAttribute("chosen", chosen(filter, locale));
        model.addAttribute("departments", choices(departments, locale));
        model.addAttribute("bands", choices(Band.values(), locale));
        model.addAttribute("points", choices(Point.values(), locale));
        model.addAttribute("lines", found.rows().stream().map(row -> line(row, locale)).toList());
        model.addAttribute("page", number);
        model.addAttribute("pages", Math.max(1, (found.total() + SIZE - 1) / SIZE));
        model.addAttribute("glue", filter.narrowed() ? "&" : "?");
        return "quality/quality";
    }

    /** From a lost point of a published version: a new one is begun first. */
    @GetMapping("/resources/{id}/mending")
    @Allows(Role.STEWARD)
    String mending(
            Actor actor,
            @PathVariable long id,
            @RequestParam String point,
            Locale locale,
            Model model) {
        var it = quality.find(actor, id);
        actor.requireOrganization(it.provider());
        var lost = lost(it, point);
        if (lost == null) return "redirect:/resources/" + id + "/parts/quality";
        var path = QualityWords.path(it, lost);
        if (!path.contains("/mending")) return "redirect:" + path;
        model.addAttribute("it", it);
        model.addAttribute("line", words.line(actor, it, lost, locale));
        model.addAttribute("begins", it.state() == Stage.PUBLISHED);
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(words.say("menu.desk", Map.of(), locale), "/"),
                        new Crumb(it.name(), "/resources/" + id),
                        new Crumb(
                                words.say("resource-part.quality", Map.of(), locale),
                                "/resources/" + id + "/parts/quality"),
                        new Crumb(words.say("quality.mending", Map.of(), locale), "")));
        return "quality/mending";
    }

    @PostMapping("/resources/{id}/mending")
    @Allows(Role.STEWARD)
    String begin(
            Actor actor,
            @PathVariable long id,
            @RequestParam String point,
            RedirectAttributes next) {
        var lost = lost(quality.find(actor, id), point);
        if (lost == null) return "redirect:/resources/" + id + "/parts/quality";
        reviews.newVersion(actor, id);
        next.addFlashAttribute("notice", "quality.notice.begun");
        return "redirect:" + lost.point().editPath(id, lost);
    }

    /** Looks at the live table now. */
    @PostMapping("/resources/{id}/mount-check")
    @Allows(Role.STEWARD)
    String check(Actor actor, @PathVariable long id, Locale locale, RedirectAttributes next) {
        var known = checks.check(actor, id, locale);
        if (!known.open().isEmpty()) return "redirect:/resources/" + id + "/differences";
        next.addFlashAttribute(
                "notice",
                known.unreachable() == null
                        ? "quality.notice.checked"
                        : "quality.notice.unreachable");
        return "redirect:/resources/" + id + "/parts/quality";
    }

    private static Score.@Nullable Lost lost(Quality.Standing it, String point) {
        return it.score().lost().stream()
                .filter(one -> one.point().name().equals(point))
                .findFirst()
                .orElse(null);
    }

    private static List<Piece> pieces(QualityFilter filter, Quality.Found found, long all) {
        var pieces = new ArrayList<Piece>();
        var from = 0.0;
        for (var band : Band.values()) {
            long number = found.bands().get(band.ordinal());
            var width = all == 0 ? 0 : 100.0 * number / all;
            pieces.add(new Piece(band, number, filter.in(band).path(), from, width));
            from += width;
        }
        return pieces;
    }

    private List<Lack> lacks(QualityFilter filter, Quality.Found found, Locale locale) {
        var most = found.points().values().stream().mapToLong(Long::longValue).max().orElse(1);
        return found.points().entrySet().stream()
                .sorted(
                        Map.Entry.<Point, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(it ->
                        new Lack(
                                it.getKey(),
                                words.say("Point." + it.getKey(), Map.of(), locale),
                                it.getValue(),
                                filter.lacking(it.getKey()).path(),
                                100.0 * it.getValue() / most))
                .toList();
    }

    private List<Ranked> ranking(
            Actor actor, List<QualityTable.Department> departments, Scale scale, Locale locale) {
        var ranked = new ArrayList<Ranked>();
        for (var it : departments) {
            var average = average(it.sum(), it.resources());
            var filter = new QualityFilter(it.provider(), null, null);
            var same = !ranked.isEmpty() && ranked.getLast().average().equals(average);
            ranked.add(
                    new Ranked(
                            same ? ranked.getLast().place() : ranked.size() + 1,
                            names.shortName(it.provider(), locale),
                            it.resources(),
                            filter.path(),
                            average,
                            scale.at(1.0 * it.sum() / it.resources()),
                            it.low(),
                            filter.in(Band.LOW).path(),
                            actor.belongsTo(it.provider())));
        }
        return ranked;
    }

    private Line line(QualityTable.Row row, Locale locale) {
        var most =
                row.score().lost().stream()
                        .max(java.util.Comparator.comparingInt(Score.Lost::points))
                        .map(it -> words.say("Point." + it.point(), Map.of(), locale))
                        .orElse("");
        return new Line(
                row,
                names.shortName(row.provider(), locale),
                Band.of(row.score().value()),
                most,
                row.score().lost().size(),
                "/resources/" + row.resource() + "/parts/quality");
    }

    private List<Chosen> chosen(QualityFilter filter, Locale locale) {
        var chips = new ArrayList<Chosen>();
        var provider = filter.provider();
        if (provider != null)
            chips.add(new Chosen(names.shortName(provider, locale), filter.from(null).path()));
        if (filter.band() != null)
            chips.add(
                    new Chosen(
                            words.say("Band." + filter.band(), Map.of(), locale),
                            filter.in(null).path()));
        if (filter.point() != null)
            chips.add(
                    new Chosen(
                            words.say("Point." + filter.point(), Map.of(), locale),
                            filter.lacking(null).path()));
        return chips;
    }

    private Map<String, String> choices(List<QualityTable.Department> all, Locale locale) {
        var choices = new LinkedHashMap<String, String>();
        all.forEach(it -> choices.put(it.provider(), names.shortName(it.provider(), locale)));
        return choices;
    }

    private Map<String, String> choices(Enum<?>[] values, Locale locale) {
        var choices = new LinkedHashMap<String, String>();
        for (var it : values)
            choices.put(
                    it.name(),
                    words.say(
                            it.getDeclaringClass().getSimpleName() + "." + it.name(),
                            Map.of(),
                            locale));
        return choices;
    }

    /** With one digit behind the point. */
    private static String average(long sum, long number) {
        return "%.1f".formatted(1.0 * sum / number);
    }
}
