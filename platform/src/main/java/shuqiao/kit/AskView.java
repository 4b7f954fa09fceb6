package shuqiao.kit;

import java.util.List;

/** The page that asks before a move: what follows, and why. */
record AskView(
        String title,
        List<String> consequences,
        String action,
        String back,
        boolean reasoned,
        boolean optional,
        String reason,
        int max) {

    static AskView of(Wording words, Transitions.Move move, Keeper.Item item, String reason) {
        var path = words.register().path();
        return new AskView(
                words.say(move.say()),
                move.ask().stream().map(words::say).toList(),
                path + "/" + item.id() + "/" + move.path(),
                path,
                move.reason() != Transitions.Reason.NONE,
                move.reason() == Transitions.Reason.MAY,
                reason,
                Steps.REASON_MAX);
    }
}
