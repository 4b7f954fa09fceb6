package shuqiao.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sentence of a kind of act, as its room writes it under {@code event.NAME.sentence}: {@code
 * {days}} is a fact as it stands, {@code {request:request}} a thing that a room names, {@code
 * {outcome:Outcome}} the word under {@code Outcome.VALUE}. What stands in brackets is said only
 * where each of its facts is there: events of earlier releases told less.
 */
record Sentence(List<Piece> pieces) {

    /** Who did it, with the department; not a fact. */
    static final String BY = "by";

    private static final Pattern HOLE = Pattern.compile("\\{(\\w+)(?::([\\w.-]+))?\\}");
    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\]]*)\\]");

    /** Text, or a place for a fact. */
    sealed interface Piece {
        record Text(String text) implements Piece {}

        /**
         * @param type what names it; null for a fact said as it stands
         */
        record Hole(String fact, @Nullable String type) implements Piece {}

        record Maybe(List<Piece> pieces) implements Piece {}
    }

    static Sentence of(String text) {
        var pieces = new ArrayList<Piece>();
        var optional = OPTIONAL.matcher(text);
        var end = 0;
        while (optional.find()) {
            holes(text.substring(end, optional.start()), pieces);
            var inner = new ArrayList<Piece>();
            holes(optional.group(1), inner);
            pieces.add(new Piece.Maybe(inner));
            end = optional.end();
        }
        holes(text.substring(end), pieces);
        return new Sentence(List.copyOf(pieces));
    }

    private static void holes(String text, List<Piece> pieces) {
        var hole = HOLE.matcher(text);
        var end = 0;
        while (hole.find()) {
            if (hole.start() > end) pieces.add(new Piece.Text(text.substring(end, hole.start())));
            pieces.add(new Piece.Hole(hole.group(1), hole.group(2)));
            end = hole.end();
        }
        if (end < text.length()) pieces.add(new Piece.Text(text.substring(end)));
    }

    /** All places of facts, those in brackets too. */
    List<Piece.Hole> holes() {
        var all = new ArrayList<Piece.Hole>();
        collect(pieces, all);
        return all;
    }

    /** The facts without which this cannot be said. */
    Set<String> needed() {
        var needed = new TreeSet<String>();
        for (var piece : pieces)
            if (piece instanceof Piece.Hole(var fact, _) && !fact.equals(BY)) needed.add(fact);
        return needed;
    }

    private static void collect(List<Piece> pieces, List<Piece.Hole> into) {
        for (var piece : pieces)
            switch (piece) {
                case Piece.Text _ -> {}
                case Piece.Hole hole -> into.add(hole);
                case Piece.Maybe(var inner) -> collect(inner, into);
            }
    }

    /** Fills the places; empty where a fact outside of brackets is not there. */
    <T> Optional<List<T>> fill(
            Function<String, T> text, Function<Piece.Hole, Optional<List<T>>> fact) {
        return fill(pieces, text, fact);
    }

    private static <T> Optional<List<T>> fill(
            List<Piece> pieces,
            Function<String, T> text,
            Function<Piece.Hole, Optional<List<T>>> fact) {
        var all = new ArrayList<T>();
        for (var piece : pieces)
            switch (piece) {
                case Piece.Text(var words) -> all.add(text.apply(words));
                case Piece.Hole hole -> {
                    var filled = fact.apply(hole);
                    if (filled.isEmpty()) return Optional.empty();
                    all.addAll(filled.get());
                }
                case Piece.Maybe(var inner) -> fill(inner, text, fact).ifPresent(all::addAll);
            }
        return Optional.of(all);
    }
}
