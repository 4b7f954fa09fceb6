package shuqiao.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Role;
import shuqiao.sharing.Readers.Part;
import shuqiao.sharing.Readers.Result;

/** What became of requests, and which grants hold: of one's own department, or of the city. */
@Component
@Order(20)
record SharingFigures(Readers readers, Grants grants, Wording wording) implements Figures {

    @Override
    public List<Group> of(Actor actor, Locale locale) {
        if (actor.has(Role.AUTHORITY))
            return List.of(
                    requests(actor, Part.ALL, true, none("city", locale), locale),
                    standings(actor, locale));
        if (!Readers.member(actor)) return List.of();
        var own =
                actor.has(Role.STEWARD)
                        ? new First(
                                wording.say("sharing.figures.first.OWN", locale),
                                "/resources",
                                wording.say("sharing.figures.first.OWN.do", locale))
                        : none("OWN.reviewer", locale);
        return List.of(
                requests(actor, Part.OWN, false, own, locale),
                requests(actor, Part.RECEIVED, true, none("RECEIVED", locale), locale),
                sides(actor, locale));
    }

    private Group requests(Actor actor, Part part, boolean late, First first, Locale locale) {
        var results = readers.results(actor, part);
        var figures = new ArrayList<Figure>();
        results.forEach((result, number) ->
                figures.add(
                        new Figure(
                                wording.say("Result." + result, locale),
                                number,
                                RequestPages.path(new Readers.Asked(part, result, false)),
                                look(result))));
        long total = results.values().stream().mapToLong(Long::longValue).sum();
        return new Group(
                wording.say("sharing.figures." + part, locale),
                wording.say(
                        "sharing.figures.finding",
                        locale,
                        total,
                        results.getOrDefault(Result.UNDERWAY, 0L)),
                total,
                RequestPages.path(Readers.Asked.all(part)),
                Shape.PARTS,
                figures,
                late ? late(actor, part, locale) : List.of(),
                first);
    }

    private List<Figure> late(Actor actor, Part part, Locale locale) {
        var asked = new Readers.Asked(part, null, true);
        long number = readers.count(actor, asked);
        return number == 0
                ? List.of()
                : List.of(
                        new Figure(
                                wording.say("sharing.figures.late", locale),
                                number,
                                RequestPages.path(asked),
                                "bad"));
    }

    /** Of grants that hold: what the department gives, and what it takes. */
    private Group sides(Actor actor, Locale locale) {
        var figures = new ArrayList<Figure>();
        for (var side : Grants.Side.values())
            add(
                    figures,
                    actor,
                    new Grants.Asked(Grants.Part.EFFECTIVE, side),
                    "grants.side." + side,
                    side == Grants.Side.USED ? "part" : "c2",
                    locale);
        return grants(actor, Grants.Part.EFFECTIVE, figures, locale);
    }

    /** Of all grants of the city: which hold. */
    private Group standings(Actor actor, Locale locale) {
        var figures = new ArrayList<Figure>();
        for (var part : List.of(Grants.Part.EFFECTIVE, Grants.Part.NOT_YET, Grants.Part.OVER))
            add(
                    figures,
                    actor,
                    new Grants.Asked(part, null),
                    "grants.part." + part,
                    switch (part) {
                        case EFFECTIVE -> "good";
                        case NOT_YET -> "wait";
                        case OVER, ALL -> "rest";
                    },
                    locale);
        return grants(actor, Grants.Part.ALL, figures, locale);
    }

    private void add(
            List<Figure> figures,
            Actor actor,
            Grants.Asked asked,
            String word,
            String look,
            Locale locale) {
        long number = grants.count(actor, asked);
        if (number > 0)
            figures.add(
                    new Figure(wording.say(word, locale), number, GrantPages.path(asked), look));
    }

    private Group grants(Actor actor, Grants.Part part, List<Figure> figures, Locale locale) {
        long total = figures.stream().mapToLong(Figure::number).sum();
        return new Group(
                wording.say("grants.figures." + part, locale),
                wording.say("grants.figures." + part + ".finding", locale, total),
                total,
                GrantPages.path(new Grants.Asked(part, null)),
                Shape.PARTS,
                figures,
                List.of(),
                new First(wording.say("grants.none.why", locale), null, ""));
    }

    private First none(String why, Locale locale) {
        return new First(wording.say("sharing.figures.first." + why, locale), null, "");
    }

    private static String look(Result result) {
        return switch (result) {
            case UNDERWAY -> "wait";
            case WITHDRAWN -> "rest";
            case GRANTED -> "good";
            case GRANTED_IN_PART -> "part";
            case REFUSED -> "bad";
        };
    }
}
