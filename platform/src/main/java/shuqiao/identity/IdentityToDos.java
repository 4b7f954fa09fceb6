package shuqiao.identity;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** What waits for a second administrator, and secrets that wait for a department's own people. */
@Component
class IdentityToDos implements ToDos {

    private static final int SHOWN_MAX = 100;

    private final PendingChanges changes;
    private final Programs programs;

    IdentityToDos(PendingChanges changes, Programs programs) {
        this.changes = changes;
        this.programs = programs;
    }

    @Override
    public List<ToDo> of(Actor actor) {
        var waiting = new ArrayList<ToDo>();
        if (actor.has(Role.SYSTEM_ADMIN) || actor.has(Role.AUDIT_ADMIN))
            for (var one : changes.all(actor))
                if (changes.mayConfirm(actor, one))
                    waiting.add(
                            new ToDo(
                                    "identity.pending",
                                    one.subject(),
                                    one.askedBy(),
                                    AdminTabs.PENDING,
                                    one.expiresAt().atZone(Clock.ZONE).toLocalDate(),
                                    false));
        for (var one : programs.own(actor))
            if (one.secretWaits() && one.isOf(actor))
                waiting.add(
                        new ToDo(
                                "identity.secret",
                                one.name(),
                                one.clientId(),
                                OwnProgramPages.PATH,
                                null,
                                false));
        return waiting.stream().limit(SHOWN_MAX).toList();
    }
}
