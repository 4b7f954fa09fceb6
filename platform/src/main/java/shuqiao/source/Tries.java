package shuqiao.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Reason;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Role;
import shuqiao.kernel.TooMany;
import shuqiao.source.SourceEvent.SourcePasswordsRefused;

/**
 * Keeps the platform from being used to look for servers or to guess passwords: connections that a
 * person asks for and that fail are counted, by source and by person, and passwords that a person
 * entered and that a server refused are counted apart. Who has too many waits.
 */
@Component
class Tries {

    /** Counts begin anew when they are this old. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    static final int FAILURES_OF_SOURCE = 30;
    static final int FAILURES_OF_PERSON = 60;
    static final int WRONG_OF_SOURCE = 5;
    static final int WRONG_OF_PERSON = 10;

    private static final Set<Reason> NOT_CONNECTED =
            Set.of(
                    Reason.UNREACHABLE,
                    Reason.TLS_FAILED,
                    Reason.PASSWORD_REFUSED,
                    Reason.LOGIN_NOT_LET_IN,
                    Reason.LOGIN_NEEDS_TLS,
                    Reason.LOGIN_FORBIDDEN,
                    Reason.LOGIN_NOT_BY_PASSWORD,
                    Reason.LOGIN_REFUSED,
                    Reason.NOT_POSTGRESQL,
                    Reason.DATABASE_GONE,
                    Reason.CONNECTION_CUT,
                    Reason.LINE_STALLED,
                    Reason.ADDRESS_NOT_ALLOWED);

    private record Limit(String who, int failures, int wrong) {}

    private final TriesTable table;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Tries(
            TriesTable table,
            Notices notices,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.notices = notices;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Asks another machine for a person. A question under way counts as failed until it is
     * answered, so that many at once are no more than one after another.
     *
     * @throws TooMany before anything is dialled
     */
    <T> T of(Actor actor, Source source, Supplier<T> question) {
        return of(actor, source, false, question);
    }

    /** As {@link #of(Actor, Source, Supplier)}, with a password that the person just entered. */
    <T> T entered(Actor actor, Source source, Supplier<T> question) {
        return of(actor, source, true, question);
    }

    private <T> T of(Actor actor, Source source, boolean entered, Supplier<T> question) {
        if (actor.kind() == Actor.Kind.PLATFORM) return question.get();
        var limits = limits(actor, source);
        begin(limits, entered);
        var failed = false;
        try {
            return question.get();
        } catch (EngineFailure failure) {
            failed = NOT_CONNECTED.contains(failure.reason());
            if (entered && failure.reason() == Reason.PASSWORD_REFUSED)
                wrong(actor, source, limits);
            throw failure;
        } finally {
            if (!failed) limits.forEach(it -> table.giveBack(it.who()));
        }
    }

    private static List<Limit> limits(Actor actor, Source source) {
        return List.of(
                new Limit("source:" + source.id(), FAILURES_OF_SOURCE, WRONG_OF_SOURCE),
                new Limit("person:" + actor.subject(), FAILURES_OF_PERSON, WRONG_OF_PERSON));
    }

    private void begin(List<Limit> limits, boolean entered) {
        var now = clock.instant();
        for (var at = 0; at < limits.size(); at++) {
            var limit = limits.get(at);
            var count = table.add(limit.who(), 1, 0, now, now.minus(WINDOW));
            if (count.failures() <= limit.failures()
                    && !(entered && count.wrong() >= limit.wrong())) continue;
            limits.subList(0, at + 1).forEach(it -> table.giveBack(it.who()));
            throw tooMany(count.since(), now);
        }
    }

    private static TooMany tooMany(Instant since, Instant now) {
        var wait = Duration.between(now, since.plus(WINDOW)).plusSeconds(1);
        return new TooMany(
                "source:too-many-tries",
                Map.of("minutes", Math.max(1, wait.plusSeconds(59).toMinutes())),
                wait);
    }

    /** The security administrator is told once in a window, when the last one is used up. */
    private void wrong(Actor actor, Source source, List<Limit> limits) {
        transaction.executeWithoutResult(_ -> {
            var now = clock.instant();
            var usedUp = false;
            var most = 0;
            for (var limit : limits) {
                var count = table.add(limit.who(), 0, 1, now, now.minus(WINDOW));
                usedUp |= count.wrong() == limit.wrong();
                most = Math.max(most, count.wrong());
            }
            if (!usedUp) return;
            events.publishEvent(
                    new SourcePasswordsRefused(
                            source.id(), source.organization(), most, actor, now));
            notices.tell(
                    Set.of(Role.SECURITY_ADMIN),
                    new Notices.Notice(
                            "source.passwords-refused",
                            Map.of(
                                    "name", source.name(),
                                    "organization", Notices.organization(source.organization()),
                                    "by", actor.name(),
                                    "count", most),
                            actor.kind() == Actor.Kind.PERSON
                                    ? "/admin/users/" + actor.subject()
                                    : "/admin/programs"));
        });
    }
}
