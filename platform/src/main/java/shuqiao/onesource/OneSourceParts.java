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

    /**
     * What a template draws.
     *
     * @param keeper whether the reader keeps the resource for its department
     * @param sketchable whether hashes may be made now: it is published and the reader's own
     */
    record Shown(
            long resource,
            List<Line> lines,
            boolean keeper,
            boolean sketchable,
            @Nullable String sketchedAt,
            boolean checking) {

        public long open() {
            return lines.stream().filter(it -> it.state().equals("open")).count();
        }
    }

    @Bean
    @Order(20)
    ResourcePart oneSourceTab(OneSource room, OneSourceWords words) {
        return new Part(ResourcePart.Place.TAB, "onesource/one-source-tab", room, words);
    }

    @Bean
    @Order(20)
    ResourcePart oneSourceUnderItems(OneSource room, OneSourceWords words) {
        return new Part(ResourcePart.Place.ITEMS, "onesource/one-source-draft", room, words);
    }

    @Bean
    @Order(20)
    ResourcePart oneSourceBeforeSubmission(OneSource room, OneSourceWords words) {
        return new Part(ResourcePart.Place.CHECK, "onesource/one-source-draft", room, words);
    }

    private record Part(Place place, String template, OneSource room, OneSourceWords words)
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
                    keeper && it.publishedVersion() != null,
                    room.sketchedAt(it.id()).map(OneSourceParts::minute).orElse(null),
                    place == Place.CHECK);
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
