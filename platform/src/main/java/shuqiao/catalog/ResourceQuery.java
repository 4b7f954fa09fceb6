package shuqiao.catalog;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a search is asked for.
 *
 * @param words separated by blanks, all of them must occur
 * @param node full code of a class: what lies at or under it; empty for all
 * @param chosen values of a facet are alternatives, facets are joined by and
 */
public record ResourceQuery(String words, String node, Map<Facet, Set<String>> chosen) {

    public ResourceQuery {
        var kept = new EnumMap<Facet, Set<String>>(Facet.class);
        chosen.forEach((facet, values) -> {
            if (values.isEmpty()) return;
            var clean = new LinkedHashSet<String>();
            values.forEach(value -> clean.add(value.replace("\0", "")));
            kept.put(facet, clean);
        });
        chosen = kept;
    }

    /** Words alone, of one department or of all. */
    public static ResourceQuery of(String words, @Nullable String provider) {
        return new ResourceQuery(
                words, "", provider == null ? Map.of() : Map.of(Facet.PROVIDER, Set.of(provider)));
    }
}
