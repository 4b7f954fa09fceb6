package shuqiao.upkeep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import shuqiao.catalog.PublicationImpact;
import shuqiao.catalog.ResourceNotes;
import shuqiao.catalog.Sight;
import shuqiao.kernel.Actor;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.sharing.GrantRemarks;

/** What this room says on the pages of others: at resources, at grants, before a publication. */
@Component
record UpkeepNotes(
        EndingTable endings,
        DifferenceTable differences,
        FlagTable flagTable,
        Flags flags,
        Sentences sentences,
        SourceMoves moves,
        OrganizationNames names)
        implements ResourceNotes, GrantRemarks, PublicationImpact {

    private static final int NAMED_MAX = 5;

    @Override
    public List<Note> of(Actor actor, Sight resource, Locale locale) {
        var notes = new ArrayList<Note>();
        var path = "/resources/" + resource.id();
        endings.open(resource.id())
                .ifPresent(it ->
                        notes.add(
                                new Note(
                                        "warning",
                                        sentences.say(
                                                "upkeep.note.ending",
                                                Map.of(
                                                        "day",
                                                        it.day().toString(),
                                                        "reason",
                                                        it.reason()),
                                                locale),
                                        path + "/ending",
                                        sentences.say("upkeep.note.ending.see", locale))));
        var keeper =
                actor.belongsTo(resource.provider())
                        && (actor.has(Role.STEWARD) || actor.has(Role.REVIEWER));
        if (keeper || actor.has(Role.AUTHORITY)) {
            var number = differences.open(resource.id()).size();
            if (number > 0)
                notes.add(
                        new Note(
                                "warning",
                                sentences.say(
                                        "upkeep.note.differences", Map.of("count", number), locale),
                                path + "/differences",
                                sentences.say("upkeep.note.differences.see", locale)));
        }
        return notes;
    }

    @Override
    public Map<Long, Remark> of(Actor actor, Collection<Long> grants, Locale locale) {
        var remarks = new HashMap<>(moves.of(grants, locale));
        for (var flag : flagTable.open(grants))
            remarks.merge(
                    flag.grant(),
                    new Remark(
                            sentences.say(
                                    flag.answeredAt() == null
                                            ? "upkeep.flag.open"
                                            : "upkeep.flag.known",
                                    Map.of("version", flag.version()),
                                    locale),
                            sentences.of(flag.reasons(), locale),
                            "/grants/" + flag.grant() + "/changes",
                            sentences.say(
                                    flags.mayAnswer(actor, flag)
                                            ? "upkeep.flag.answer"
                                            : "upkeep.flag.see",
                                    locale)),
                    UpkeepNotes::both);
        return remarks;
    }

    /** The one that is answered leads; nothing of what is to be said is lost. */
    private static Remark both(Remark moved, Remark flagged) {
        var all = new ArrayList<>(flagged.sentences());
        all.addAll(moved.sentences());
        return new Remark(flagged.word(), all, flagged.path(), flagged.action());
    }

    /** First how many grants are touched of how many, then each of them. */
    @Override
    public List<String> of(Sight next, Locale locale) {
        var mount = next.mount().orElse(null);
        if (mount == null) return List.of();
        var all = flags.touched(next.id(), next.description(), mount.label());
        if (all.isEmpty()) return List.of();
        var touched = all.stream().filter(it -> !it.reasons().isEmpty()).toList();
        var said = new ArrayList<String>();
        said.add(
                sentences.say(
                        touched.isEmpty() ? "upkeep.impact.none" : "upkeep.impact",
                        Map.of("all", all.size(), "touched", touched.size()),
                        locale));
        for (var one : touched.stream().limit(NAMED_MAX).toList())
            said.add(
                    sentences.say(
                            "upkeep.impact.one",
                            Map.of(
                                    "consumer", names.shortName(one.grant().consumer(), locale),
                                    "number", one.grant().number(),
                                    "reasons",
                                            String.join(
                                                    sentences.say("upkeep.semicolon", locale),
                                                    sentences.of(one.reasons(), locale))),
                            locale));
        if (touched.size() > NAMED_MAX)
            said.add(
                    sentences.say(
                            "upkeep.impact.more",
                            Map.of("count", touched.size() - NAMED_MAX),
                            locale));
        return said;
    }
}
