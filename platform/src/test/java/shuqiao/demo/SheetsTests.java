package shuqiao.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the departments of the demo city keep fits its tables, and is the same each time. */
class SheetsTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final Pattern LENGTH = Pattern.compile("(?:var)?char\\((\\d+)\\)");

    private final Population city = new Population(6_000);

    @Test
    void every_value_fits_its_column_and_every_key_is_there_once() throws Exception {
        var wrong = new ArrayList<String>();
        for (var sheet : Sheets.shipped().all(false)) {
            if (sheet.fromFile()) continue;
            var keys = new HashSet<String>();
            for (var line : lines(sheet)) {
                var values = line.split("\t", -1);
                var key = new StringBuilder();
                for (int i = 0; i < values.length; i++) {
                    var column = sheet.columns().get(i);
                    var length = LENGTH.matcher(column.type());
                    if (length.matches() && values[i].length() > Integer.parseInt(length.group(1)))
                        wrong.add(sheet.table() + "." + column.name() + " " + values[i]);
                    if (values[i].equals("\\N") && (column.key() || column.required()))
                        wrong.add(sheet.table() + "." + column.name() + " is null");
                    if (column.key()) key.append(values[i]).append('\t');
                }
                if (!keys.add(key.toString())) wrong.add(sheet.table() + " twice " + key);
            }
            if (keys.isEmpty()) wrong.add(sheet.table() + " is empty");
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_same_city_is_made_each_time() throws Exception {
        for (var table : List.of("resident", "insured", "real_estate", "enterprise")) {
            var sheet = Sheets.shipped().table(table);
            var again = new ArrayList<String>();
            Rows.write(
                    sheet,
                    new Population(6_000),
                    TODAY,
                    lines -> lines.lines().forEach(again::add));
            assertThat(again).as(table).isEqualTo(lines(sheet));
        }
    }

    private List<String> lines(Sheet sheet) throws Exception {
        var all = new ArrayList<String>();
        Rows.write(sheet, city, TODAY, lines -> lines.lines().forEach(all::add));
        return all;
    }
}
