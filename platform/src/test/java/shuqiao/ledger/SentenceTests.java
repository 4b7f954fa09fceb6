package shuqiao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.identity.People;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;

/** The record of acts is read in sentences: every kind of act has its own, in both languages. */
@PlatformTest
class SentenceTests {

    private static final List<Locale> LANGUAGES = List.of(Messages.CHINESE, Locale.ENGLISH);
    private static final String PASSWORD = "Bridge-2026-test";

    @Autowired City city;
    @Autowired Ledger ledger;
    @Autowired People people;
    @Autowired Sentences sentences;
    @Autowired MessageSource messages;
    @Autowired ObjectProvider<FactNames> names;
    @Autowired TransactionTemplate transaction;

    /** Names of events to the facts that an event of that name may carry, by name, with values. */
    private static final Map<String, Map<String, Set<Object>>> EVENTS = events();

    @Test
    void every_kind_of_act_has_a_sentence_in_both_languages() {
        assertThat(EVENTS).hasSizeGreaterThan(95).containsKey("RequestPrepared");
        var without = new TreeSet<String>();
        for (var kind : kinds())
            for (var language : LANGUAGES)
                if (sentences.sentence(kind, language).isEmpty())
                    without.add(kind + " " + language);
        assertThat(without).isEmpty();
    }

    @Test
    void every_place_in_a_sentence_is_filled_by_the_event() {
        var wrong = new TreeSet<String>();
        EVENTS.forEach((kind, facts) -> {
            for (var language : LANGUAGES)
                for (var hole : sentences.sentence(kind, language).orElseThrow().holes())
                    if (!hole.fact().equals(Sentence.BY) && !facts.containsKey(hole.fact()))
                        wrong.add(kind + " " + language + ": " + hole.fact());
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void both_languages_tell_the_same_facts() {
        for (var kind : kinds())
            assertThat(holes(kind, Messages.CHINESE))
                    .as(kind)
                    .isEqualTo(holes(kind, Locale.ENGLISH));
    }

    @Test
    void every_state_that_a_sentence_names_has_a_word() {
        var named = names.stream().map(FactNames::kind).collect(Collectors.toSet());
        assertThat(named).contains("person", "organization", "resource", "request", "grant", "run");
        var wrong = new TreeSet<String>();
        EVENTS.forEach((kind, facts) -> {
            for (var hole : sentences.sentence(kind, Messages.CHINESE).orElseThrow().holes()) {
                var type = hole.type();
                if (type == null || type.equals("time") || named.contains(type)) continue;
                for (var value : facts.get(hole.fact()))
                    if (value instanceof Boolean || isConstant(value))
                        for (var language : LANGUAGES)
                            if (messages.getMessage(type + "." + value, null, null, language)
                                    == null) wrong.add(kind + ": " + type + "." + value);
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void an_act_is_told_with_the_names_of_people_and_departments() {
        city.build();
        people.add(
                Actor.PLATFORM,
                new People.Entry("st-zhou", "周敏", City.BUREAU, Set.of(Role.STEWARD), false),
                PASSWORD,
                false);
        var audit = city.visitor("st-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        var entry =
                append(
                        "RequestPrepared",
                        "st-zhou",
                        "{\"facts\":{\"number\":\"SQ-2026-9\",\"outcome\":\"GRANT_IN_PART\",\"request\":990099}}");
        await().until(() -> ledger.place(entry).isPresent());

        var page = audit.get("/audit?object=request%3D990099").body();
        var one = audit.get("/audit/entries/" + entry).body();
        var csv =
                new String(
                        audit.download("/audit/entries.csv?object=request%3D990099"),
                        StandardCharsets.UTF_8);

        assertThat(page)
                .contains(
                        "<span class=\"told\">周敏（",
                        "）拟答复 <a href=\"/audit?object=request%3D990099\">990099</a>：部分同意</span>",
                        "outcome=GRANT_IN_PART");
        assertThat(one)
                .contains(
                        "：部分同意</span>",
                        "存证序号 " + ledger.place(entry).orElseThrow().index(),
                        "<summary>原始内容</summary>")
                .doesNotContain("号记录");
        assertThat(csv.lines().toList().getFirst()).endsWith("\"内容\",\"经过\"");
        assertThat(csv).contains("拟答复 990099：部分同意\"");
    }

    @Test
    void who_is_not_known_any_more_keeps_the_code_and_an_older_event_tells_what_it_has() {
        var older =
                entry("RequestPrepared", "{\"facts\":{\"number\":\"SQ-1\",\"request\":990098}}");
        var poorer = entry("GrantIssued", "{\"facts\":{\"grant\":1}}");

        assertThat(sentences.tell(List.of(older, poorer), Messages.CHINESE))
                .extracting(Sentences.Told::text)
                .containsExactly("nobody-now（9900GONE）拟答复 990098", "签发授权");
    }

    private Set<String> holes(String kind, Locale language) {
        return sentences.sentence(kind, language).orElseThrow().holes().stream()
                .map(hole -> hole.fact() + ":" + hole.type())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> kinds() {
        var kinds = new TreeSet<>(EVENTS.keySet());
        kinds.add("Receipt");
        return kinds;
    }

    private static LedgerEntry entry(String kind, String body) {
        return new LedgerEntry(
                1, kind, Instant.EPOCH, "PERSON", "nobody-now", "9900GONE", body, null);
    }

    private long append(String kind, String username, String body) {
        var by =
                new Actor(Actor.Kind.PERSON, username, username, City.BUREAU, Set.of(Role.STEWARD));
        return transaction.execute(_ ->
                ledger.append(
                        kind,
                        by,
                        Instant.parse("2026-11-22T00:00:00Z"),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isConstant(Object value) {
        return value instanceof String text && text.matches("[A-Z][A-Z_]+");
    }

    /** Every event of the platform, made of every shape that its parts may have. */
    private static Map<String, Map<String, Set<Object>>> events() {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AssignableTypeFilter(DomainEvent.class));
        var events = new TreeMap<String, Map<String, Set<Object>>>();
        for (var found : scan.findCandidateComponents("shuqiao")) {
            try {
                var type = Class.forName(found.getBeanClassName());
                if (!type.isRecord() || type.getName().contains("Tests")) continue;
                var facts = events.computeIfAbsent(type.getSimpleName(), _ -> new HashMap<>());
                for (var event : samples(type))
                    ((DomainEvent) event)
                            .facts()
                            .forEach((name, value) ->
                                    facts.computeIfAbsent(name, _ -> new HashSet<>())
                                            .addAll(
                                                    value instanceof Collection<?> many
                                                            ? many
                                                            : List.of(value)));
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(found.getBeanClassName(), broken);
            }
        }
        return events;
    }

    /** Of a record: each part in turn takes each of its values, the others their first. */
    private static List<Object> samples(Class<?> record) throws ReflectiveOperationException {
        var parts = record.getRecordComponents();
        var choices = new ArrayList<List<Object>>();
        for (var part : parts) choices.add(choices(part.getGenericType()));
        var make =
                record.getDeclaredConstructor(
                        Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new));
        make.setAccessible(true);
        var all = new ArrayList<Object>();
        for (int i = 0; i < parts.length; i++)
            for (var value : choices.get(i)) {
                var values = choices.stream().map(List::getFirst).toArray();
                values[i] = value;
                all.add(make.newInstance(values));
            }
        return all;
    }

    /** What cannot be made so is left out, which only a part that may be missing bears. */
    private static List<Object> choices(Type type) {
        try {
            return values(type);
        } catch (ReflectiveOperationException | RuntimeException particular) {
            return java.util.Collections.singletonList(null);
        }
    }

    private static List<Object> values(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType many) {
            var inner = values(many.getActualTypeArguments()[0]);
            if (many.getRawType() == Optional.class)
                return List.of(Optional.of(inner.getFirst()), Optional.empty());
            if (many.getRawType() == Map.class) return List.of(Map.of());
            if (many.getRawType() == Set.class) return List.of(Set.copyOf(inner));
            return List.of(List.copyOf(inner));
        }
        var plain = (Class<?>) type;
        if (plain == String.class) return List.of("x");
        if (plain == int.class || plain == Integer.class) return List.of(1);
        if (plain == long.class || plain == Long.class) return List.of(1L);
        if (plain == boolean.class) return List.of(true, false);
        if (plain == Instant.class) return List.of(Instant.EPOCH);
        if (plain == LocalDate.class) return List.of(LocalDate.EPOCH);
        if (plain == LocalTime.class) return List.of(LocalTime.NOON);
        if (plain == Actor.class) return List.of(Actor.PLATFORM);
        if (plain.isEnum()) return List.of(plain.getEnumConstants());
        var all = new ArrayList<Object>();
        if (plain.isSealed())
            for (var one : plain.getPermittedSubclasses()) all.addAll(values(one));
        else if (plain.isRecord() && !Modifier.isAbstract(plain.getModifiers()))
            all.addAll(samples(plain));
        else throw new IllegalStateException("no sample of " + plain);
        return all;
    }
}
