package shuqiao.kit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Page;

/**
 * What a reader narrows a list by, in which order and which page of it. What is no choice of the
 * declaration is none, so that an address typed by hand still leads to a list.
 */
record ListChoice(
        String path, Map<String, String> filters, String sort, boolean first, int number) {

    private static final int PAGE_MAX = 500;
    private static final int WORDS_MAX = 100;

    static ListChoice of(Register register, MultiValueMap<String, String> asked) {
        var listing = Objects.requireNonNull(register.listing());
        var filters = new LinkedHashMap<String, String>();
        for (var filter : listing.filters()) {
            var value = Objects.requireNonNullElse(asked.getFirst(filter.name()), "").strip();
            if (value.length() > WORDS_MAX) value = value.substring(0, WORDS_MAX);
            if (!value.isEmpty() && fits(filter, value)) filters.put(filter.name(), value);
        }
        var chosen = Objects.requireNonNullElse(asked.getFirst("sort"), "");
        var known = listing.sorts().stream().map(Listing.Sort::name).toList();
        var first = known.isEmpty() ? "" : known.getFirst();
        var sort = known.contains(chosen) ? chosen : first;
        var page = Objects.requireNonNullElse(asked.getFirst("page"), "");
        var number =
                page.matches("[0-9]{1,4}") ? Math.clamp(Integer.parseInt(page), 1, PAGE_MAX) : 1;
        return new ListChoice(register.path(), filters, sort, sort.equals(first), number);
    }

    static boolean fits(Field filter, String value) {
        return switch (filter.type()) {
            case NUMBER -> value.matches("[0-9]{1,18}");
            case CODE, RADIO ->
                    filter.codes().isEmpty()
                            || filter.codes().stream().anyMatch(it -> it.value().equals(value));
            default -> true;
        };
    }

    Listing.Query query() {
        return new Listing.Query(
                filters,
                sort,
                new Page.Request(Listing.SIZE, Long.MAX_VALUE),
                (number - 1L) * Listing.SIZE);
    }

    int last(long total) {
        return (int) Math.clamp((total + Listing.SIZE - 1) / Listing.SIZE, 1, PAGE_MAX);
    }

    ListChoice at(int page) {
        return new ListChoice(path, filters, sort, first, page);
    }

    /** In this order, from the first page. */
    ListChoice by(String order, boolean isFirst) {
        return new ListChoice(path, filters, order, isFirst, 1);
    }

    String address() {
        return address("");
    }

    String address(String below) {
        var address = UriComponentsBuilder.fromPath(path + below);
        var values = new LinkedHashMap<String, Object>(filters);
        filters.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        if (!first) address.queryParam("sort", sort);
        if (number > 1) address.queryParam("page", number);
        return address.encode().buildAndExpand(values).toUriString();
    }
}
