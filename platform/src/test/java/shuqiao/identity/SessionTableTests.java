package shuqiao.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import shuqiao.PlatformTest;

/**
 * Two statements of ours stand in for those of Spring Session and take its values in its order. If
 * another release has another order, this is where it shows.
 */
@PlatformTest
class SessionTableTests {

    @Autowired FindByIndexNameSessionRepository<? extends Session> sessions;
    @Autowired JdbcClient db;

    private <S extends Session> S made(FindByIndexNameSessionRepository<S> repository) {
        var session = repository.createSession();
        session.setMaxInactiveInterval(Duration.ofSeconds(60));
        repository.save(session);
        return session;
    }

    private static <S extends Session> void save(
            FindByIndexNameSessionRepository<S> repository, Session session) {
        @SuppressWarnings("unchecked")
        var own = (S) session;
        repository.save(own);
    }

    @Test
    void each_value_of_an_update_arrives_in_its_column() {
        var session = made(sessions);
        var primary =
                db.sql("select primary_id from identity.spring_session where session_id = :id")
                        .param("id", session.getId())
                        .query(String.class)
                        .single();
        var seen = Instant.parse("2031-02-03T04:05:06Z");
        session.setLastAccessedTime(seen);
        session.setMaxInactiveInterval(Duration.ofSeconds(77));
        session.setAttribute(
                FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "st-principal");
        var renamed = session.changeSessionId();

        save(sessions, session);

        assertThat(
                        db.sql(
                                        """
                                        select session_id, last_access_time, max_inactive_interval,
                                            expiry_time, principal_name
                                        from identity.spring_session where primary_id = :primary
                                        """)
                                .param("primary", primary)
                                .query()
                                .singleRow())
                .containsEntry("session_id", renamed)
                .containsEntry("last_access_time", seen.toEpochMilli())
                .containsEntry("max_inactive_interval", 77)
                .containsEntry("expiry_time", seen.plusSeconds(77).toEpochMilli())
                .containsEntry("principal_name", "st-principal");
        sessions.deleteById(renamed);
    }

    @Test
    void two_requests_of_a_session_may_put_in_the_same_attribute() {
        var session = made(sessions);
        var one = sessions.findById(session.getId());
        var two = sessions.findById(session.getId());
        one.setAttribute("st-same", "one");
        two.setAttribute("st-same", "two");
        save(sessions, one);

        assertThatCode(() -> save(sessions, two)).doesNotThrowAnyException();

        assertThat(sessions.findById(session.getId()).<String>getAttribute("st-same"))
                .isEqualTo("two");
        sessions.deleteById(session.getId());
    }

    @Test
    void a_session_that_was_ended_meanwhile_stays_ended_and_is_no_fault() {
        var session = made(sessions);
        var late = sessions.findById(session.getId());
        sessions.deleteById(session.getId());
        late.setAttribute("st-late", "value");

        assertThatCode(() -> save(sessions, late)).doesNotThrowAnyException();

        assertThat(sessions.findById(session.getId())).isNull();
    }
}
