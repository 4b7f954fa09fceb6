package shuqiao.catalog;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import shuqiao.kernel.NormalForm;

/**
 * What a search is asked for: words between blanks, all of which must occur. Width and case make no
 * difference, neither in what is searched nor in what is marked.
 */
final class Words {

    static final int MAX = 8;

    /** Between pairs in a parameter; no folded text holds it. */
    static final String SEPARATOR = "\u001f";

    /** A piece of a text, and whether it is what was looked for. */
    record Part(String text, boolean hit) {}

    private final List<String> all;

    private Words(List<String> all) {
        this.all = all;
    }

    static Words of(String typed) {
        return new Words(
                Arrays.stream(folded(typed).split(" "))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .limit(MAX)
                        .toList());
    }

    static String folded(String text) {
        return NormalForm.of(text)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{Cntrl}\\s\\p{Z}]+", " ")
                .strip();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    /** Empty beyond the last one: the empty text occurs everywhere. */
    String at(int index) {
        return index < all.size() ? all.get(index) : "";
    }

    String whole() {
        return String.join(" ", all);
    }

    /** Every two neighbouring characters, as the index keeps them; empty for single characters. */
    Set<String> pairs() {
        var pairs = new LinkedHashSet<String>();
        for (var word : all) {
            var points = word.codePoints().toArray();
            for (int i = 0; i + 1 < points.length; i++) pairs.add(new String(points, i, 2));
        }
        return pairs;
    }

    /** Whether each of the words occurs in one of two folded texts. */
    boolean within(String text, String other) {
        for (var word : all) if (!text.contains(word) && !other.contains(word)) return false;
        return true;
    }

    /**
     * How well a row that holds the words answers them: a code or a name in whole before a
     * beginning, before words in the name, before the rest.
     */
    int rank(Columns.Text text) {
        var whole = whole();
        var rank =
                whole.equals(text.code())
                        ? 1000
                        : text.name().equals(whole) ? 500 : text.name().startsWith(whole) ? 100 : 0;
        for (var word : all) if (text.name().contains(word)) rank++;
        return rank;
    }

    /** Whether any of the words occurs. */
    boolean hit(String text) {
        var folded = folded(text);
        return all.stream().anyMatch(folded::contains);
    }

    /** The text in pieces, to be marked where a word occurs. */
    List<Part> marked(String text) {
        var folded = new StringBuilder();
        var origin = new ArrayList<Integer>();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            var piece =
                    Normalizer.normalize(
                                    Character.toString(text.codePointAt(at)), Normalizer.Form.NFKC)
                            .toLowerCase(Locale.ROOT);
            folded.append(piece);
            for (int i = 0; i < piece.length(); i++) origin.add(at);
        }
        var hit = new boolean[text.length()];
        for (var word : all)
            for (int at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
                for (int i = at; i < at + word.length(); i++) mark(hit, text, origin.get(i));
        return pieces(text, hit);
    }

    private static void mark(boolean[] hit, String text, int at) {
        for (int i = 0; i < Character.charCount(text.codePointAt(at)); i++) hit[at + i] = true;
    }

    private static List<Part> pieces(String text, boolean[] hit) {
        var parts = new ArrayList<Part>();
        for (int from = 0, to; from < text.length(); from = to) {
            to = from + 1;
            while (to < text.length() && hit[to] == hit[from]) to++;
            parts.add(new Part(text.substring(from, to), hit[from]));
        }
        return parts;
    }
}
