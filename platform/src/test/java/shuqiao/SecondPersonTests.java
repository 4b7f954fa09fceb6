package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.catalog.Reviews;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.exchange.ExchangeGround;
import shuqiao.identity.PendingChanges;
import shuqiao.identity.People;
import shuqiao.identity.Programs;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Role;
import shuqiao.kernel.Standing;
import shuqiao.sharing.AskEntry;
import shuqiao.sharing.DecisionEntry;
import shuqiao.sharing.Decisions;
import shuqiao.sharing.Sharing;
import shuqiao.source.AddressChanges;
import shuqiao.source.Registration;
import shuqiao.source.Sources;

/**
 * Wherever a second pair of eyes is asked for, a person and the program whose secret that person
 * holds are one, whichever of the two was first.
 */
class SecondPersonTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-second";
    private static final ScratchPostgres.Database ELSEWHERE =
            ScratchPostgres.shared().newDatabase();

    private static final DecisionEntry GRANT =
            new DecisionEntry("GRANT", null, null, null, null, null, null, null, null, null);

    @Autowired Standing standing;
    @Autowired Programs programs;
    @Autowired Reviews reviews;
    @Autowired Sharing sharing;
    @Autowired Decisions decisions;
    @Autowired Sources sources;
    @Autowired AddressChanges addresses;
    @Autowired PendingChanges pending;

    /** Where one acts and another one sees it. */
    enum Door {
        CATALOG_REVIEW(City.CIVIL_AFFAIRS, Role.STEWARD, Role.REVIEWER),
        ADDRESS_CHANGE(City.CIVIL_AFFAIRS, Role.STEWARD, Role.REVIEWER),
        REQUEST_SENDING(City.POLICE, Role.STEWARD, Role.REVIEWER),
        REQUEST_DECISION(City.CIVIL_AFFAIRS, Role.STEWARD, Role.REVIEWER),
        ADMINISTRATORS(City.BUREAU, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN);

        private final String organization;
        private final Role first;
        private final Role second;

        Door(String organization, Role first, Role second) {
            this.organization = organization;
            this.first = first;
            this.second = second;
        }
    }

    /** The second look, by whoever it is tried with. */
    private interface Second {
        void by(Actor actor);
    }

    static Stream<Arguments> doors() {
        return Stream.of(Door.values())
                .flatMap(door -> Stream.of(Arguments.of(door, true), Arguments.of(door, false)));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void a_person_and_a_program_of_that_person_are_one(Door door, boolean personFirst)
            throws Exception {
        var name = "hand" + NEXT.incrementAndGet();
        city.person(name, PASSWORD, door.organization, personFirst ? door.first : door.second);
        program(name + "-program", door.organization, personFirst ? door.second : door.first, name);
        city.person(name + "-other", PASSWORD, door.organization, door.second);
        var person = now(Actor.Kind.PERSON, name, door.organization);
        var program = now(Actor.Kind.PROGRAM, name + "-program", door.organization);

        var second = first(door, personFirst ? person : program);

        assertThatThrownBy(() -> second.by(personFirst ? program : person))
                .isInstanceOf(NotAllowed.class)
                .extracting(it -> ((NotAllowed) it).key())
                .isIn(
                        "not-allowed:catalog-own-work",
                        "not-allowed:source-own-change",
                        "not-allowed:sharing-four-eyes",
                        "not-allowed:second-hand");
        assertThatCode(() -> second.by(now(Actor.Kind.PERSON, name + "-other", door.organization)))
                .doesNotThrowAnyException();
    }

    private void program(String id, String organization, Role role, String owner) {
        programs.add(Actor.PLATFORM, new Programs.Entry(id, id, organization, Set.of(role), false));
        assertThat(
                        db.sql("update identity.program set owner = :owner where client_id = :id")
                                .param("owner", owner)
                                .param("id", id)
                                .update())
                .isEqualTo(1);
    }

    /** As the platform knows them at the next request. */
    private Actor now(Actor.Kind kind, String subject, String organization) {
        return standing.now(
                        new Actor(kind, subject, subject, organization, EnumSet.allOf(Role.class)))
                .orElseThrow();
    }

    private Second first(Door door, Actor actor) throws Exception {
        return switch (door) {
            case CATALOG_REVIEW -> {
                var id = drafted(source(steward, PROVIDER, Map.of()), table(3), "UNCONDITIONAL");
                reviews.submit(actor, id);
                yield it -> reviews.departmentReview(it, id, new Reviews.Decision(true, "同意"));
            }
            case ADDRESS_CHANGE -> {
                var id = source(steward, PROVIDER, Map.of());
                sources.change(actor, id, elsewhere("搬走的库 " + id));
                var change = addresses.find(actor, id).orElseThrow().id();
                yield it -> addresses.confirm(it, id, change);
            }
            case REQUEST_SENDING -> {
                var id = asked(actor, "UNCONDITIONAL");
                yield it -> sharing.send(it, id);
            }
            case REQUEST_DECISION -> {
                var id = asked(city.actor(City.POLICE, Role.STEWARD), "CONDITIONAL");
                sharing.send(city.actor(City.POLICE, Role.REVIEWER), id);
                decisions.accept(city.actor(City.BUREAU, Role.AUTHORITY), id);
                decisions.prepare(actor, id, "拟同意");
                yield it -> decisions.decide(it, id, GRANT);
            }
            case ADMINISTRATORS -> {
                var added = "made-" + actor.subject();
                var waiting =
                        pending.addPerson(
                                        actor,
                                        new People.Entry(
                                                added,
                                                added,
                                                City.BUREAU,
                                                Set.of(Role.SYSTEM_ADMIN),
                                                false))
                                .waiting();
                yield it -> pending.confirm(it, waiting.id());
            }
        };
    }

    private long asked(Actor actor, String sharingKind) throws Exception {
        var resource = resource(source(steward, PROVIDER, Map.of()), table(3), sharingKind);
        return sharing.draft(
                        actor,
                        new AskEntry(
                                resource,
                                null,
                                null,
                                null,
                                "BUSINESS_COOPERATION",
                                "测试",
                                "国发〔2016〕51号",
                                null,
                                null,
                                null,
                                LocalDate.now(Clock.ZONE).plusYears(1).toString()))
                .id();
    }

    private static Registration elsewhere(String name) {
        return new Registration(
                name,
                ELSEWHERE.jdbcUrl(),
                ELSEWHERE.user(),
                ELSEWHERE.password(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
