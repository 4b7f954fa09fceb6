package shuqiao.sharing;

import java.time.LocalDate;
import shuqiao.standard.DueDate;

/**
 * One clock of a request.
 *
 * @param profile id of the profile whose rule it is
 * @param article where the rule stands
 * @param workingDays as the rule says
 */
public record Deadline(
        long request, Limit what, long profile, String article, int workingDays, State state) {

    /** How it stands, with what is true then. */
    public sealed interface State {

        DueDate due();

        /**
         * @param countedFrom the day that is not counted itself
         * @param days working days from there; negative when it was late already
         */
        record Running(LocalDate countedFrom, int days, DueDate due) implements State {}

        /**
         * @param left working days that remain when it goes on
         * @param due as it was before
         */
        record Paused(LocalDate since, int left, DueDate due) implements State {}

        record Stopped(LocalDate on, DueDate due) implements State {}
    }

    Deadline with(State next) {
        return new Deadline(request, what, profile, article, workingDays, next);
    }

    /** With more days; both articles stand for it, the same one once. */
    Deadline longer(int days, String by, State next) {
        var both = article.contains(by) ? article : article + "；" + by;
        return new Deadline(request, what, profile, both, workingDays + days, next);
    }

    /** Whether the answer is, or came, too late. */
    public boolean late(LocalDate today) {
        return switch (state) {
            case State.Running(_, _, var due) -> today.isAfter(due.date());
            case State.Paused(_, var left, _) -> left < 0;
            case State.Stopped(var on, var due) -> on.isAfter(due.date());
        };
    }
}
