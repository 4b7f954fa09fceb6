package shuqiao.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Messages;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;

/** How far the catalog is: of one's own department, for the authority of the whole city. */
@Component
@Order(10)
record CatalogFigures(Search search, OrganizationNames names, MessageSource messages)
        implements Figures {

    private static final int DEPARTMENTS_SHOWN = 6;
    private static final String MINE = "/resources?mine=true";

    @Override
    public List<Group> of(Actor actor, Locale locale) {
        if (actor.has(Role.AUTHORITY)) return List.of(city(actor, locale));
        var member = actor.has(Role.STEWARD) || actor.has(Role.REVIEWER);
        return actor.organization() != null && member
                ? List.of(department(actor, locale))
                : List.of();
    }

    private Group department(Actor actor, Locale locale) {
        var counts = search.figures(actor, true);
        var stages = counts.getOrDefault(Facet.STATE, Map.of());
        var figures = new ArrayList<Figure>();
        for (var stage :
                List.of(
                        Stage.PUBLISHED,
                        Stage.APPROVED,
                        Stage.DEPARTMENT_APPROVED,
                        Stage.SUBMITTED,
                        Stage.RETURNED,
                        Stage.DRAFT,
                        Stage.WITHDRAWN)) {
            long number = stages.getOrDefault(stage.name(), 0L);
            if (number > 0)
                figures.add(
                        new Figure(
                                say("Stage." + stage, Map.of(), locale),
                                number,
                                MINE + "&state=" + stage,
                                look(stage)));
        }
        long total = sum(stages);
        long published = stages.getOrDefault(Stage.PUBLISHED.name(), 0L);
        return new Group(
                say("catalog.figures", Map.of(), locale),
                say(
                        "catalog.figures.finding",
                        Map.of("all", total, "published", published),
                        locale),
                total,
                MINE,
                Shape.PARTS,
                figures,
                overdue(counts, MINE + "&timeliness=OVERDUE", locale),
                actor.has(Role.STEWARD)
                        ? first("catalog.figures.first", "/resources/new", locale)
                        : first("catalog.figures.first.reviewer", null, locale));
    }

    private Group city(Actor actor, Locale locale) {
        var counts = search.figures(actor, false);
        var providers = counts.getOrDefault(Facet.PROVIDER, Map.of());
        var most =
                providers.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(DEPARTMENTS_SHOWN)
                        .map(it ->
                                new Figure(
                                        names.shortName(it.getKey(), locale),
                                        it.getValue(),
                                        "/resources?provider=" + it.getKey(),
                                        "next"))
                        .toList();
        var finding =
                providers.size() > most.size()
                        ? "catalog.figures.city.finding.most"
                        : "catalog.figures.city.finding";
        return new Group(
                say("catalog.figures.city", Map.of(), locale),
                say(
                        finding,
                        Map.of(
                                "all", sum(providers),
                                "departments", providers.size(),
                                "shown", most.size()),
                        locale),
                sum(providers),
                "/resources",
                Shape.BARS,
                most,
                overdue(counts, "/resources?timeliness=OVERDUE", locale),
                first("catalog.figures.city.first", null, locale));
    }

    /** What should be newer by now; nothing where all is in time. */
    private List<Figure> overdue(Map<Facet, Map<String, Long>> counts, String path, Locale locale) {
        long number =
                counts.getOrDefault(Facet.TIMELINESS, Map.of())
                        .getOrDefault(Timeliness.OVERDUE.name(), 0L);
        return number == 0
                ? List.of()
                : List.of(
                        new Figure(
                                say("Timeliness.OVERDUE", Map.of(), locale), number, path, "bad"));
    }

    private static long sum(Map<String, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String look(Stage stage) {
        return switch (stage) {
            case PUBLISHED -> "good";
            case APPROVED, DEPARTMENT_APPROVED, SUBMITTED -> "wait";
            case RETURNED -> "bad";
            case DRAFT -> "part";
            case WITHDRAWN -> "rest";
        };
    }

    private First first(String key, @Nullable String path, Locale locale) {
        return new First(
                say(key, Map.of(), locale),
                path,
                path == null ? "" : say("catalog.new", Map.of(), locale));
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
