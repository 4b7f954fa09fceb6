package shuqiao.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/**
 * The whole state of the search page, as it stands in its address. What an address says that makes
 * no sense is passed over: a link that was shortened still opens.
 *
 * @param node full code of the class searched under, empty for all
 * @param page from 1
 */
record Filters(
        String typed,
        String node,
        boolean mine,
        Map<Facet, Set<String>> chosen,
        Sort sort,
        int page) {

    private static final int TYPED_MAX = 200;
    private static final int CHOSEN_MAX = 50;

    enum Sort {
        RELEVANCE,
        NEWEST,
        NAME,
        SCORE;

        public String parameter() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Filters of(MultiValueMap<String, String> address, boolean hasOrganization) {
        var mine = hasOrganization && "true".equals(address.getFirst("mine"));
        var chosen = new EnumMap<Facet, Set<String>>(Facet.class);
        for (var facet : Facet.values()) {
            if (facet == Facet.STATE && !mine) continue;
            var values =
                    address.getOrDefault(facet.parameter(), List.of()).stream()
                            .filter(facet::knows)
                            .map(value -> value.replace("\0", ""))
                            .limit(CHOSEN_MAX)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!values.isEmpty()) chosen.put(facet, values);
        }
        var typed = text(address.getFirst("q"));
        return new Filters(
                typed.length() > TYPED_MAX ? typed.substring(0, TYPED_MAX) : typed,
                text(address.getFirst("class")),
                mine,
                chosen,
                sort(address.getFirst("sort"), typed.isEmpty()),
                number(address.getFirst("page")));
    }

    public Set<String> of(Facet facet) {
        return chosen.getOrDefault(facet, Set.of());
    }

    public boolean narrowed() {
        return !chosen.isEmpty() || !node.isEmpty();
    }

    /** This search with one value less; the first page of it. */
    Filters without(Facet facet, String value) {
        var left = new EnumMap<Facet, Set<String>>(Facet.class);
        left.putAll(chosen);
        var values = new LinkedHashSet<>(of(facet));
        values.remove(value);
        if (values.isEmpty()) left.remove(facet);
        else left.put(facet, values);
        return new Filters(typed, node, mine, left, sort, 1);
    }

    /** Without a class that is not in the tree; else as it is, on the page it is on. */
    Filters known(Tree tree) {
        return node.isEmpty() || tree.find(node).isPresent() ? this : under("");
    }

    Filters under(String other) {
        return new Filters(typed, other, mine, chosen, sort, 1);
    }

    Filters at(int other) {
        return new Filters(typed, node, mine, chosen, sort, other);
    }

    /** Only the words are left. */
    public Filters cleared() {
        return new Filters(typed, "", mine, Map.of(), sort, 1);
    }

    public String path() {
        var parts = new ArrayList<String>();
        if (!typed.isEmpty()) parts.add("q=" + encoded(typed));
        if (mine) parts.add("mine=true");
        if (!node.isEmpty()) parts.add("class=" + encoded(node));
        for (var facet : chosen.entrySet())
            for (var value : facet.getValue())
                parts.add(facet.getKey().parameter() + "=" + encoded(value));
        if (sort != sort(null, typed.isEmpty())) parts.add("sort=" + sort.parameter());
        if (page > 1) parts.add("page=" + page);
        return parts.isEmpty() ? "/resources" : "/resources?" + String.join("&", parts);
    }

    /** All that this search finds, as a workbook. */
    public String exportPath() {
        return path().replaceFirst("^/resources", "/resources/export.xlsx");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.replace("\0", "").strip();
    }

    private static Sort sort(@Nullable String value, boolean noWords) {
        return Arrays.stream(Sort.values())
                .filter(sort -> sort.parameter().equals(value))
                .findFirst()
                .orElse(noWords ? Sort.NEWEST : Sort.RELEVANCE);
    }

    private static int number(@Nullable String value) {
        return value != null && value.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(value) : 1;
    }

    private static String encoded(String value) {
        return UriUtils.encode(value, StandardCharsets.UTF_8);
    }
}
