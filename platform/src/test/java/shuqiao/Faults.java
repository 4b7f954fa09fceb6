package shuqiao;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was broken and how that ended, counted and printed. {@code -Dshuqiao.seed} repeats a test's
 * random choices.
 */
public final class Faults {

    private final long seed = Long.getLong("shuqiao.seed", System.nanoTime());
    private final String where;
    private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();

    public Faults(String where) {
        this.where = where;
        System.out.println("shuqiao.seed=" + seed + " " + where);
    }

    public long seed() {
        return seed;
    }

    public synchronized void count(String kind, String outcome) {
        outcomes.computeIfAbsent(kind, _ -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    public synchronized int total() {
        return outcomes.values().stream()
                .flatMap(some -> some.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** One line for each kind, as the documents have them. */
    public synchronized void print() {
        System.out.printf("%d faults, %s, shuqiao.seed=%d%n", total(), where, seed);
        outcomes.forEach((kind, some) ->
                System.out.printf(
                        "| %s | %d | %s |%n",
                        kind,
                        some.values().stream().mapToInt(Integer::intValue).sum(),
                        String.join(
                                ", ",
                                some.entrySet().stream()
                                        .map(it -> it.getValue() + " " + it.getKey())
                                        .toList())));
    }
}
