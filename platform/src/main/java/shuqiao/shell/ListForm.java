package shuqiao.shell;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.CsvCell;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.OrganizationNames;

/**
 * How a list of documents is searched, narrowed, ordered, paged and exported: one part of the kit
 * for all of them, without a script, all of it in the address. The page has {@code list-form} above
 * its table and {@code list-pages} under it.
 *
 * @param path of the list with what else narrows it, such as its segment
 * @param kept what else narrows it, by parameter; sent along with the form
 * @param with departments of the list, code to name
 * @param sorts order to message key
 */
public record ListForm(
        String path,
        Map<String, String> kept,
        ListQuery query,
        Map<String, String> with,
        Map<String, String> sorts,
        long total,
        int number,
        int last) {

    /** Page numbers beside the present one. */
    private static final int AROUND = 2;

    public static ListForm of(
            String path,
            ListQuery query,
            ListQuery.Numbered<?> page,
            Collection<String> departments,
            OrganizationNames names,
            String dueKey,
            Locale locale) {
        var with = new LinkedHashMap<String, String>();
        departments.stream()
                .map(code -> Map.entry(code, names.shortName(code, locale)))
                .sorted(Map.Entry.comparingByValue())
                .forEach(one -> with.put(one.getKey(), one.getValue()));
        var sorts = new LinkedHashMap<String, String>();
        for (var sort : ListQuery.Sort.values())
            if (sort != ListQuery.Sort.DUE || !dueKey.isEmpty())
                sorts.put(
                        sort.name().toLowerCase(Locale.ROOT),
                        sort == ListQuery.Sort.DUE ? dueKey : "list.sort." + sort);
        var whole = UriComponentsBuilder.fromUriString(path).build();
        var kept = new LinkedHashMap<String, String>();
        whole.getQueryParams()
                .forEach((name, values) -> {
                    var value = values.getFirst();
                    if (value != null) kept.put(name, value);
                });
        return new ListForm(
                path, kept, query, with, sorts, page.total(), page.number(), page.last());
    }

    /** Where the form is sent. */
    public String action() {
        return path.replaceFirst("[?].*", "");
    }

    public String sort() {
        return query.order().name().toLowerCase(Locale.ROOT);
    }

    /** The same list at another page. */
    public String at(int page) {
        return address(path, page);
    }

    /** The same list as a file, all pages of it. */
    public String export() {
        return address(path.replaceFirst("^([^?]*)", "$1/export.csv"), 1);
    }

    private String address(String at, int page) {
        var address = UriComponentsBuilder.fromUriString(at);
        var values = new ArrayList<Object>();
        put(address, values, "q", query.q());
        put(address, values, "with", query.with());
        put(address, values, "sort", sort().equals("newest") ? "" : sort());
        put(address, values, "page", page == 1 ? "" : String.valueOf(page));
        return address.encode().buildAndExpand(values.toArray()).toUriString();
    }

    private static void put(
            UriComponentsBuilder address,
            List<Object> values,
            String name,
            @Nullable String value) {
        if (value == null || value.isEmpty()) return;
        address.queryParam(name, "{" + name + "}");
        values.add(value);
    }

    /** The numbers shown: the first, the last, those around; 0 stands for a gap. */
    public List<Integer> numbers() {
        var numbers = new ArrayList<Integer>();
        for (int n = 1; n <= last; n++) {
            if (n == 1 || n == last || Math.abs(n - number) <= AROUND) numbers.add(n);
            else if (!numbers.getLast().equals(0)) numbers.add(0);
        }
        return numbers;
    }

    /** Writes rows as a file for a spreadsheet, each cell guarded; the first row names them. */
    public static void csv(HttpServletResponse response, String name, List<List<String>> rows)
            throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
        var text =
                rows.stream()
                        .map(row ->
                                row.stream()
                                        .map(CsvCell::quoted)
                                        .collect(Collectors.joining(",", "", "\r\n")))
                        .collect(Collectors.joining("", "\uFEFF", ""));
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
