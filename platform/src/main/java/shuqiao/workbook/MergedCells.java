package shuqiao.workbook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which cells of a sheet are merged. People merge the cells of a resource down over the rows of its
 * items; all of them are meant.
 */
final class MergedCells {

    /** From row and column to row and column, all from 0. */
    record Area(int top, int left, int bottom, int right) {}

    static final int AREAS_MAX = 20_000;

    private static final Pattern AREA =
            Pattern.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})");

    private final List<Area> areas;
    private int next;

    /** The area of each column that the present row lies in, with its words. */
    private final Map<Integer, Area> open = new HashMap<>();

    private final Map<Integer, String> words = new HashMap<>();

    /**
     * @param columns how many are read; areas beyond are left out
     */
    MergedCells(List<Area> merged, int columns) {
        areas = new ArrayList<>(merged);
        areas.removeIf(area -> area.bottom() <= area.top() || area.left() >= columns);
        areas.sort(Comparator.comparingInt(Area::top));
    }

    boolean isEmpty() {
        return areas.isEmpty();
    }

    static @Nullable Area area(@Nullable String ref) {
        if (ref == null) return null;
        var ends = AREA.matcher(ref);
        if (!ends.matches()) return null;
        return new Area(
                Integer.parseInt(ends.group(2)) - 1,
                column(ends.group(1)),
                Integer.parseInt(ends.group(4)) - 1,
                column(ends.group(3)));
    }

    private static int column(String letters) {
        int column = 0;
        for (char c : letters.toCharArray()) column = column * 26 + c - 'A' + 1;
        return column - 1;
    }

    /**
     * Gives the rows of a merged area the words of its first row, in its first column. Rows come
     * from the top. No program lets areas overlap; of those that do, the later one counts.
     */
    void fill(int row, List<Workbook.Cell> cells) {
        for (; next < areas.size() && areas.get(next).top() <= row; next++) {
            var area = areas.get(next);
            open.put(area.left(), area);
            words.remove(area.left());
        }
        open.values().removeIf(area -> area.bottom() < row);
        for (var area : open.values()) {
            int left = area.left();
            var here = left < cells.size() ? cells.get(left).text() : "";
            if (row == area.top()) words.put(left, here);
            else if (here.isEmpty() && !words.getOrDefault(left, "").isEmpty()) {
                while (cells.size() <= left) cells.add(Workbook.Cell.EMPTY);
                cells.set(
                        left,
                        new Workbook.Cell(words.getOrDefault(left, ""), Workbook.Kind.MERGED));
            }
        }
    }
}
