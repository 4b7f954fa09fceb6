package shuqiao.identity;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.MapSession;
import org.springframework.session.Session;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Answers who asks for the session of the very request from what the request has read already, so
 * that whether it was ended by a newer login costs no second look into the database. All else goes
 * to the sessions behind it.
 */
final class OwnSession<S extends Session> implements FindByIndexNameSessionRepository<Session> {

    private final FindByIndexNameSessionRepository<S> behind;

    OwnSession(FindByIndexNameSessionRepository<S> behind) {
        this.behind = behind;
    }

    @Override
    public @Nullable Session findById(String id) {
        var own = own(id);
        return own == null ? behind.findById(id) : own;
    }

    private static @Nullable Session own(String id) {
        if (!(RequestContextHolder.getRequestAttributes()
                instanceof ServletRequestAttributes request)) return null;
        var session = request.getRequest().getSession(false);
        if (session == null || !session.getId().equals(id)) return null;
        var copy = new MapSession(id);
        copy.setLastAccessedTime(java.time.Instant.ofEpochMilli(session.getLastAccessedTime()));
        for (var name : Collections.list(session.getAttributeNames()))
            copy.setAttribute(name, session.getAttribute(name));
        return copy;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Session> findByIndexNameAndIndexValue(String name, String value) {
        return (Map<String, Session>) behind.findByIndexNameAndIndexValue(name, value);
    }

    @Override
    public Session createSession() {
        return behind.createSession();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void save(Session session) {
        behind.save((S) session);
    }

    @Override
    public void deleteById(String id) {
        behind.deleteById(id);
    }
}
