package shuqiao.sharing;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Notices.Notice;
import shuqiao.kernel.Role;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.sharing.DisputeEvent.ArbitrationAsked;
import shuqiao.sharing.DisputeEvent.ArbitrationDecided;
import shuqiao.sharing.DisputeEvent.NegotiationEnded;
import shuqiao.sharing.DisputeEvent.NegotiationOpened;
import shuqiao.sharing.GrantEvent.GrantRevoked;
import shuqiao.sharing.RequestEvent.AnswerSentBack;
import shuqiao.sharing.RequestEvent.DeadlineMoved;
import shuqiao.sharing.RequestEvent.ExtensionAnswered;
import shuqiao.sharing.RequestEvent.ExtensionAsked;
import shuqiao.sharing.RequestEvent.RequestAccepted;
import shuqiao.sharing.RequestEvent.RequestDecided;
import shuqiao.sharing.RequestEvent.RequestPrepared;
import shuqiao.sharing.RequestEvent.RequestReturned;
import shuqiao.sharing.RequestEvent.RequestSent;
import shuqiao.sharing.RequestEvent.RequestWithdrawn;

/** Tells those whose turn it is, and those who waited for the answer. */
@Component
record SharingNotices(Notices notices, Docket docket, Causes causes) implements Tells {

    private static final Set<Role> STEWARDS = EnumSet.of(Role.STEWARD);
    private static final Set<Role> REVIEWERS = EnumSet.of(Role.REVIEWER);
    private static final Set<Role> BOTH = EnumSet.of(Role.STEWARD, Role.REVIEWER);
    private static final Set<Role> AUTHORITY = EnumSet.of(Role.AUTHORITY);
    private static final Function<Request, String> PROVIDER = it -> it.subject().provider();
    private static final Function<Request, String> CONSUMER = Request::consumer;

    @Override
    public List<Telling<?>> tellings() {
        return List.of(
                new Telling<>("sharing.sent", RequestSent.class, this::on),
                new Telling<>("sharing.accepted", RequestAccepted.class, this::on),
                new Telling<>("sharing.prepared", RequestPrepared.class, this::on),
                new Telling<>("sharing.sent-back", AnswerSentBack.class, this::on),
                new Telling<>("sharing.returned", RequestReturned.class, this::on),
                new Telling<>("sharing.withdrawn", RequestWithdrawn.class, this::on),
                new Telling<>("sharing.decided", RequestDecided.class, this::on),
                new Telling<>("sharing.extension-asked", ExtensionAsked.class, this::on),
                new Telling<>("sharing.extension-answered", ExtensionAnswered.class, this::on),
                new Telling<>("sharing.negotiating", NegotiationOpened.class, this::on),
                new Telling<>("sharing.agreed", NegotiationEnded.class, this::on),
                new Telling<>("sharing.arbitrating", ArbitrationAsked.class, this::on),
                new Telling<>("sharing.awarded", ArbitrationDecided.class, this::on),
                new Telling<>("sharing.revoked", GrantRevoked.class, this::on),
                new Telling<>("sharing.moved", DeadlineMoved.class, this::on));
    }

    private void on(RequestSent it) {
        docket.find(it.request())
                .filter(request -> request.state() == RequestState.SENT)
                .ifPresent(request -> {
                    if (causes.authorityIsParty(request))
                        notices.tell(
                                request.subject().provider(),
                                REVIEWERS,
                                notice(request, "sent", Map.of()));
                    else notices.tell(AUTHORITY, notice(request, "sent", Map.of()));
                });
    }

    private void on(RequestAccepted it) {
        tell(it.request(), "accepted", PROVIDER, STEWARDS);
    }

    private void on(RequestPrepared it) {
        tell(it.request(), "prepared", PROVIDER, REVIEWERS);
    }

    private void on(AnswerSentBack it) {
        tell(it.request(), "sent-back", PROVIDER, STEWARDS);
    }

    private void on(RequestReturned it) {
        tell(it.request(), "returned", CONSUMER, BOTH);
    }

    private void on(RequestWithdrawn it) {
        docket.find(it.request())
                .filter(Request::wasSent)
                .ifPresent(request ->
                        notices.tell(
                                PROVIDER.apply(request),
                                STEWARDS,
                                notice(request, "withdrawn", Map.of())));
    }

    /** What is given without a decision was asked for a moment before by the same department. */
    private void on(RequestDecided it) {
        if (it.rule() == Grant.Rule.DECISION)
            tell(
                    it.request(),
                    "decided",
                    CONSUMER,
                    BOTH,
                    Map.of("outcome", Notices.word("Outcome." + it.outcome())));
    }

    private void on(ExtensionAsked it) {
        docket.find(it.request())
                .ifPresent(request ->
                        notices.tell(
                                AUTHORITY,
                                new Notice(
                                        "sharing.extension-asked",
                                        facts(request, Map.of("days", it.days())),
                                        path(request))));
    }

    private void on(ExtensionAnswered it) {
        tell(
                it.request(),
                "extension-answered",
                PROVIDER,
                BOTH,
                Map.of("outcome", Notices.word("ExtensionOutcome." + it.outcome())));
        if (it.outcome() == Extension.Outcome.CONSENTED)
            it.due()
                    .ifPresent(due ->
                            tell(
                                    it.request(),
                                    "extended",
                                    CONSUMER,
                                    BOTH,
                                    Map.of("due", due.toString())));
    }

    private void on(NegotiationOpened it) {
        tell(it.request(), "negotiating", PROVIDER, REVIEWERS);
    }

    private void on(NegotiationEnded it) {
        tell(it.request(), it.changed() ? "agreed" : "kept", CONSUMER, BOTH);
    }

    private void on(ArbitrationAsked it) {
        docket.find(it.request())
                .ifPresent(request ->
                        notices.tell(AUTHORITY, notice(request, "arbitrating", Map.of())));
        tell(it.request(), "arbitrating", PROVIDER, REVIEWERS);
    }

    private void on(ArbitrationDecided it) {
        var outcome =
                Map.<String, Object>of("outcome", Notices.word("AwardOutcome." + it.outcome()));
        tell(it.request(), "awarded", CONSUMER, BOTH, outcome);
        tell(it.request(), "awarded", PROVIDER, BOTH, outcome);
    }

    private void on(GrantRevoked it) {
        notices.tell(
                it.consumer(),
                BOTH,
                new Notice(
                        "sharing.revoked",
                        Map.of(
                                "number", it.number(),
                                "provider", Notices.organization(it.provider())),
                        "/grants/" + it.grant()));
    }

    /** Who has to act and who waits, both. */
    private void on(DeadlineMoved it) {
        var facts =
                Map.<String, Object>of(
                        "what", Notices.word("Limit." + it.what()),
                        "before", it.before().toString(),
                        "due", it.due().toString(),
                        "year", it.notice().substring(0, it.notice().indexOf('/')));
        tell(it.request(), "moved", CONSUMER, STEWARDS, facts);
        switch (it.what()) {
            case ARBITRATION ->
                    docket.find(it.request())
                            .ifPresent(request ->
                                    notices.tell(AUTHORITY, notice(request, "moved", facts)));
            default -> tell(it.request(), "moved", PROVIDER, BOTH, facts);
        }
    }

    private void tell(long id, String what, Function<Request, String> side, Set<Role> roles) {
        tell(id, what, side, roles, Map.of());
    }

    private void tell(
            long id,
            String what,
            Function<Request, String> side,
            Set<Role> roles,
            Map<String, Object> more) {
        docket.find(id)
                .ifPresent(request ->
                        notices.tell(side.apply(request), roles, notice(request, what, more)));
    }

    private static Notice notice(Request it, String what, Map<String, Object> more) {
        return new Notice("sharing." + what, facts(it, more), path(it));
    }

    private static String path(Request it) {
        return "/requests/" + it.id();
    }

    private static Map<String, Object> facts(Request it, Map<String, Object> more) {
        var facts = new HashMap<>(more);
        facts.put("number", it.number());
        facts.put("title", it.subject().title());
        facts.put("consumer", Notices.organization(it.consumer()));
        facts.put("provider", Notices.organization(it.subject().provider()));
        return facts;
    }
}
