package shuqiao.identity;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.identity.IdentityEvent.SubstituteNamed;
import shuqiao.identity.IdentityEvent.SubstitutionEnded;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;

/**
 * Who signs while a department's reviewer is away: somebody of the same department, for a period.
 * Named by the reviewer, or by the security administrator.
 */
@Door
public class Substitutions {

    static final int DAYS_MAX = 90;

    /**
     * What a form or a program says.
     *
     * @param absent user name; oneself when left out by a reviewer
     * @param from today when left out
     */
    public record Entry(
            @Nullable String absent,
            @Nullable String substitute,
            @Nullable String from,
            @Nullable String until,
            @Nullable String reason) {}

    private final SubstitutionTable table;
    private final PersonTable people;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Substitutions(
            SubstitutionTable table,
            PersonTable people,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /** Newest first: of one's own department, or of all for the security administrator. */
    public List<Substitution> all(Actor actor) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.SECURITY_ADMIN);
        return table.all(actor.has(Role.SECURITY_ADMIN) ? null : actor.requiredOrganization());
    }

    /** Those of the actor's own department who could be named by the actor; at most 200. */
    public List<Person> candidates(Actor actor) {
        requireOwnSignature(actor);
        return people
                .search(
                        "",
                        actor.requiredOrganization(),
                        null,
                        new Page.Request(200, Long.MAX_VALUE))
                .items()
                .stream()
                .filter(person -> !person.disabled() && capable(person))
                .toList();
    }

    /** Names a substitute; refused for somebody who is reviewer already, or of elsewhere. */
    @Transactional
    public Substitution name(Actor actor, Entry entry) {
        var faults = new Invalid.Faults();
        var absent = absent(actor, entry, faults);
        var substitute = faults.text("substitute", entry.substitute(), 64);
        var today = today();
        var from = day(faults, "from", entry.from(), today);
        var until = day(faults, "until", entry.until(), null);
        var reason = faults.text("reason", entry.reason(), 500);
        if (from != null && from.isBefore(today)) faults.add("from", "identity.day-over");
        if (from != null && until != null) {
            if (until.isBefore(from)) faults.add("until", "identity.period-backwards");
            else if (ChronoUnit.DAYS.between(from, until) >= DAYS_MAX)
                faults.add("until", "identity.period-too-long", Map.of("days", DAYS_MAX));
        }
        if (absent != null && !substitute.isEmpty()) check(absent, substitute, faults);
        faults.refuseIfAny();
        var who = java.util.Objects.requireNonNull(absent).username();
        var first = java.util.Objects.requireNonNull(from);
        var last = java.util.Objects.requireNonNull(until);
        table.meeting(who, substitute, first, last)
                .ifPresent(known -> {
                    throw new Conflict(
                            "identity:substitution-meets",
                            Map.of(
                                    "substitute", known.substituteName(),
                                    "absent", known.absentName(),
                                    "from", known.from().toString(),
                                    "until", known.until().toString()));
                });
        var now = clock.instant();
        var id = table.insert(who, substitute, first, last, reason, actor.subject(), now);
        events.publishEvent(new SubstituteNamed(id, who, substitute, first, last, actor, now));
        return table.find(id).orElseThrow();
    }

    /** Ends it before its day: the absent reviewer, or the security administrator. */
    @Transactional
    public Substitution end(Actor actor, long id) {
        var known =
                table.find(id)
                        .filter(it -> mayEnd(actor, it))
                        .orElseThrow(() -> new Unknown("substitution", id));
        if (known.standing(today()) == Substitution.Standing.OVER
                || !table.end(id, actor.subject(), clock.instant()))
            throw new Conflict(
                    "identity:substitution-over", Map.of("substitute", known.substituteName()));
        events.publishEvent(
                new SubstitutionEnded(
                        id, known.absent(), known.substitute(), actor, clock.instant()));
        return table.find(id).orElseThrow();
    }

    boolean mayEnd(Actor actor, Substitution it) {
        return actor.has(Role.SECURITY_ADMIN)
                || (actor.kind() == Actor.Kind.PERSON && actor.subject().equals(it.absent()));
    }

    @Trusted("what day it is in China is no secret")
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Clock.ZONE);
    }

    /** The reviewer for whom this person signs today. */
    Optional<Actor.Absent> absentOf(Person person) {
        return capable(person)
                ? table.inForce(person.username(), today())
                        .map(it -> new Actor.Absent(it.absent(), it.absentName()))
                : Optional.empty();
    }

    private @Nullable Person absent(Actor actor, Entry entry, Invalid.Faults faults) {
        if (actor.has(Role.SECURITY_ADMIN)) {
            var username = faults.text("absent", entry.absent(), 64);
            if (username.isEmpty()) return null;
            var found =
                    people.find(username)
                            .filter(it -> it.roles().contains(Role.REVIEWER) && !it.disabled());
            if (found.isEmpty())
                faults.add("absent", "identity.no-reviewer", Map.of("username", username));
            return found.orElse(null);
        }
        requireOwnSignature(actor);
        var other = entry.absent();
        if (other != null && !other.isBlank() && !other.strip().equals(actor.subject()))
            throw NotAllowed.because("substitute-for-others");
        return people.find(actor.subject()).orElseThrow();
    }

    /** A substitute names no substitute: the signature is not passed on. */
    private static void requireOwnSignature(Actor actor) {
        actor.require(Role.REVIEWER);
        if (actor.kind() != Actor.Kind.PERSON || actor.absent() != null)
            throw NotAllowed.because("substitute-of-substitute");
    }

    private void check(Person absent, String username, Invalid.Faults faults) {
        var found = people.find(username);
        if (found.isEmpty()
                || found.get().disabled()
                || !java.util.Objects.equals(found.get().organization(), absent.organization()))
            faults.add("substitute", "identity.no-colleague", Map.of("username", username));
        else if (found.get().roles().contains(Role.REVIEWER))
            faults.add(
                    "substitute", "identity.reviewer-already", Map.of("name", found.get().name()));
        else if (!capable(found.get()))
            faults.add(
                    "substitute",
                    "identity.not-reviewer-capable",
                    Map.of("name", found.get().name()));
    }

    /** Whether this person could hold the department's signature and does not hold it. */
    private static boolean capable(Person person) {
        return person.organization() != null
                && !person.roles().contains(Role.REVIEWER)
                && person.roles().stream().noneMatch(Role::isAdministrator);
    }

    private static @Nullable LocalDate day(
            Invalid.Faults faults, String field, @Nullable String text, @Nullable LocalDate none) {
        if (text == null || text.isBlank()) {
            if (none == null) faults.add(field, "required");
            return none;
        }
        try {
            return Clock.day(text.strip());
        } catch (DateTimeException _) {
            faults.add(field, "date");
            return null;
        }
    }
}
