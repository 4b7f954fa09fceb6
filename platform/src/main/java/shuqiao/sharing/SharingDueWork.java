package shuqiao.sharing;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.DueWork;
import shuqiao.kernel.Role;

/** The clocks of requests, each with whose hand it waits for now. */
@Component
class SharingDueWork implements DueWork {

    private static final Set<Role> STEWARDS = EnumSet.of(Role.STEWARD);
    private static final Set<Role> REVIEWERS = EnumSet.of(Role.REVIEWER);
    private static final Set<Role> AUTHORITY = EnumSet.of(Role.AUTHORITY);

    private final DeadlineTable table;

    SharingDueWork(DeadlineTable table) {
        this.table = table;
    }

    @Override
    public List<Due> dueBy(LocalDate last) {
        return table.dueBy(last).stream().flatMap(SharingDueWork::due).toList();
    }

    private static Stream<Due> due(DeadlineTable.Run it) {
        return switch (it.what()) {
            case ANSWER_CONDITIONAL, ANSWER_UNCONDITIONAL ->
                    switch (it.state()) {
                        case SENT -> Stream.of(duty(it, "accept", null, AUTHORITY));
                        case ACCEPTED -> Stream.of(duty(it, "answer", it.provider(), STEWARDS));
                        case PREPARED -> Stream.of(duty(it, "sign", it.provider(), REVIEWERS));
                        default -> Stream.of();
                    };
            case NEGOTIATION -> Stream.of(duty(it, "negotiate", it.provider(), REVIEWERS));
            case ARBITRATION -> Stream.of(duty(it, "arbitrate", null, AUTHORITY));
            case DISPUTE_WITHIN -> Stream.of(right(it, "dispute", REVIEWERS));
            case SHARE_WITHIN -> Stream.of(right(it, "fetch", STEWARDS));
            case EXTENSION, REFUSAL_BASIS, RENEWAL_NOTICE -> Stream.of();
        };
    }

    private static Due duty(
            DeadlineTable.Run it, String what, @Nullable String organization, Set<Role> roles) {
        return due(it, what, organization, roles, true);
    }

    /** Of the consumer: it loses by waiting, nobody else does. */
    private static Due right(DeadlineTable.Run it, String what, Set<Role> roles) {
        return due(it, what, it.consumer(), roles, false);
    }

    private static Due due(
            DeadlineTable.Run it,
            String what,
            @Nullable String organization,
            Set<Role> roles,
            boolean duty) {
        return new Due(
                "sharing/" + it.request() + "/" + it.what(),
                "due.sharing." + what,
                it.title(),
                it.number(),
                organization,
                roles,
                "/requests/" + it.request(),
                it.due(),
                it.estimated(),
                duty);
    }
}
