package shuqiao.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** What waits for a second administrator, and secrets that wait for a department's own people. */
@Component
record IdentityToDos(PendingChanges changes, Programs programs, PersonNames names)
        implements ToDos {

    private static final int SHOWN_MAX = 100;

    @Override
    public List<ToDo> of(Actor actor) {
        var waiting = new ArrayList<ToDo>();
        if (actor.has(Role.SYSTEM_ADMIN) || actor.has(Role.AUDIT_ADMIN)) {
            var changed =
                    changes.all(actor).stream()
                            .filter(one -> changes.mayConfirm(actor, one))
                            .toList();
            var known =
                    FactNames.people(
                            List.of(names),
                            changed.stream()
                                    .flatMap(one -> Stream.of(one.subject(), one.askedBy()))
                                    .collect(Collectors.toSet()),
                            LocaleContextHolder.getLocale());
            for (var one : changed)
                waiting.add(
                        new ToDo(
                                "identity.pending",
                                known.getOrDefault(one.subject(), one.subject()),
                                known.getOrDefault(one.askedBy(), one.askedBy()),
                                AdminTabs.PENDING,
                                one.expiresAt().atZone(Clock.ZONE).toLocalDate(),
                                false));
        }
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
