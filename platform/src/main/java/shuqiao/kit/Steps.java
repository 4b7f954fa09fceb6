package shuqiao.kit;

import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Role;

/** Forms and moves as the declaration has them, before the keeper does its part. */
@Component
class Steps {

    /** Characters of a reason. */
    static final int REASON_MAX = 500;

    /** The state does not allow the move. */
    static final class NotNow extends Conflict {
        NotNow(String move, String state) {
            super("kit:not-now", Map.of("move", move, "state", state));
        }
    }

    /** All faults at once: those of the declaration, and those that the keeper knows. */
    static Keeper.Item attempt(
            Registers.Kept kept, Form form, Actor actor, Entry entry, Invalid.Faults faults) {
        require(actor, form.by());
        if (!faults.any()) form.requireAddress(entry);
        Reading.check(form, entry, faults);
        if (faults.any()) {
            kept.keeper().check(actor, form.name(), entry, faults);
            faults.refuseIfAny();
        }
        return kept.keeper().attempt(actor, form.name(), entry);
    }

    /** What the form would do; where it must be confirmed, all of it is in order. */
    static Keeper.Foretold ahead(
            Registers.Kept kept, Form form, Actor actor, Entry entry, Invalid.Faults faults) {
        require(actor, form.by());
        if (Objects.requireNonNull(form.ahead()).must()) {
            Reading.check(form, entry, faults);
            kept.keeper().check(actor, form.name(), entry, faults);
        }
        faults.refuseIfAny();
        return kept.keeper().ahead(actor, form.name(), entry);
    }

    Keeper.Item move(Registers.Kept kept, String name, Actor actor, long id, String said) {
        var transitions = Objects.requireNonNull(kept.register().transitions());
        var move = transitions.move(name);
        require(actor, move.by());
        var item = kept.keeper().get(actor, id);
        if (!move.from().contains(item.state())) throw kept.keeper().notNow(actor, name, item);
        if (move.fourEyes() && actor.isHandOf(item.by())) throw NotAllowed.because("four-eyes");
        var faults = new Invalid.Faults();
        var reason =
                switch (move.reason()) {
                    case NONE -> "";
                    case MAY -> faults.optionalText("reason", said, REASON_MAX);
                    case MUST -> faults.text("reason", said, REASON_MAX);
                };
        faults.refuseIfAny();
        return kept.keeper().move(actor, name, item, reason);
    }

    private static void require(Actor actor, java.util.List<Role> by) {
        if (!by.isEmpty()) actor.require(by.toArray(Role[]::new));
    }
}
