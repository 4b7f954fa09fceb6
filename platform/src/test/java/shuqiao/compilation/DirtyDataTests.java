package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import shuqiao.workbook.CellFault;
import shuqiao.workbook.HandedIn;
import shuqiao.workbook.TestBook;

/** Lists as departments really keep them: what is wrong with them is found, and nothing else. */
class DirtyDataTests extends ImportGround {

    private static final Pattern CELL =
            Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^,]+)|(?<=,|^)(?=,|$)");

    /** 1,135 service items of a district, with the codes of its departments as they were typed. */
    @Test
    void codes_of_departments_as_people_type_them() throws IOException {
        var rows = new ArrayList<Map<String, Object>>();
        for (var it : csv("service-items.csv.gz")) {
            var cells = with(entry(it.get("item_name")), "提供科室", it.get("department"));
            cells.put("信息资源提供方代码", it.get("dept_code_in_link"));
            cells.put("信息项名称*", "申请人");
            cells.put("数据类型*", "字符型 C");
            cells.put("数据长度△", "50");
            rows.add(cells);
        }

        var plan = plan(rows);

        // two names stand twice; no code is this department's own
        assertThat(plan.entries()).isEqualTo(1_133);
        assertThat(plan.tally().ready()).isZero();
        assertThat(counts(plan))
                .containsEntry("ERROR providerCode code.credit-code.length", 869L)
                .containsEntry("ERROR providerCode code.credit-code.lower-case", 13L)
                .containsEntry("ERROR providerCode compilation.other-department", 251L)
                .containsEntry("ERROR itemName catalog.item-twice", 2L)
                .containsEntry("ADVICE name compilation.wide", 4L)
                .hasSize(5);
    }

    /** 498 sources of public data with their contents in one cell each. */
    @Test
    void contents_of_sources_as_people_write_them() throws IOException {
        var rows = new ArrayList<Map<String, Object>>();
        for (var it : csv("data-sources.csv.gz"))
            for (var item : it.get("content_zh").split("[|、，,；;]")) {
                var cells =
                        with(
                                entry(it.get("name_zh")),
                                "信息资源摘要*",
                                it.get("description_zh"),
                                "更新周期*",
                                it.get("update_frequency"));
                cells.put("信息项名称*", item);
                cells.put("数据类型*", "字符型 C");
                cells.put("数据长度△", "50");
                rows.add(cells);
            }

        var plan = plan(rows);

        // nine names stand twice or more, with other words in the second place
        assertThat(plan.entries()).isEqualTo(489);
        assertThat(plan.items()).isEqualTo(8_466);
        assertThat(counts(plan))
                .containsEntry("ERROR summary compilation.differs", 101L)
                .containsEntry("ERROR updateCycle compilation.differs", 18L)
                .containsEntry("ERROR itemName catalog.item-twice", 11L)
                // of these sources some are systems by their names
                .containsEntry("ADVICE name compilation.system-like", 19L)
                .hasSize(4);
        assertThat(plan.tally().added()).isGreaterThan(460);
    }

    private Plan plan(List<Map<String, Object>> rows) {
        var file = new TestBook().sheet("目录", rows(rows)).bytes();
        var batch = imports.begin(actor, "目录.xlsx", file);
        var opened = imports.open(actor, batch.id());
        assertThat(HandedIn.read(file).guess(opened.layout())).isEqualTo(opened.places());
        return imports.check(actor, opened.book(), new Progress());
    }

    private static Map<String, Long> counts(Plan plan) {
        return plan.faults().stream()
                .collect(
                        Collectors.groupingBy(
                                (CellFault fault) ->
                                        fault.level() + " " + fault.column() + " " + fault.key(),
                                TreeMap::new,
                                Collectors.counting()));
    }

    private static List<Map<String, String>> csv(String name) throws IOException {
        var lines = new ArrayList<List<String>>();
        try (var in =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(DirtyDataTests.class.getResourceAsStream(name)),
                                StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null; ) lines.add(cells(line));
        }
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines.subList(1, lines.size())) {
            var row = new LinkedHashMap<String, String>();
            for (int at = 0; at < lines.getFirst().size(); at++)
                row.put(lines.getFirst().get(at), at < line.size() ? line.get(at) : "");
            rows.add(row);
        }
        return rows;
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var found = CELL.matcher(line);
        while (found.find())
            cells.add(
                    found.group(1) != null
                            ? found.group(1).replace("\"\"", "\"")
                            : found.group(2) == null ? "" : found.group(2));
        return cells;
    }
}
