package shuqiao.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import shuqiao.PlatformTest;
import shuqiao.engine.Database;
import shuqiao.engine.Reason;
import shuqiao.engine.Side;

/** A source that does not answer is left alone, and one tries whether it does again. */
@PlatformTest
class LeftAloneTests extends LineGround {

    @Test
    void a_server_that_takes_us_in_and_never_answers_is_left_alone_and_then_tried_by_one()
            throws Exception {
        try (var silent = new Gatekeeper(DATABASE.port())) {
            var place = place(silent.port(), DATABASE.password(), 4);
            var left = place;
            for (var at = 0; at < Circuit.FAILURES; at++) fails(place, LOOK, Reason.UNREACHABLE);
            var came = silent.came();

            assertThatThrownBy(() -> line.ask(left, LOOK, Database::schemas))
                    .isInstanceOfSatisfying(
                            NotDialled.class,
                            it -> {
                                assertThat(it.facts())
                                        .containsEntry("side", Side.SOURCE)
                                        .containsEntry("failures", 5);
                                assertThat(it.retryAfterSeconds()).hasValue(60);
                            });
            assertThatThrownBy(() -> line.admit(COPY, left, Optional.empty()))
                    .isInstanceOf(NotDialled.class);
            assertThat(silent.came()).as("nothing was dialled").isEqualTo(came);

            now.set(now.get().plus(Circuit.ALONE_MIN));
            fails(place, LOOK, Reason.UNREACHABLE);
            assertThat(silent.came()).as("one tries").isEqualTo(came + 1);
            now.set(now.get().plus(Circuit.ALONE_MIN));
            assertThatThrownBy(() -> line.ask(left, LOOK, Database::schemas))
                    .as("left alone for twice as long")
                    .isInstanceOf(NotDialled.class);

            silent.letThrough();
            place = place(silent.port(), DATABASE.password(), 4, PATIENT);
            var test = Use.platform(Occasion.TEST);
            assertThat(line.ask(place, test, Database::schemas)).contains("public");
            assertThat(line.ask(place, LOOK, Database::schemas)).contains("public");
            assertThat(outcomes())
                    .containsExactly(
                            "engine:unreachable",
                            "engine:unreachable",
                            "engine:unreachable",
                            "engine:unreachable",
                            "engine:unreachable",
                            "engine:unreachable",
                            "done",
                            "open");
        }
    }

    @Test
    void while_one_tries_whether_it_answers_again_the_others_do_not() {
        var place = place(4);
        line.ask(place, Use.platform(Occasion.TEST), Database::schemas);
        var circuit = Circuit.CLOSED;
        for (var at = 0; at < Circuit.FAILURES; at++) circuit = circuit.failed(now.get(), "x");
        table.circuit(source, circuit);
        now.set(now.get().plus(Circuit.ALONE_MIN));

        var tries = line.admit(COPY, place, Optional.empty());

        assertThat(tries).isPresent();
        assertThatThrownBy(() -> line.ask(place, LOOK, Database::schemas))
                .isInstanceOf(NotDialled.class);
        now.set(now.get().plus(PATIENT.multipliedBy(2)));
        assertThat(line.ask(place, LOOK, Database::schemas))
                .as("who tried gave no answer in time")
                .contains("public");
        tries.get().close();
    }

    @Test
    void wrong_passwords_and_what_is_typed_into_a_form_never_keep_others_away() throws Exception {
        for (var at = 0; at <= Circuit.FAILURES; at++)
            fails(place(DATABASE.port(), "wrong", 4), LOOK, Reason.PASSWORD_REFUSED);
        assertThat(line.ask(place(4), LOOK, Database::schemas)).contains("public");

        try (var silent = new Gatekeeper(DATABASE.port())) {
            for (var at = 0; at <= Circuit.FAILURES; at++)
                fails(
                        place(silent.port(), "typed", 4),
                        Use.platform(Occasion.ENTERED),
                        Reason.UNREACHABLE);
        }
        pool.closeAll();
        pool.open();
        assertThat(line.ask(place(4), LOOK, Database::schemas)).contains("public");
    }

    @Test
    void failures_at_one_address_do_not_keep_from_another() throws Exception {
        try (var silent = new Gatekeeper(DATABASE.port())) {
            for (var at = 0; at < Circuit.FAILURES; at++)
                fails(place(silent.port(), "x", 4), LOOK, Reason.UNREACHABLE);
        }
        assertThat(line.ask(place(4), LOOK, Database::schemas)).contains("public");
    }
}
