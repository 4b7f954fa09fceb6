package shuqiao.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shuqiao.PlatformTest;
import shuqiao.engine.Database;
import shuqiao.engine.Reason;
import shuqiao.engine.embedded.ScratchPostgres;

/** Sessions that serve the same caller again. */
@PlatformTest
class PoolTests extends LineGround {

    @Test
    void a_session_serves_the_same_caller_for_seconds_and_nobody_else() {
        var place = place(4);
        line.ask(place, LOOK, Database::schemas);
        line.ask(place, LOOK, Database::schemas);
        line.ask(place, Use.platform(Occasion.LOOK), Database::schemas);

        assertThat(pool.kept(source)).isEqualTo(2);
        pool.closeAll();
        assertThat(
                        db.sql(
                                        "select by_whom || ' ' || questions || ' ' || (received > 0 and sent > 0) || ' ' || address from line.session where source = :source order by id")
                                .param("source", source)
                                .query(String.class)
                                .list())
                .containsExactly(
                        "line-steward 2 true 127.0.0.1:" + DATABASE.port(),
                        "platform 1 true 127.0.0.1:" + DATABASE.port());
    }

    @Test
    void a_session_is_not_used_again_after_the_secret_or_the_source_changed() {
        var place = place(4);
        line.ask(place, LOOK, Database::schemas);
        fails(place(DATABASE.port(), "changed", 4), LOOK, Reason.PASSWORD_REFUSED);

        line.ask(
                place,
                LOOK,
                database -> {
                    line.forget(source);
                    return database.schemas();
                });

        assertThat(pool.kept(source)).as("it was in use when the source changed").isZero();
        line.ask(place, LOOK, Database::schemas);
        assertThat(outcomes()).containsExactly("done", "engine:password-refused", "open");
    }

    @Test
    void who_waits_gets_the_place_of_a_session_that_nobody_uses() {
        var place = place(1);
        line.ask(place, LOOK, Database::schemas);
        assertThat(pool.kept(source)).isEqualTo(1);

        var run = line.admit(COPY, place, Optional.empty());

        assertThat(run).isPresent();
        assertThat(pool.kept(source)).isZero();
        run.get().close();
    }

    @Test
    void a_session_that_nobody_uses_is_closed_after_some_seconds() {
        line.ask(place(4), LOOK, Database::schemas);

        await().atMost(Duration.ofSeconds(20)).until(() -> outcomes().equals(List.of("done")));
        assertThat(pool.kept(source)).isZero();
    }

    @Test
    void a_session_that_the_server_closed_meanwhile_is_replaced() {
        var place = place(4);
        line.ask(place, LOOK, Database::schemas);
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s' and datname = '%s'"
                                .formatted(DATABASE.user(), DATABASE.name()));

        assertThat(line.ask(place, LOOK, Database::schemas)).contains("public");
    }
}
