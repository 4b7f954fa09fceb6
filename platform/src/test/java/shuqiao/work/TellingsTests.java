package shuqiao.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Role;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.kernel.WorkItem;
import shuqiao.notice.NoticeBoard;
import shuqiao.organization.OrganizationEvent.OrganizationChanged;
import tools.jackson.databind.json.JsonMapper;

/** What follows an act: after its commit, without a veto, and not lost. */
@PlatformTest
class TellingsTests {

    @Autowired private City city;
    @Autowired private Tellings tellings;
    @Autowired private ItemTable items;
    @Autowired private Items work;
    @Autowired private RoundTable rounds;
    @Autowired private MeterRegistry meters;
    @Autowired private DataSource dataSource;
    @Autowired private TransactionTemplate transaction;
    @Autowired private InstantSource clock;
    @Autowired private Notices notices;
    @Autowired private NoticeBoard board;
    @Autowired private JdbcClient db;

    private final List<String> told = new ArrayList<>();
    private final AtomicBoolean breaks = new AtomicBoolean();
    private Tellings mine;

    record Happened(String what, Actor by, Instant at) implements DomainEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of();
        }
    }

    @BeforeEach
    void a_room_that_tells() {
        Tells room =
                () ->
                        List.of(
                                new Telling<>("test.first", Happened.class, this::first),
                                new Telling<>(
                                        "test.second",
                                        Happened.class,
                                        it -> told.add("second " + it.what())));
        mine = new Tellings(provider(room), items, transaction, clock);
        mine.afterSingletonsInstantiated();
    }

    private void first(Happened it) {
        told.add("first " + it.what());
        if (breaks.get()) throw new IllegalStateException("no words for " + it.what());
    }

    private PayloadApplicationEvent<Happened> happened(String what) {
        return new PayloadApplicationEvent<>(
                this, new Happened(what, Actor.PLATFORM, clock.instant()));
    }

    private static Actor person(String name, Role role) {
        return new Actor(Actor.Kind.PERSON, name, name, City.POLICE, Set.of(role));
    }

    private List<String> waiting() {
        return items.keys(Tellings.KIND).stream().filter(it -> it.startsWith("test.")).toList();
    }

    @Test
    void a_telling_is_told_when_the_act_is_committed_and_not_before() {
        transaction.executeWithoutResult(_ -> {
            mine.follow(happened("a"));
            assertThat(told).isEmpty();
            assertThat(waiting()).hasSize(2);
        });

        assertThat(told).containsExactly("first a", "second a");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void of_an_act_that_is_rolled_back_nothing_is_told() {
        transaction.executeWithoutResult(status -> {
            mine.follow(happened("b"));
            status.setRollbackOnly();
        });

        assertThat(told).isEmpty();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_telling_that_breaks_vetoes_nothing_and_is_told_later() {
        breaks.set(true);
        transaction.executeWithoutResult(_ -> {
            mine.follow(happened("c"));
            db.sql("insert into work.task (kind, key, due) values ('test-act', 'c', now())")
                    .update();
        });

        assertThat(db.sql("delete from work.task where kind = 'test-act'").update()).isEqualTo(1);
        assertThat(told).containsExactly("first c", "second c");
        var key = waiting().getFirst();
        assertThat(waiting()).hasSize(1).allMatch(it -> it.startsWith("test.first/"));
        assertThat(cause(key)).isEqualTo("IllegalStateException: no words for c");

        breaks.set(false);
        mine.work(new WorkItem(key, "", 2));
        assertThat(told).containsExactly("first c", "second c", "first c");
        assertThat(waiting()).isEmpty();
    }

    private String cause(String key) {
        return db.sql("select cause from work.task where kind = 'tellings' and key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }

    /**
     * The item goes with what the telling wrote: a platform that dies in between repeats nothing.
     */
    @Test
    void what_was_told_is_not_told_again() {
        var key = "test.first/" + UUID.randomUUID();

        mine.work(new WorkItem(key, "", 1));

        assertThat(told).isEmpty();
    }

    /** As a platform leaves it that dies after the commit: only the item is there. */
    @Test
    void what_a_dead_platform_left_is_told_by_one_that_lives() {
        city.person("tl-steward", "tl-Secret-2026", City.POLICE, Role.STEWARD);
        var actor = person("tl-steward", Role.STEWARD);
        var before = board.count(actor, new NoticeBoard.Asked(false, null));
        items.insert(
                Tellings.KIND,
                "notice.told/" + UUID.randomUUID(),
                """
                {"organization": null, "roles": [], "username": "tl-steward",
                 "notice": {"key": "sharing.sent", "facts": {"number": "1"}, "path": "/"}}
                """,
                clock.instant());

        var workers = new Workers(List.of(tellings), rounds, work, meters, clock, dataSource);
        workers.start();
        workers.on(new Opening("", Opening.City.NONE));
        try {
            await().untilAsserted(() ->
                    assertThat(board.count(actor, new NoticeBoard.Asked(false, null)))
                            .isEqualTo(before + 1));
        } finally {
            workers.stop();
        }
    }

    @Test
    void an_act_stands_when_nobody_can_be_told_of_it() {
        city.person("tl-reviewer", "tl-Secret-2026", City.POLICE, Role.REVIEWER);
        var actor = person("tl-reviewer", Role.REVIEWER);
        var before = board.count(actor, new NoticeBoard.Asked(false, null));

        transaction.executeWithoutResult(
                _ -> notices.tell("tl-reviewer", new Notices.Notice("no room", Map.of(), "/")));
        transaction.executeWithoutResult(_ ->
                notices.tell(
                        "tl-reviewer",
                        new Notices.Notice("sharing.sent", Map.of("number", "2"), "/")));

        assertThat(board.count(actor, new NoticeBoard.Asked(false, null))).isGreaterThan(before);
    }

    @Test
    void two_tellings_of_one_id_do_not_start() {
        Tells room =
                () ->
                        List.of(
                                new Telling<>("test.same", Happened.class, _ -> {}),
                                new Telling<>("test.same", OrganizationChanged.class, _ -> {}));
        var twice = new Tellings(provider(room), items, transaction, clock);

        assertThatThrownBy(twice::afterSingletonsInstantiated).hasMessageContaining("test.same");
    }

    /** Tellings wait under their ids: whoever renames one lets those down. */
    @Test
    void the_ids_stay() {
        assertThat(tellings.all().keySet())
                .contains(
                        "catalog.renamed",
                        "notice.told",
                        "onesource.published",
                        "quality.calendar",
                        "quality.looked",
                        "quality.published",
                        "quality.updated",
                        "quality.withdrawn",
                        "sharing.accepted",
                        "sharing.arbitrating",
                        "sharing.awarded",
                        "sharing.decided",
                        "sharing.extension-answered",
                        "sharing.extension-asked",
                        "sharing.moved",
                        "sharing.agreed",
                        "sharing.negotiating",
                        "sharing.prepared",
                        "sharing.returned",
                        "sharing.revoked",
                        "sharing.sent",
                        "sharing.sent-back",
                        "sharing.withdrawn",
                        "upkeep.published",
                        "upkeep.revoked");
    }

    @Test
    void every_event_that_is_told_comes_back_from_json_as_it_was() {
        var json = JsonMapper.builder().build();
        for (var it : tellings.all().values())
            for (var full : new boolean[] {true, false}) {
                var event = sample(it.of(), full);
                assertThat((Object) json.readValue(json.writeValueAsString(event), it.of()))
                        .as(it.id())
                        .isEqualTo(event);
            }
    }

    private static Object sample(Type type, boolean full) {
        if (type instanceof ParameterizedType of) {
            var first = of.getActualTypeArguments()[0];
            var raw = (Class<?>) of.getRawType();
            if (raw == Optional.class)
                return full ? Optional.of(sample(first, true)) : Optional.empty();
            if (raw == List.class) return full ? List.of(sample(first, true)) : List.of();
            if (raw == Set.class) return full ? Set.of(sample(first, true)) : Set.of();
            if (raw == Map.class) return full ? Map.of("word", "x") : Map.of();
            throw new IllegalArgumentException(type.toString());
        }
        var it = (Class<?>) type;
        if (it == long.class || it == Long.class) return 7_000_000_000L;
        if (it == int.class || it == Integer.class) return 7;
        if (it == boolean.class) return full;
        if (it == String.class) return "市公安局 \"x\"";
        if (it == Instant.class) return Instant.parse("2026-11-30T01:02:03.456789Z");
        if (it == LocalDate.class) return LocalDate.of(2026, 2, 28);
        if (it == LocalTime.class) return LocalTime.of(8, 30);
        if (it.isEnum()) return it.getEnumConstants()[0];
        if (it.isRecord()) return record(it, full);
        throw new IllegalArgumentException(it + ": how does JSON keep it?");
    }

    private static Object record(Class<?> it, boolean full) {
        try {
            var parts = it.getRecordComponents();
            var constructor =
                    it.getDeclaredConstructor(
                            Arrays.stream(parts)
                                    .map(RecordComponent::getType)
                                    .toArray(Class[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(
                    Arrays.stream(parts).map(p -> sample(p.getGenericType(), full)).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectProvider<Tells> provider(Tells room) {
        return new ObjectProvider<>() {
            @Override
            public Stream<Tells> orderedStream() {
                return Stream.of(room);
            }
        };
    }
}
