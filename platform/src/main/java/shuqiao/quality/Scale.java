package shuqiao.quality;

import java.util.List;

/**
 * The part of 0 to 100 points on which averages are drawn, in whole fives and at least ten wide.
 * Averages of departments lie close together: as bars from zero they all look alike, and bars from
 * elsewhere would lie, so they are dots on this scale, whose ends are written beside them.
 *
 * @param from the least points
 * @param to the most points
 */
record Scale(int from, int to) {

    private static final int STEP = 5;
    private static final int WHOLE = 100;

    /** One on which all of these lie. */
    static Scale of(List<Double> points) {
        var least = points.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        var most = points.stream().mapToDouble(Double::doubleValue).max().orElse(WHOLE);
        var from = (int) Math.floor(least / STEP) * STEP;
        var to = (int) Math.ceil(most / STEP) * STEP;
        while (to - from < 2 * STEP) {
            if (to < WHOLE) to += STEP;
            else from -= STEP;
        }
        return new Scale(from, to);
    }

    /** Where those points lie, in hundredths of the way. */
    double at(double points) {
        return 100.0 * (points - from) / (to - from);
    }
}
