package shuqiao.kit;

import java.util.List;
import java.util.Objects;

/**
 * The page that asks before a move: what follows, and why.
 *
 * @param thing what the first column of the list tells of it; may be empty
 * @param danger whether the thing ends by it
 */
record AskView(
        String title,
        String thing,
        boolean danger,
        List<String> consequences,
        String action,
        String back,
        boolean reasoned,
        boolean optional,
        String reason,
        int max) {

    static AskView of(Wording words, Transitions.Move move, Keeper.Item item, String reason) {
        var path = words.register().path();
        var listing = words.register().listing();
        var first = listing == null ? null : listing.shown().stream().findFirst().orElse(null);
        return new AskView(
                words.say(move.say()),
                first == null ? "" : words.text(first, DataKit.value(item, first.name())),
                Objects.requireNonNull(words.register().transitions()).state(move.to()).end(),
                move.ask().stream().map(words::say).toList(),
                path + "/" + item.id() + "/" + move.path(),
                first == null || first.link() == null ? path : Registers.filled(first.link(), item),
                move.reason() != Transitions.Reason.NONE,
                move.reason() == Transitions.Reason.MAY,
                reason,
                Steps.REASON_MAX);
    }
}
