package shuqiao.kit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.shell.Crumb;
import shuqiao.shell.Fact;

/**
 * The page of one thing: every word in the reader's language.
 *
 * @param why beside the state; empty where nothing is said
 * @param due by when it has to leave its state; null where no clock runs
 * @param moves that can be made now
 * @param barred those that cannot, each with the reason
 */
record DetailView(
        String title,
        String thing,
        List<Crumb> way,
        String look,
        String state,
        String why,
        @Nullable LocalDate due,
        boolean estimated,
        List<FormView.Said> line,
        List<Told> facts,
        List<Lines> lines,
        List<FormView.Button> moves,
        List<Barred> barred,
        List<Fact> history) {

    /** A fact with what it is called. */
    record Told(String label, ListView.Cell cell) {}

    /** Lines under a heading; where there are none, that is said. */
    record Lines(String head, List<String> all, String none) {}

    /** A move that cannot be made. */
    record Barred(String word, String why) {}

    static DetailView of(Wording words, Keeper keeper, Actor actor, Keeper.Item item) {
        var register = words.register();
        var detail = Objects.requireNonNull(register.detail());
        var seen = keeper.see(actor, item);
        var way = new ArrayList<Crumb>();
        var listing = register.listing();
        if (listing != null && listing.title() != null)
            way.add(new Crumb(words.say(listing.title()), register.path()));
        way.add(new Crumb(seen.thing(), register.path() + "/" + item.id()));
        var moves = new ArrayList<FormView.Button>();
        var barred = new ArrayList<Barred>();
        var transitions = register.transitions();
        if (transitions != null)
            for (var move : transitions.moves()) {
                var word = words.say(move.say());
                var bar = transitions.bar(move, keeper, actor, item);
                if (bar != null) barred.add(new Barred(word, words.say(bar)));
                else moves.add(FormView.Button.of(words, move, item));
            }
        return new DetailView(
                words.say(detail.title()),
                seen.thing(),
                way,
                transitions == null ? "" : look(words, item.state()),
                transitions == null ? "" : words.say(words.stateLabel(item.state())),
                words.small(item, "state"),
                ListView.due(item),
                Boolean.TRUE.equals(item.values().get("estimated")),
                seen.facts().stream()
                        .map(fact -> new FormView.Said(words.say(fact), fact.isPlain()))
                        .toList(),
                detail.facts().stream()
                        .map(column ->
                                new Told(
                                        Objects.requireNonNull(words.maybe(column.label())),
                                        ListView.cell(words, column, item)))
                        .toList(),
                seen.lines().stream()
                        .map(one ->
                                new Lines(
                                        words.say(one.head()),
                                        one.all().stream().map(words::value).toList(),
                                        words.say(one.none())))
                        .toList(),
                moves,
                barred,
                seen.history().stream().map(past -> fact(words, past)).toList());
    }

    private static String look(Wording words, String state) {
        return Objects.requireNonNullElse(words.state(state).look(), "");
    }

    private static Fact fact(Wording words, Keeper.Past past) {
        var to = words.say(words.stateLabel(past.to()));
        var step =
                past.from() == null
                        ? to
                        : words.say(
                                Words.of(
                                        "kit.history.step",
                                        words.stateLabel(past.from()),
                                        words.stateLabel(past.to())));
        var why = past.why() == null ? "" : words.say(past.why());
        var note = String.join("　", words.value(past.at()), past.by(), why).strip();
        return new Fact(step, note, look(words, past.to()));
    }
}
