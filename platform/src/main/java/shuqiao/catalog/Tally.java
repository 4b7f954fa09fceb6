package shuqiao.catalog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts of all facets in one pass. An entry that meets all that is chosen counts in every facet;
 * one that fails a single facet counts in that one only, for a facet ignores its own choice and
 * obeys the others. The class is a facet like any other.
 */
final class Tally {

    private record Choice(int facet, BitSet values) {}

    private final Map<Facet, Codes> codes;
    private final Codes classCodes;
    private final List<Choice> chosen = new ArrayList<>();
    private final @Nullable BitSet under;
    private final long[][] counts = new long[Facet.values().length][];
    private final long[] classes;
    private long total;

    /**
     * @param under codes at and under the chosen class; null when none is chosen
     */
    Tally(
            Map<Facet, Codes> codes,
            Codes classCodes,
            Map<Facet, Set<String>> chosen,
            @Nullable Collection<String> under) {
        this.codes = codes;
        this.classCodes = classCodes;
        this.under = under == null ? null : classCodes.find(under);
        codes.forEach((facet, those) -> {
            counts[facet.ordinal()] = new long[those.end()];
            var values = chosen.get(facet);
            if (values != null) this.chosen.add(new Choice(facet.ordinal(), those.find(values)));
        });
        classes = new long[classCodes.end()];
    }

    /**
     * @param values number of the value of each facet, 0 for none
     * @return whether the entry meets all that is chosen
     */
    boolean add(int[] values, int node) {
        var failed = -1;
        var failures = 0;
        for (int i = 0; i < chosen.size(); i++) {
            var choice = chosen.get(i);
            if (choice.values().get(values[choice.facet()])) continue;
            failed = choice.facet();
            failures++;
        }
        var outside = under != null && !under.get(node);
        if (outside) failures++;
        if (failures > 1) return false;
        if (outside || failures == 0) classes[node]++;
        if (outside) return false;
        if (failures == 1) {
            counts[failed][values[failed]]++;
            return false;
        }
        total++;
        for (int facet = 0; facet < counts.length; facet++) counts[facet][values[facet]]++;
        return true;
    }

    long total() {
        return total;
    }

    Map<Facet, Map<String, Long>> counts() {
        var all = new EnumMap<Facet, Map<String, Long>>(Facet.class);
        codes.forEach((facet, those) -> all.put(facet, named(counts[facet.ordinal()], those)));
        return all;
    }

    Map<String, Long> classes() {
        return named(classes, classCodes);
    }

    private static Map<String, Long> named(long[] numbers, Codes codes) {
        var named = new HashMap<String, Long>();
        for (int number = 1; number < numbers.length; number++)
            if (numbers[number] > 0) named.put(codes.value(number), numbers[number]);
        return named;
    }
}
