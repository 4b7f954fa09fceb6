package shuqiao.sharing;

import java.time.Instant;
import java.util.Optional;

/**
 * One department's request for another's resource.
 *
 * @param number document number, SQ-2026-00001
 * @param profile the profile it was first sent under; empty before
 * @param writer user name or client id of who wrote it last
 * @param preparer the same of who prepared the answer; empty before
 * @param revision grows with each change
 */
public record Request(
        long id,
        String number,
        Subject subject,
        String consumer,
        RequestState state,
        Ask ask,
        Optional<Long> profile,
        String proposal,
        Optional<Decision> decision,
        String writer,
        String preparer,
        int revision,
        Instant createdAt,
        Instant changedAt) {

    /** The resource as it was when it was last asked for. */
    public record Subject(long resource, String code, int version, String title, String provider) {}

    /** Somebody sent it at least once: from then on others see it. */
    public boolean wasSent() {
        return profile.isPresent();
    }

    Request in(RequestState next, Instant at) {
        return copy(subject, next, ask, profile, proposal, decision, writer, preparer, at);
    }

    Request asking(Subject about, Ask wish, String by) {
        return copy(about, state, wish, profile, proposal, decision, by, preparer, changedAt);
    }

    Request sentAs(Subject about, long under) {
        return copy(
                about,
                state,
                ask,
                Optional.of(under),
                proposal,
                decision,
                writer,
                preparer,
                changedAt);
    }

    Request prepared(String answer, String by) {
        return copy(subject, state, ask, profile, answer, decision, writer, by, changedAt);
    }

    Request decided(Decision answer) {
        return copy(
                subject,
                state,
                ask,
                profile,
                proposal,
                Optional.of(answer),
                writer,
                preparer,
                changedAt);
    }

    private Request copy(
            Subject about,
            RequestState next,
            Ask wish,
            Optional<Long> under,
            String answer,
            Optional<Decision> decided,
            String writtenBy,
            String preparedBy,
            Instant at) {
        return new Request(
                id,
                number,
                about,
                consumer,
                next,
                wish,
                under,
                answer,
                decided,
                writtenBy,
                preparedBy,
                revision,
                createdAt,
                at);
    }

    /** The state after a move; refused with 409 when it is not possible now. */
    RequestState after(RequestState.Move move) {
        return state.after(move).orElseThrow(() -> NotNow.of(this, move));
    }
}
