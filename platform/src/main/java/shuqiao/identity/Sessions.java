package shuqiao.identity;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.identity.IdentityEvent.SessionLimitsChanged;
import shuqiao.identity.IdentityEvent.SessionsEnded;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;

/** Who is logged in. The security administrator sees it and may end it. */
@Door
public class Sessions {

    /** More than anybody reads; a list that long is looked through by user. */
    static final int SHOWN_MAX = 1_000;

    private final SessionTable table;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Sessions(SessionTable table, ApplicationEventPublisher events, InstantSource clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    /** Living sessions, of one user or of all, the last seen first. */
    public List<LiveSession> living(Actor actor, @Nullable String username) {
        actor.require(Role.SECURITY_ADMIN);
        return table.living(username, clock.instant(), SHOWN_MAX);
    }

    /** How long sessions last, and how many a person may have. */
    public SessionLimits limits(Actor actor) {
        actor.require(Role.SECURITY_ADMIN);
        return table.limits();
    }

    /** From now on, for living sessions too; those beyond the number end at the next login. */
    @Transactional
    public SessionLimits changeLimits(Actor actor, SessionLimits.Entry entry) {
        actor.require(Role.SECURITY_ADMIN);
        var after = entry.checked();
        var before = table.limits();
        if (after.equals(before)) return after;
        table.change(after);
        events.publishEvent(new SessionLimitsChanged(before, after, actor, clock.instant()));
        return after;
    }

    /** As login obeys them. */
    SessionLimits limits() {
        return table.limits();
    }

    /** Ends one session; its next request is a stranger's. */
    @Transactional
    public LiveSession end(Actor actor, String id) {
        actor.require(Role.SECURITY_ADMIN);
        var session = table.find(id).orElseThrow(() -> new Unknown("session", id));
        if (table.end(id) > 0)
            events.publishEvent(new SessionsEnded(session.username(), 1, actor, clock.instant()));
        return session;
    }

    /** Ends all sessions of a user and says how many there were. */
    @Transactional
    public int endAll(Actor actor, String username) {
        actor.require(Role.SECURITY_ADMIN);
        var ended = table.endAll(username);
        if (ended > 0)
            events.publishEvent(new SessionsEnded(username, ended, actor, clock.instant()));
        return ended;
    }
}
