package shuqiao.shell;

import java.util.ArrayList;
import java.util.List;
import shuqiao.kernel.Figures;

/**
 * A group of figures as it is drawn by {@code shell/charts :: chart}.
 *
 * @param drawn false where a single figure or part stands alone, which no bar compares with
 *     anything
 * @param pieces of one bar where the figures are parts, else one for each figure
 */
public record Chart(
        Figures.Group group, boolean parts, boolean drawn, List<String> looks, List<Piece> pieces) {

    private static final int LOOKS = 8;

    /** A piece of a bar, in hundredths of its width. */
    public record Piece(String look, double from, double width) {}

    public static Chart of(Figures.Group group) {
        var looks = new ArrayList<String>();
        var parts = group.shape() == Figures.Shape.PARTS;
        for (var figure : group.figures())
            looks.add(
                    figure.look().equals("next")
                            // bars beside each other are compared: they are of one colour
                            ? "c" + (parts ? looks.size() % LOOKS + 1 : 1)
                            : figure.look());
        var pieces = new ArrayList<Piece>();
        var whole =
                parts
                        ? group.total()
                        : group.figures().stream()
                                .mapToLong(Figures.Figure::number)
                                .max()
                                .orElse(1);
        var from = 0.0;
        for (int at = 0; at < looks.size(); at++) {
            var width = 100.0 * group.figures().get(at).number() / Math.max(whole, 1);
            pieces.add(new Piece(looks.get(at), from, width));
            if (parts) from += width;
        }
        var seen = pieces.stream().filter(piece -> !parts || piece.width() > 0).count();
        return new Chart(group, parts, seen > 1, looks, pieces);
    }
}
