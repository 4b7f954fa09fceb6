package shuqiao.quality;

import java.util.Arrays;
import java.util.List;

/** 评分维度: what a score is made of. The weights of all points add up to 100. */
public enum Criterion {
    COMPLETENESS,
    ITEMS,
    MOUNT,
    SHARING,
    FRESHNESS,
    NAMING;

    /** The points that belong to it, in the order in which they are shown. */
    public List<Point> points() {
        return Arrays.stream(Point.values()).filter(it -> it.criterion() == this).toList();
    }

    public int weight() {
        return points().stream().mapToInt(Point::weight).sum();
    }
}
