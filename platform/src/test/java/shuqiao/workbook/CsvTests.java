package shuqiao.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;

/** Text files as spreadsheets and old systems write them: read, or told with the line. */
class CsvTests {

    private static final Charset GBK = Charset.forName("GBK");
    private static final String TEXT = "名称,代码\n低保对象信息,1\n孤儿信息,2\n";

    private static List<List<String>> lines(byte[] content) {
        var lines = new ArrayList<List<String>>();
        assertThat(SafeZip.check(content)).isEqualTo(SafeZip.Kind.CSV);
        Csv.read(content, 10, (_, cells, _) -> lines.add(cells));
        return lines;
    }

    private static final List<List<String>> READ =
            List.of(List.of("名称", "代码"), List.of("低保对象信息", "1"), List.of("孤儿信息", "2"));

    private static Refusal.Fault refused(byte[] content) {
        var refused = catchThrowableOfType(Invalid.class, () -> HandedIn.read(content));
        assertThat(refused).isNotNull();
        return refused.faults().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GBK", "GB18030", "UTF-16"})
    void it_is_read_in_whichever_encoding_an_office_saves(String charset) {
        assertThat(lines(TEXT.getBytes(Charset.forName(charset)))).isEqualTo(READ);
    }

    @Test
    void unicode_text_of_a_spreadsheet_is_read_with_its_tabs() {
        var text = "\uFEFF" + TEXT.replace(',', '\t').replace("\n", "\r\n");

        assertThat(lines(text.getBytes(StandardCharsets.UTF_16LE))).isEqualTo(READ);
        assertThat(lines(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(READ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\r\r\n"})
    void lines_end_as_each_system_ends_them(String end) {
        assertThat(lines(TEXT.replace("\n", end).getBytes(GBK))).isEqualTo(READ);
    }

    @Test
    void the_euro_of_code_page_936_is_read() {
        var bytes = "收费X信息,1\n".getBytes(GBK);
        bytes[4] = (byte) 0x80;

        assertThat(lines(bytes)).containsExactly(List.of("收费€信息", "1"));
    }

    @Test
    void a_byte_that_stands_for_nothing_is_told_with_its_line() {
        var many = "全市低保对象信息的基本情况,1\n".repeat(29) + "第30号信息,2\n孤儿信息,3\n";
        var bytes = many.getBytes(StandardCharsets.UTF_8);
        int at = many.substring(0, many.indexOf("第30号")).getBytes(StandardCharsets.UTF_8).length;
        var damaged = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, damaged, 0, at);
        System.arraycopy(bytes, at + 1, damaged, at, bytes.length - at - 1);
        var cut = Arrays.copyOf(bytes, bytes.length - 5);

        assertThat(refused(damaged).key()).isEqualTo("workbook.csv-encoding");
        assertThat(refused(damaged).facts())
                .containsEntry("line", 30L)
                .containsEntry("encoding", "UTF-8");
        assertThat(refused(cut).facts()).containsEntry("line", 31L);
        assertThat(refused(new byte[] {(byte) 0xB5, (byte) 0xCD, '\n', (byte) 0xFF, '\n'}).facts())
                .containsEntry("line", 2L)
                .containsEntry("encoding", "GBK");
    }

    @Test
    void a_quotation_that_never_ends_is_told_with_its_line_and_nothing_is_read() {
        var fault = refused("名称,代码\n甲,1\n\"乙,2\n丙,3\n".getBytes(GBK));

        assertThat(fault.key()).isEqualTo("workbook.csv-quotation");
        assertThat(fault.facts()).containsEntry("line", 3);
    }

    @Test
    void inch_marks_inside_of_a_cell_are_words() {
        assertThat(lines("屏 55\" 信息,\"引\"\"号\n两行\"\n".getBytes(GBK)))
                .containsExactly(List.of("屏 55\" 信息", "引\"号\n两行"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MIME-Version: 1.0 | workbook.web-page",
                "<?xml version=\"1.0\"?> | workbook.web-page",
                "BEGIN:VCALENDAR | workbook.icalendar",
                "{\"off\": [\"2027-01-01\"]} | workbook.json",
                "[{\"名称\": \"甲\"}] | workbook.json",
                "{} | workbook.json",
                "[1, 2] | workbook.json"
            })
    void what_is_no_table_is_told_as_what_it_is(String begin, String key) {
        assertThat(refused(begin.getBytes(StandardCharsets.UTF_8)).key()).isEqualTo(key);
    }

    @Test
    void a_heading_in_brackets_is_no_json() {
        assertThat(lines("[名称],代码\n甲,1\n".getBytes(StandardCharsets.UTF_8))).hasSize(2);
    }
}
