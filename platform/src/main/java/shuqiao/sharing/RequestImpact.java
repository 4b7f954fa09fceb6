package shuqiao.sharing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Item;
import shuqiao.catalog.PublicationImpact;
import shuqiao.catalog.Sight;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import tools.jackson.databind.json.JsonMapper;

/** Tells before a publication what it means for the requests that are under way. */
@Component
record RequestImpact(RequestTable requests, Wording wording, OrganizationNames names)
        implements PublicationImpact {

    private static final int NAMED_MAX = 5;

    /** A request, and what it asks for that would be gone. */
    private record Touched(Request request, List<String> lost) {}

    /**
     * First how many are under way and touched, then each that is. Drafts of others stay theirs.
     */
    @Override
    public List<String> of(Sight next, Locale locale) {
        var page =
                requests.search(
                        underway(next.id()), new Page.Request(Page.LIMIT_MAX, Long.MAX_VALUE));
        if (page.items().isEmpty()) return List.of();
        var there = columns(next, false);
        var given = columns(next, true);
        var touched =
                page.items().stream()
                        .map(it -> new Touched(it, lost(it, there, given)))
                        .filter(it -> !it.lost().isEmpty())
                        .toList();
        var said = new ArrayList<String>();
        said.add(
                wording.say(
                        touched.isEmpty() ? "sharing.impact.none" : "sharing.impact",
                        locale,
                        page.items().size(),
                        touched.size()));
        for (var one : touched.stream().limit(NAMED_MAX).toList())
            said.add(
                    wording.say(
                            "sharing.impact.one",
                            locale,
                            names.shortName(one.request().consumer(), locale),
                            one.request().number(),
                            String.join(wording.say("comma", locale), one.lost())));
        if (touched.size() > NAMED_MAX)
            said.add(wording.say("sharing.impact.more", locale, touched.size() - NAMED_MAX));
        return said;
    }

    private static Where underway(long resource) {
        return new Where()
                .and("resource = :resource", "resource", resource)
                .and("profile is not null")
                .and("state in (:states)", "states", Readers.Result.UNDERWAY.states());
    }

    private static Set<String> columns(Sight next, boolean shareable) {
        return next.description().items().stream()
                .filter(item -> !shareable || item.shareable())
                .map(Item::column)
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<String> lost(Request it, Set<String> there, Set<String> given) {
        var lost = new LinkedHashSet<String>();
        for (var column : it.ask().fields()) if (!given.contains(column)) lost.add(column);
        for (var rule : JsonMapper.shared().readTree(it.ask().filter())) {
            var column = rule.path("field").asString("");
            if (!there.contains(column)) lost.add(column);
        }
        var subject = wording.subject(it.subject());
        return lost.stream().map(subject::name).toList();
    }
}
