package shuqiao.sharing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Unknown;

/** Keeps requests with their history. Every method that writes runs in its caller's transaction. */
@Component
class Docket {

    private final RequestTable table;
    private final StepTable steps;
    private final NumberTable numbers;
    private final InstantSource clock;

    Docket(RequestTable table, StepTable steps, NumberTable numbers, InstantSource clock) {
        this.table = table;
        this.steps = steps;
        this.numbers = numbers;
        this.clock = clock;
    }

    Request open(Actor by, Request.Subject subject, String consumer, Ask ask) {
        var now = clock.instant();
        var number = numbers.next(NumberTable.Kind.SQ, now.atZone(Clock.ZONE).getYear());
        var request =
                table.insert(
                        new Request(
                                0,
                                number,
                                subject,
                                consumer,
                                RequestState.DRAFT,
                                ask,
                                Optional.empty(),
                                "",
                                Optional.empty(),
                                by.subject(),
                                "",
                                1,
                                now,
                                now));
        record(by, request, RequestState.Move.DRAFT, "", now);
        return request;
    }

    /**
     * Makes a move. Of two hands at once the second finds the state changed and is refused; so is
     * one whose check before the transaction rested on an older revision.
     */
    Request move(
            Actor by,
            Request seen,
            RequestState.Move move,
            String note,
            UnaryOperator<Request> change) {
        var held = table.lock(seen.id()).orElseThrow(() -> new Unknown("request", seen.id()));
        var next = held.after(move);
        if (held.revision() != seen.revision()) throw NotNow.changed(held);
        var now = clock.instant();
        var moved = table.update(change.apply(held).in(next, now));
        record(by, moved, move, note, now);
        return moved;
    }

    Optional<Request> find(long id) {
        return table.find(id);
    }

    List<Step> history(long request) {
        return steps.of(request);
    }

    private void record(
            Actor by, Request request, RequestState.Move move, String note, Instant now) {
        steps.insert(
                request.id(),
                new Step(
                        move,
                        request.state(),
                        move.signed() ? by.signing().name() : by.name(),
                        Optional.ofNullable(by.organization()),
                        note,
                        now));
    }
}
