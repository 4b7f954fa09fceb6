package shuqiao.ledger;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.FactNames.Named;
import shuqiao.kernel.Messages;

/** Tells entries of the ledger as sentences: who did what to which thing, by names. */
@Component
class Sentences {

    static final String PERSON = "person";
    static final String ORGANIZATION = "organization";
    private static final String TIME = "time";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(Clock.ZONE);

    /**
     * A part of a sentence.
     *
     * @param at where the thing is looked at; null for mere words
     */
    record Part(String text, @Nullable String at) {}

    /**
     * An entry as it is read.
     *
     * @param parts the sentence; the word for the kind of act where it cannot be said
     */
    record Told(LedgerEntry entry, String act, String by, List<Part> parts) {

        /** The whole sentence as text. */
        public String text() {
            return parts.stream().map(Part::text).collect(Collectors.joining());
        }
    }

    private final MessageSource messages;
    private final ObjectProvider<FactNames> rooms;

    Sentences(MessageSource messages, ObjectProvider<FactNames> rooms) {
        this.messages = messages;
        this.rooms = rooms;
    }

    /** Each entry in the reader's language, in the same order. */
    List<Told> tell(List<LedgerEntry> entries, Locale locale) {
        var names = names(entries, locale);
        return entries.stream().map(entry -> tell(entry, names, locale)).toList();
    }

    /** The word for a kind of act; the kind itself where a room gave none. */
    String act(String kind, Locale locale) {
        return word("event." + kind, kind, locale);
    }

    Optional<Sentence> sentence(String kind, Locale locale) {
        return Optional.ofNullable(
                        messages.getMessage("event." + kind + ".sentence", null, null, locale))
                .map(Sentence::of);
    }

    private Told tell(LedgerEntry entry, Names names, Locale locale) {
        var facts = entry.facts();
        var act = act(entry.kind(), locale);
        var by = by(entry, names, locale);
        var parts =
                sentence(entry.kind(), locale)
                        .flatMap(sentence ->
                                sentence.fill(
                                        text -> new Part(text, null),
                                        hole ->
                                                hole.fact().equals(Sentence.BY)
                                                        ? Optional.of(List.of(new Part(by, null)))
                                                        : parts(hole, facts, names, locale)))
                        .orElse(List.of(new Part(act, null)));
        return new Told(entry, act, by, parts);
    }

    private Optional<List<Part>> parts(
            Sentence.Piece.Hole hole, Map<String, Object> facts, Names names, Locale locale) {
        var all = new ArrayList<Part>();
        for (var value : values(facts.get(hole.fact()))) {
            if (!all.isEmpty()) all.add(new Part(say("comma", locale), null));
            all.add(part(hole, value, names, locale));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private Part part(Sentence.Piece.Hole hole, String value, Names names, Locale locale) {
        var type = hole.type();
        if (type == null) return new Part(value, null);
        if (type.equals(TIME)) return new Part(minute(value), null);
        if (!names.kinds().contains(type))
            return new Part(word(type + "." + value.replace(' ', '-'), value, locale), null);
        var named = names.of(type, value);
        if (type.equals(ORGANIZATION))
            return new Part(
                    named.name().equals(value)
                            // who is no department but stands for some, such as everybody
                            ? word(hole.fact() + "." + value, value, locale)
                            : named.name(),
                    null);
        var page = named.page();
        return new Part(named.name(), page != null ? page : acts(hole.fact() + "=" + value));
    }

    /** All acts about a thing, where it has no page that the reader may open. */
    private static String acts(String object) {
        return UriComponentsBuilder.fromPath(AuditPages.PATH)
                .queryParam("object", "{object}")
                .encode()
                .buildAndExpand(object)
                .toUriString();
    }

    private String by(LedgerEntry entry, Names names, Locale locale) {
        if (entry.actorKind().equals(Actor.Kind.PLATFORM.name()))
            return say("audit.platform", locale);
        var name = names.of(PERSON, entry.actor()).name();
        var organization = entry.organization();
        return organization == null
                ? name
                : Messages.sentence(
                        messages,
                        "audit.by.of",
                        Map.of(
                                "name",
                                name,
                                "organization",
                                names.of(ORGANIZATION, organization).name()),
                        locale);
    }

    /** What rooms call the things of some entries; who is not known any more keeps the code. */
    private record Names(Set<String> kinds, Map<String, Map<String, Named>> known) {
        Named of(String kind, String value) {
            return known.getOrDefault(kind, Map.of()).getOrDefault(value, new Named(value, null));
        }
    }

    private Names names(List<LedgerEntry> entries, Locale locale) {
        var asked = new HashMap<String, Set<String>>();
        for (var entry : entries) {
            add(asked, PERSON, entry.actor());
            var organization = entry.organization();
            if (organization != null) add(asked, ORGANIZATION, organization);
            var sentence = sentence(entry.kind(), locale);
            if (sentence.isEmpty()) continue;
            var facts = entry.facts();
            for (var hole : sentence.get().holes()) {
                var type = hole.type();
                if (type == null) continue;
                for (var value : values(facts.get(hole.fact()))) add(asked, type, value);
            }
        }
        var kinds = new HashSet<String>();
        var known = new HashMap<String, Map<String, Named>>();
        rooms.forEach(room -> {
            kinds.add(room.kind());
            var values = asked.getOrDefault(room.kind(), Set.of());
            if (!values.isEmpty()) known.put(room.kind(), room.named(values, locale));
        });
        return new Names(kinds, known);
    }

    private static void add(Map<String, Set<String>> asked, String kind, String value) {
        asked.computeIfAbsent(kind, _ -> new HashSet<>()).add(value);
    }

    private static List<String> values(@Nullable Object value) {
        if (value instanceof Collection<?> many) return many.stream().map(String::valueOf).toList();
        if (value == null || value instanceof Map<?, ?> || value.equals("")) return List.of();
        return List.of(String.valueOf(value));
    }

    private static String minute(String value) {
        try {
            return MINUTE.format(Instant.parse(value));
        } catch (DateTimeParseException _) {
            return value;
        }
    }

    private String word(String key, String otherwise, Locale locale) {
        return Objects.requireNonNullElse(
                messages.getMessage(key, null, otherwise, locale), otherwise);
    }

    private String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }
}
