package shuqiao.onesource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.annotation.Order;
import shuqiao.catalog.Description;
import shuqiao.catalog.ResourceMarks;
import shuqiao.catalog.ResourcePart;
import shuqiao.catalog.Sight;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** What this room says on the pages of a resource, in a search and on the desk. */
@Configuration(proxyBeanMethods = false)
class OneSourceParts {

    private static final int ENTRIES_SHOWN = 5;
    private static final int TO_DOS_MAX = 20;
    private static final int COMPARED_SHOWN = 20;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** Somebody else's entry with the same item. */
    record Entry(
            String provider,
            String resourceName,
            String item,
            String path,
            List<String> reasons,
            boolean source) {}

    /**
     * An item that others have too.
     *
     * @param more how many further entries there are
     * @param state source, open, taken, kept or empty where nothing was decided
     * @param source department of the source, in the reader's language
     */
    record Line(
            String name,
            String key,
            String path,
            List<Entry> entries,
            int more,
            String state,
            String source,
            String sourcePath,
            long sourceResource,
            String reason) {}

    /** What was found when a column was compared with another department's. */
    record Compared(
            String item,
            String provider,
            String resourceName,
            String path,
            String found,
            String at) {}

    /**
     * Comparison of values, for the department whose resource it is.
     *
     * @param columns that it may let be compared
     * @param compared the first few of what was compared
     * @param more how many further ones there are
     */
    record Values(
            List<Comparisons.Candidate> columns,
            List<Compared> compared,
            int more,
            @Nullable String at) {

        public boolean agreed() {
            return columns.stream().anyMatch(Comparisons.Candidate::agreed);
        }
    }

    /**
     * What a template draws.
     *
     * @param keeper whether the reader keeps the resource for its department
     * @param values null where the reader has no say in it
     */
    record Shown(
            long resource,
            List<Line> lines,
            boolean keeper,
            @Nullable Values values,
            boolean checking) {

        public long open() {
            return lines.stream().filter(it -> it.state().equals("open")).count();
        }
    }

    @Bean
    @Order(20)
    ResourcePart oneSourceTab(OneSource room, Comparisons comparisons, OneSourceWords words) {
        return new Part(
                ResourcePart.Place.TAB, "onesource/one-source-tab", room, comparisons, words);
    }

    @Bean
    @Order(20)
    ResourcePart oneSourceUnderItems(
            OneSource room, Comparisons comparisons, OneSourceWords words) {
        return new Part(
                ResourcePart.Place.ITEMS, "onesource/one-source-draft", room, comparisons, words);
    }

    @Bean
    @Order(20)
    ResourcePart oneSourceBeforeSubmission(
            OneSource room, Comparisons comparisons, OneSourceWords words) {
        return new Part(
                ResourcePart.Place.CHECK, "onesource/one-source-draft", room, comparisons, words);
    }

    private record Part(
            Place place,
            String template,
            OneSource room,
            Comparisons comparisons,
            OneSourceWords words)
            implements ResourcePart {

        @Override
        public String name() {
            return "one-source";
        }

        @Override
        public boolean isFor(Actor actor, Sight resource) {
            return resource.state() != Stage.WITHDRAWN;
        }

        @Override
        public @Nullable Long count(Actor actor, Sight resource) {
            return room.sharedItems(resource.id());
        }

        @Override
        public @Nullable Object of(Actor actor, Sight it, Description said, Locale locale) {
            var matched = room.matched(actor, it.id(), it.provider(), said);
            if (matched.isEmpty() && place != Place.TAB) return null;
            var keeper = actor.has(Role.STEWARD) && actor.belongsTo(it.provider());
            return new Shown(
                    it.id(),
                    matched.stream().map(one -> line(it, one, locale)).toList(),
                    keeper,
                    place == Place.TAB && isParty(actor, it) ? values(actor, it, locale) : null,
                    place == Place.CHECK);
        }

        private static boolean isParty(Actor actor, Sight it) {
            return (actor.has(Role.STEWARD) || actor.has(Role.REVIEWER))
                    && actor.belongsTo(it.provider())
                    && it.publishedVersion() != null;
        }

        private Values values(Actor actor, Sight it, Locale locale) {
            var compared = comparisons.compared(actor, it.id());
            var shown = compared.stream().limit(COMPARED_SHOWN).toList();
            var others =
                    room.items(shown.stream().map(Likeness::other).distinct().toList()).stream()
                            .collect(
                                    Collectors.toMap(
                                            one -> one.resource() + "." + one.column(),
                                            one -> one,
                                            (one, _) -> one));
            var columns = comparisons.candidates(actor, it.id());
            var names =
                    columns.stream()
                            .collect(
                                    Collectors.toMap(
                                            Comparisons.Candidate::column,
                                            Comparisons.Candidate::item));
            var lines = new ArrayList<Compared>();
            for (var one : shown) {
                var other = others.get(one.other() + "." + one.otherColumn());
                if (other == null) continue;
                lines.add(
                        new Compared(
                                names.getOrDefault(one.column(), one.column()),
                                words.department(other.provider(), locale),
                                other.resourceName(),
                                "/resources/" + other.resource() + "/items",
                                words.band(one.band(), locale),
                                minute(one.at())));
            }
            return new Values(
                    columns,
                    lines,
                    compared.size() - shown.size(),
                    comparisons.takenAt(it.id()).map(OneSourceParts::minute).orElse(null));
        }

        private Line line(Sight it, OneSource.Matched one, Locale locale) {
            var source = one.source();
            var answer = one.answer();
            String state;
            if (source == null) state = "";
            else if (source.resource() == it.id()) state = "source";
            else if (!one.isDuplicate(it.id(), it.provider())) state = "";
            else if (answer == null) state = "open";
            else state = answer.keeps() ? "kept" : "taken";
            return new Line(
                    one.name(),
                    one.key(),
                    itemPath(one.key()),
                    one.candidates().stream()
                            .limit(ENTRIES_SHOWN)
                            .map(other -> entry(other, source, locale))
                            .toList(),
                    Math.max(0, one.candidates().size() - ENTRIES_SHOWN),
                    state,
                    source == null ? "" : words.department(source.provider(), locale),
                    source == null ? "" : "/resources/" + source.resource(),
                    source == null ? 0 : source.resource(),
                    answer == null ? "" : answer.reason());
        }

        private Entry entry(
                OneSource.Candidate other, @Nullable CataloguedItem source, Locale locale) {
            var item = other.item();
            return new Entry(
                    words.department(item.provider(), locale),
                    item.resourceName(),
                    item.name(),
                    "/resources/" + item.resource() + "/items",
                    words.reasons(other, locale),
                    source != null && source.resource() == item.resource());
        }
    }

    static String itemPath(String key) {
        return "/one-source/item?name=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    }

    static String minute(Instant at) {
        return MINUTE.format(at.atZone(Clock.ZONE));
    }

    @Bean
    @Order(20)
    ResourceMarks oneSourceMarks(OneSource room, OneSourceWords words) {
        return (Actor actor, Collection<Long> resources, Locale locale) -> {
            var open = new HashMap<Long, Boolean>();
            room.duplicates(resources)
                    .forEach(it -> open.merge(it.resource(), !it.answered(), Boolean::logicalOr));
            var marks = new HashMap<Long, List<ResourceMarks.ResourceMark>>();
            open.forEach((id, waits) ->
                    marks.computeIfAbsent(id, _ -> new ArrayList<>())
                            .add(
                                    mark(
                                            id,
                                            "duplicate",
                                            waits ? "waiting" : "draft",
                                            words,
                                            locale)));
            for (var id : room.sourcesAmong(resources))
                marks.computeIfAbsent(id, _ -> new ArrayList<>())
                        .add(mark(id, "source", "", words, locale));
            return marks;
        };
    }

    private static ResourceMarks.ResourceMark mark(
            long id, String kind, String look, OneSourceWords words, Locale locale) {
        return new ResourceMarks.ResourceMark(
                words.say("onesource.mark." + kind, Map.of(), locale),
                look,
                "/resources/" + id + "/parts/one-source");
    }

    @Bean
    ToDos oneSourceToDos(OneSource room, OneSourceWords words) {
        return actor -> {
            var locale = LocaleContextHolder.getLocale();
            var byResource = new java.util.LinkedHashMap<Long, List<DecisionTable.Duplicate>>();
            for (var it : room.unanswered(actor, TO_DOS_MAX * ENTRIES_SHOWN))
                byResource.computeIfAbsent(it.resource(), _ -> new ArrayList<>()).add(it);
            return byResource.values().stream()
                    .limit(TO_DOS_MAX)
                    .map(those ->
                            new ToDos.ToDo(
                                    "onesource",
                                    those.getFirst().resourceName(),
                                    words.say(
                                            "onesource.to-do",
                                            Map.of(
                                                    "items",
                                                    those.stream()
                                                            .map(DecisionTable.Duplicate::item)
                                                            .toList()),
                                            locale),
                                    "/resources/"
                                            + those.getFirst().resource()
                                            + "/parts/one-source",
                                    those.stream()
                                            .map(DecisionTable.Duplicate::answerBy)
                                            .filter(Objects::nonNull)
                                            .min(Comparator.naturalOrder())
                                            .orElse(null),
                                    false))
                    .toList();
        };
    }
}
