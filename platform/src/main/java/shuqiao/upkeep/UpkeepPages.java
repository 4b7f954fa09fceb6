package shuqiao.upkeep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.catalog.DataUpdates;
import shuqiao.catalog.Survey;
import shuqiao.catalog.Surveys;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.shell.Tab;
import shuqiao.workbook.WorkbookWriter;

/** 目录维护: what does not agree, what is touched, what ends, what is late, how much there is. */
@Controller
@RequestMapping(UpkeepPages.PATH)
class UpkeepPages {

    static final String PATH = "/upkeep";

    private static final int MENU_ORDER = 46;
    private static final int PERCENT = 100;

    /** A department in a list of figures. */
    record Fresh(String name, String provider, DataUpdates.Share share, int percent) {}

    record Surveyed(String name, String provider, Surveys.Sum sum, int width) {}

    /** A resource that differs. */
    record Differing(DifferenceTable.Sum sum, String provider, String since) {}

    /** A touched grant as its list shows it. */
    record Flagged(Flag flag, String provider, String consumer, List<String> reasons, String at) {}

    record Announced(Ending ending, String provider) {}

    private final LiveChecks checks;
    private final Flags flags;
    private final Endings endings;
    private final DataUpdates updates;
    private final Surveys surveys;
    private final Sentences sentences;
    private final OrganizationNames names;

    UpkeepPages(
            LiveChecks checks,
            Flags flags,
            Endings endings,
            DataUpdates updates,
            Surveys surveys,
            Sentences sentences,
            OrganizationNames names) {
        this.checks = checks;
        this.flags = flags;
        this.endings = endings;
        this.updates = updates;
        this.surveys = surveys;
        this.sentences = sentences;
        this.names = names;
    }

    /** The word in the menu. */
    @Configuration(proxyBeanMethods = false)
    static class Menu {

        @Bean
        MenuEntry upkeepMenu() {
            return new MenuEntry(
                    MENU_ORDER,
                    "menu.upkeep",
                    PATH,
                    Set.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY),
                    MenuEntry.GOVERNANCE);
        }
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String differences(
            Actor actor,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var page = checks.list(actor, Page.Request.of(null, after));
        model.addAttribute(
                "page",
                page.map(it ->
                        new Differing(
                                it,
                                names.shortName(it.provider(), locale),
                                Sentences.minute(it.since()))));
        return show("differences", model);
    }

    @GetMapping("/grants")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String grants(
            Actor actor,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        model.addAttribute(
                "page",
                flags.list(actor, Page.Request.of(null, after))
                        .map(it ->
                                new Flagged(
                                        it,
                                        names.shortName(it.provider(), locale),
                                        names.shortName(it.consumer(), locale),
                                        sentences.of(it.reasons(), locale),
                                        Sentences.minute(it.raisedAt()))));
        return show("grants", model);
    }

    @GetMapping("/endings")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String endings(Actor actor, Locale locale, Model model) {
        model.addAttribute(
                "rows",
                endings.list(actor).stream()
                        .map(it -> new Announced(it, names.shortName(it.provider(), locale)))
                        .toList());
        return show("endings", model);
    }

    @GetMapping("/freshness")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String freshness(Locale locale, Model model) {
        var rows = fresh(locale);
        long watched = rows.stream().mapToLong(it -> it.share().watched()).sum();
        long overdue = rows.stream().mapToLong(it -> it.share().overdue()).sum();
        model.addAttribute("rows", rows);
        model.addAttribute("watched", watched);
        model.addAttribute("overdue", overdue);
        model.addAttribute("percent", percent(watched, overdue));
        return show("freshness", model);
    }

    @GetMapping("/freshness.csv")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    ResponseEntity<byte[]> freshnessFile(Locale locale) {
        var lines = new ArrayList<List<Object>>();
        for (var it : fresh(locale))
            lines.add(List.of(it.name(), it.share().watched(), it.share().overdue(), it.percent()));
        return WorkbookWriter.list(
                true,
                "freshness",
                words(locale, "department", "watched", "overdue", "percent"),
                lines);
    }

    @GetMapping("/survey")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String survey(Actor actor, Locale locale, Model model) {
        var rows = surveyed(actor, locale);
        model.addAttribute("rows", rows);
        model.addAttribute(
                "all",
                rows.stream().map(it -> it.sum().survey()).reduce(Survey.NONE, Survey::plus));
        model.addAttribute("filled", rows.stream().mapToLong(it -> it.sum().filled()).sum());
        model.addAttribute("resources", rows.stream().mapToLong(it -> it.sum().resources()).sum());
        return show("survey", model);
    }

    @GetMapping("/survey.csv")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    ResponseEntity<byte[]> surveyFile(Actor actor, Locale locale) {
        var lines = new ArrayList<List<Object>>();
        var head = new ArrayList<>(words(locale, "department", "resources", "filled"));
        for (var one :
                List.of(
                        "storage.unit",
                        "records",
                        "sharedStorage.unit",
                        "sharedRecords",
                        "openStorage.unit",
                        "openRecords")) head.add(sentences.say("catalog.survey." + one, locale));
        for (var it : surveyed(actor, locale)) {
            var six = it.sum().survey();
            lines.add(
                    List.of(
                            it.name(),
                            it.sum().resources(),
                            it.sum().filled(),
                            six.storage().toPlainString(),
                            six.records(),
                            six.sharedStorage().toPlainString(),
                            six.sharedRecords(),
                            six.openStorage().toPlainString(),
                            six.openRecords()));
        }
        return WorkbookWriter.list(true, "survey", head, lines);
    }

    private String show(String part, Model model) {
        var tabs = new ArrayList<Tab>();
        tabs.add(tab("differences", PATH, part));
        for (var one : List.of("grants", "endings", "freshness", "survey"))
            tabs.add(tab(one, PATH + "/" + one, part));
        model.addAttribute("tabs", tabs);
        return "upkeep/" + part;
    }

    private static Tab tab(String name, String path, String current) {
        return new Tab("upkeep.tab." + name, path, null, name.equals(current));
    }

    /** Those that are late most come first. */
    private List<Fresh> fresh(Locale locale) {
        return updates.shares().stream()
                .map(it ->
                        new Fresh(
                                names.shortName(it.provider(), locale),
                                it.provider(),
                                it,
                                percent(it.watched(), it.overdue())))
                .sorted(Comparator.comparingInt(Fresh::percent).thenComparing(Fresh::name))
                .toList();
    }

    private List<Surveyed> surveyed(Actor actor, Locale locale) {
        var sums = surveys.sums(actor);
        var most = sums.stream().mapToLong(it -> it.survey().records()).max().orElse(0);
        return sums.stream()
                .map(it ->
                        new Surveyed(
                                names.shortName(it.provider(), locale),
                                it.provider(),
                                it,
                                most == 0 ? 0 : (int) (it.survey().records() * PERCENT / most)))
                .sorted(
                        Comparator.comparingLong((Surveyed it) -> it.sum().survey().records())
                                .reversed()
                                .thenComparing(Surveyed::name))
                .toList();
    }

    /** Rounded down: what is late is never rounded away. */
    private static int percent(long watched, long overdue) {
        return watched == 0 ? PERCENT : (int) ((watched - overdue) * PERCENT / watched);
    }

    private List<String> words(Locale locale, String... keys) {
        return Arrays.stream(keys)
                .map(key -> sentences.say("upkeep.column." + key, locale))
                .toList();
    }
}
