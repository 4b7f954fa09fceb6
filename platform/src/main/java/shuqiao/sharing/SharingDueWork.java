package shuqiao.sharing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.DueWork;
import shuqiao.kernel.Role;

/** The clocks of requests, each with whose hand it waits for now, and grants that end. */
@Component
record SharingDueWork(DeadlineTable table, Renewals renewals, Causes causes) implements DueWork {

    private static final Set<Role> STEWARDS = EnumSet.of(Role.STEWARD);
    private static final Set<Role> REVIEWERS = EnumSet.of(Role.REVIEWER);
    private static final Set<Role> AUTHORITY = EnumSet.of(Role.AUTHORITY);

    @Override
    public List<Due> dueBy(LocalDate last) {
        var authorities = causes.authorities();
        return Stream.concat(
                        table.dueBy(last).stream().flatMap(it -> due(it, authorities)),
                        renewals.due(last).stream().flatMap(it -> due(it, last)))
                .toList();
    }

    @Override
    public List<Due> duties(LocalDate last, @Nullable String organization) {
        var authorities = causes.authorities();
        var running = table.dueBy(last, organization).stream();
        return DueWork.duties(running.flatMap(it -> due(it, authorities)).toList(), organization);
    }

    /**
     * A grant that ends: by when to ask for it once more, so that it can be answered in time, and
     * its last day.
     */
    private static Stream<Due> due(Renewals.Due it, LocalDate last) {
        var ends = new ArrayList<Due>();
        ends.add(right(it, "renew", it.asked()));
        if (!it.ending().until().isAfter(last)) ends.add(right(it, "end", it.ending().until()));
        return ends.stream();
    }

    private static Due right(Renewals.Due it, String what, LocalDate due) {
        var grant = it.ending();
        return new Due(
                "sharing/grant/" + grant.grant() + "/" + what,
                "due.sharing." + what,
                grant.title(),
                grant.number(),
                grant.consumer(),
                STEWARDS,
                "/grants/" + grant.grant() + "/renewal",
                due,
                it.estimated(),
                After.NOTHING,
                "/grants");
    }

    private static Stream<Due> due(DeadlineTable.Run it, List<String> authorities) {
        return switch (it.what()) {
            case ANSWER_CONDITIONAL, ANSWER_UNCONDITIONAL ->
                    switch (it.state()) {
                        case SENT -> Stream.of(accept(it, authorities));
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

    /** By the authority, unless it is a party: then by the provider's reviewer. */
    private static Due accept(DeadlineTable.Run it, List<String> authorities) {
        return authorities.contains(it.consumer()) || authorities.contains(it.provider())
                ? duty(it, "accept", it.provider(), REVIEWERS)
                : duty(it, "accept", null, AUTHORITY);
    }

    private static Due duty(
            DeadlineTable.Run it, String what, @Nullable String organization, Set<Role> roles) {
        return due(it, what, organization, roles, After.EACH_DAY);
    }

    /** Of the consumer: it loses by waiting, nobody else does. */
    private static Due right(DeadlineTable.Run it, String what, Set<Role> roles) {
        return due(it, what, it.consumer(), roles, After.NOTHING);
    }

    private static Due due(
            DeadlineTable.Run it,
            String what,
            @Nullable String organization,
            Set<Role> roles,
            After after) {
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
                after,
                null);
    }
}
