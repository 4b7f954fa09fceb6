package shuqiao.catalog;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts of all facets in one pass over groups of resources that are alike. A group that meets all
 * that is chosen counts in every facet; one that fails a single facet counts in that one only, for
 * a facet ignores its own choice and obeys the others. The class is a facet like any other.
 */
final class Tally {

    /** What resources have in common; a value that they do not have is absent. */
    record Group(String node, Map<Facet, String> values) {}

    private final Map<Facet, Set<String>> chosen;
    private final @Nullable Collection<String> under;
    private final Map<Facet, Map<String, Long>> counts = new EnumMap<>(Facet.class);
    private final Map<String, Long> classes = new HashMap<>();
    private long total;

    /**
     * @param under codes at and under the chosen class; null when none is chosen
     */
    Tally(Map<Facet, Set<String>> chosen, @Nullable Collection<String> under) {
        this.chosen = chosen;
        this.under = under;
        for (var facet : Facet.values()) counts.put(facet, new HashMap<>());
    }

    void add(Group group, long number) {
        @Nullable Facet failed = null;
        var failures = 0;
        for (var choice : chosen.entrySet()) {
            var value = group.values().get(choice.getKey());
            if (value != null && choice.getValue().contains(value)) continue;
            failed = choice.getKey();
            failures++;
        }
        var outside = under != null && !under.contains(group.node());
        if (outside) failures++;
        if (failures > 1) return;
        if (outside || failures == 0) classes.merge(group.node(), number, Long::sum);
        if (outside) return;
        if (failed != null) {
            count(failed, group, number);
            return;
        }
        total += number;
        for (var facet : Facet.values()) count(facet, group, number);
    }

    private void count(Facet facet, Group group, long number) {
        var value = group.values().get(facet);
        var values = counts.get(facet);
        if (value != null && values != null) values.merge(value, number, Long::sum);
    }

    long total() {
        return total;
    }

    Map<Facet, Map<String, Long>> counts() {
        return counts;
    }

    Map<String, Long> classes() {
        return classes;
    }
}
