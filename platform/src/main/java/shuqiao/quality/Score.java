package shuqiao.quality;

import java.util.List;
import java.util.Optional;

/**
 * 质量评分: 100 less what is lost, and what was lost. The number is the sum of what it explains.
 *
 * @param lost in the order of the points
 */
public record Score(List<Lost> lost) {

    /** The whole of it. */
    public static final int MAX = 100;

    /**
     * A point that is lost, in whole or, of items, in part.
     *
     * @param points how many of the weight, at least 1
     * @param items names of those it is about; empty where it is about the whole
     * @param first place of the first of them, from 0; -1 where there is none
     */
    public record Lost(Point point, int points, List<String> items, int first) {
        public Lost {
            items = List.copyOf(items);
        }

        static Lost whole(Point point) {
            return new Lost(point, point.weight(), List.of(), -1);
        }
    }

    public Score {
        lost = List.copyOf(lost);
    }

    /** 0 to 100. */
    public int value() {
        return MAX - lost.stream().mapToInt(Lost::points).sum();
    }

    /** What is kept of the weight of a criterion. */
    public int of(Criterion criterion) {
        return criterion.weight()
                - lost.stream()
                        .filter(it -> it.point().criterion() == criterion)
                        .mapToInt(Lost::points)
                        .sum();
    }

    /** Those of one criterion. */
    public List<Lost> lostOf(Criterion criterion) {
        return lost.stream().filter(it -> it.point().criterion() == criterion).toList();
    }

    /** The point of this name, where it is lost. */
    Optional<Lost> lost(String point) {
        return lost.stream().filter(it -> it.point().name().equals(point)).findFirst();
    }
}
