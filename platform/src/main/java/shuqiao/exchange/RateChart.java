package shuqiao.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rate of one attempt as a line that fills to the right while it runs. The axis of time ends
 * where the run is expected to end.
 *
 * @param line points of the line, as SVG has them, in a field of {@link #WIDTH} × {@link #HEIGHT}
 * @param area the same, closed along the axis of time
 * @param end where the line has come to
 * @param lines horizontal lines with their rows a second
 * @param marks words under the axis of time
 * @param rows the numbers of the chart as a table
 */
record RateChart(
        String line,
        String area,
        Point end,
        List<Line> lines,
        List<Mark> marks,
        List<Row> rows,
        long mean,
        long most) {

    static final int WIDTH = 640;
    static final int HEIGHT = 180;

    private static final int MARKS = 4;
    private static final int LINES = 4;
    private static final int TABLE_MAX = 30;

    record Point(String x, String y) {}

    record Line(String y, String label) {}

    record Mark(String x, String label) {}

    /** From the beginning until {@code seconds}, so many rows; the rate is of the last stretch. */
    record Row(String seconds, long rows, long perSecond) {}

    private record Rate(double seconds, double perSecond, long rows) {}

    /**
     * @param planned how long the attempt is expected to take in all
     * @return empty list of points where there is nothing to draw: see {@link #isEmpty}
     */
    static RateChart of(Instant began, List<Journal.Sample> samples, Duration planned) {
        var rates = rates(began, samples);
        // one sample makes no line: it would be drawn as a ramp from nothing
        if (rates.size() < 2)
            return new RateChart(
                    "", "", new Point("0", "0"), List.of(), List.of(), List.of(), 0, 0);
        var last = rates.getLast();
        var width = Math.max(planned.toMillis() / 1000.0, last.seconds());
        var most = rates.stream().mapToDouble(Rate::perSecond).max().orElseThrow();
        var top = nice(most);
        var points = new StringBuilder("0,").append(HEIGHT);
        for (var rate : rates)
            points.append(' ')
                    .append(number(rate.seconds() / width * WIDTH))
                    .append(',')
                    .append(number(HEIGHT - rate.perSecond() / top * HEIGHT));
        var end =
                new Point(
                        number(last.seconds() / width * WIDTH),
                        number(HEIGHT - last.perSecond() / top * HEIGHT));
        return new RateChart(
                points.toString(),
                points + " " + end.x() + "," + HEIGHT,
                end,
                lines(top),
                marks(width),
                rows(rates),
                Math.round(last.rows() / last.seconds()),
                Math.round(most));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    private static List<Rate> rates(Instant began, List<Journal.Sample> samples) {
        var rates = new ArrayList<Rate>();
        var before = new Journal.Sample(began, 0, 0);
        for (var sample : samples) {
            var seconds = seconds(before.at(), sample.at());
            if (seconds <= 0) continue;
            rates.add(
                    new Rate(
                            seconds(began, sample.at()),
                            Math.max(0, sample.rows() - before.rows()) / seconds,
                            sample.rows()));
            before = sample;
        }
        return rates;
    }

    private static List<Line> lines(double top) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i <= LINES; i++)
            lines.add(
                    new Line(
                            number(HEIGHT - (double) HEIGHT * i / LINES),
                            "%,d".formatted(Math.round(top * i / LINES))));
        return lines;
    }

    private static List<Mark> marks(double width) {
        var marks = new ArrayList<Mark>();
        for (int i = 0; i <= MARKS; i++)
            marks.add(
                    new Mark(
                            number((double) WIDTH * i / MARKS),
                            String.format(
                                    Locale.ROOT,
                                    width < 1 ? "%.2f" : width < 8 ? "%.1f" : "%.0f",
                                    width * i / MARKS)));
        return marks;
    }

    /** At most {@link #TABLE_MAX} rows: evenly chosen, the last one always. */
    private static List<Row> rows(List<Rate> rates) {
        var rows = new ArrayList<Row>();
        var step = Math.max(1, (rates.size() + TABLE_MAX - 1) / TABLE_MAX);
        for (int i = (rates.size() - 1) % step; i < rates.size(); i += step) {
            var rate = rates.get(i);
            rows.add(
                    new Row(
                            String.format(Locale.ROOT, "%.1f", rate.seconds()),
                            rate.rows(),
                            Math.round(rate.perSecond())));
        }
        return rows;
    }

    /** The next of 1, 2, 4, 8 with zeros that is not less. */
    private static double nice(double most) {
        var power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1))));
        for (var step : new int[] {1, 2, 4, 8}) if (most <= step * power) return step * power;
        return 10 * power;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
