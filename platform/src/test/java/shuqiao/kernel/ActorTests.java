package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Four eyes are those of two hands, whether a person or a program moves them. */
class ActorTests {

    private static final Set<Role> BOTH = Set.of(Role.STEWARD, Role.REVIEWER);

    @Test
    void a_program_is_the_hand_of_what_it_wrote_itself() {
        var program = new Actor(Actor.Kind.PROGRAM, "p", "程序", "X", BOTH);

        assertThat(program.isHandOf("p")).isTrue();
        assertThat(program.isHandOf("q")).isFalse();
    }

    @Test
    void a_person_and_the_programs_whose_secrets_that_person_holds_are_one_hand() {
        var person = new Actor(Actor.Kind.PERSON, "zhang", "张", "X", BOTH).withHands(Set.of("p"));
        var program =
                new Actor(Actor.Kind.PROGRAM, "p", "程序", "X", BOTH).withHands(Set.of("zhang", "q"));

        assertThat(person.isHandOf("p")).isTrue();
        assertThat(program.isHandOf("zhang")).isTrue();
        assertThat(program.isHandOf("q")).isTrue();
        assertThat(program.signing().isHandOf("zhang")).isTrue();
    }

    @Test
    void a_substitute_is_the_hand_of_the_absent_one() {
        var substitute =
                new Actor(Actor.Kind.PERSON, "li", "李", "X", BOTH, new Actor.Absent("zhang", "张"));

        assertThat(substitute.isHandOf("zhang")).isTrue();
        assertThat(Actor.PLATFORM.isHandOf("platform")).isFalse();
    }
}
