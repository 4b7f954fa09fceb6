package shuqiao.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.kernel.Refusal;
import shuqiao.workbook.TestBook;
import shuqiao.workbook.Workbook;
import tools.jackson.databind.json.JsonMapper;

/** A year's notice as it comes in files. */
class NoticeFileTests {

    private final NoticeFile files = new NoticeFile(JsonMapper.builder().build());

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_workbook_gives_days_and_ranges_off_and_worked() {
        var book =
                new TestBook()
                        .sheet(
                                "放假安排",
                                List.of(
                                        List.of("日期*", "至", "类别*", "名称"),
                                        List.of("2031-01-01", "2031-01-03", "放假", "元旦"),
                                        List.of("2031-01-04", "", "补班", "元旦")))
                        .bytes();

        var read = files.read(book, null);

        assertThat(read.year()).isEqualTo(2031);
        assertThat(read.lines().lines())
                .containsExactly(
                        "2031-01-01,off,元旦",
                        "2031-01-02,off,元旦",
                        "2031-01-03,off,元旦",
                        "2031-01-04,work,元旦");
    }

    @Test
    void a_row_that_cannot_be_read_is_named() {
        var csv = "日期,类别,名称\n2031-01-01,放假,元旦\n2031-13-01,放假,没有的日子\n";

        assertThatThrownBy(() -> files.read(bytes(csv), null))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        it -> {
                            assertThat(it.faults().getFirst().key()).isEqualTo("calendar.row");
                            assertThat(it.faults().getFirst().facts()).containsEntry("row", 3);
                        });
    }

    @Test
    void json_of_our_own_api_and_of_two_public_collections_is_read() {
        var own = "{\"source\":\"国办发明电\",\"off\":[\"2031-01-01\"],\"work\":[\"2031-01-04\"]}";
        assertThat(files.read(bytes(own), null))
                .isEqualTo(
                        new NoticeFile.Read(
                                2031, "国办发明电", "2031-01-01,off\n2031-01-04,work\n", null));

        var days =
                "{\"year\":2031,\"papers\":[\"https://example.gov.cn/1\"],\"days\":["
                        + "{\"name\":\"元旦\",\"date\":\"2031-01-01\",\"isOffDay\":true},"
                        + "{\"name\":\"元旦\",\"date\":\"2031-01-04\",\"isOffDay\":false}]}";
        assertThat(files.read(bytes(days), null))
                .isEqualTo(
                        new NoticeFile.Read(
                                2031,
                                "https://example.gov.cn/1",
                                "2031-01-01,off,元旦\n2031-01-04,work,元旦\n",
                                null));

        var years =
                "{\"holidays\":{\"2029-01-01\":\"New Year's Day,元旦,1\",\"2030-01-01\":\"New Year's Day,元旦,1\","
                        + "\"2031-01-01\":\"New Year's Day,元旦,1\"},\"workdays\":{\"2031-01-04\":\"New Year's Day,元旦,1\"}}";
        assertThat(files.read(bytes(years), 2031).lines())
                .isEqualTo("2031-01-01,off,元旦\n2031-01-04,work,元旦\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2031/1/1",
                "2031年1月1日",
                "2031.1.1",
                "2031-1-1",
                "20310101",
                "2031 年 1 月 1 日（周三）",
                "2031-01-01 00:00",
                "２０３１/1/1"
            })
    void days_are_read_as_spreadsheets_save_and_people_write_them(String day) {
        var csv = "日期,至,类别,名称\r\n" + day + "," + day + ",放假,元旦\r\n";

        assertThat(files.read(csv.getBytes(Charset.forName("GB18030")), null).lines())
                .isEqualTo("2031-01-01,off,元旦\n");
    }

    @Test
    void lines_pasted_from_a_spreadsheet_are_read_alike() {
        assertThat(NoticeFile.lines("2031/1/1\t放假\t元旦\n2031年1月4日，补班\n# 说明\n不定,off"))
                .isEqualTo("2031-01-01,off,元旦\n2031-01-04,work\n# 说明\n不定,off");
    }

    @Test
    void a_sheet_of_worked_days_beside_that_of_the_year_is_read_too() {
        var heads = List.of("日期*", "类别*", "名称");
        var book =
                new TestBook()
                        .sheet("2031", List.of(heads, List.of("2031-01-01", "放假", "元旦")))
                        .sheet("补班", List.of(heads, List.of("2031-01-04", "补班", "元旦")))
                        .sheet("说明", List.of(List.of("说明"), List.of("见通知")));

        var read = files.read(book.bytes(), null);

        assertThat(read.lines()).isEqualTo("2031-01-01,off,元旦\n2031-01-04,work,元旦\n");
        assertThat(read.table().unread())
                .containsExactly(new Workbook.Unread.Sheet("说明", 2, false));
    }

    @Test
    void a_row_of_one_of_several_sheets_is_named_with_it() {
        var heads = List.of("日期*", "类别*");
        var book =
                new TestBook()
                        .sheet("2031", List.of(heads, List.of("2031-01-01", "放假")))
                        .sheet("补班", List.of(heads, List.of("不定", "补班")));

        assertThatThrownBy(() -> files.read(book.bytes(), null))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        it ->
                                assertThat(it.faults().getFirst().facts())
                                        .containsEntry("sheet", "补班")
                                        .containsEntry("row", 2));
    }

    @Test
    void what_is_no_notice_is_refused() {
        for (var wrong : List.of("{", "[]", "{\"days\":[]}", "{\"off\":[\"tomorrow\"]}"))
            assertThatThrownBy(() -> files.read(bytes(wrong), null))
                    .as(wrong)
                    .isInstanceOf(Refusal.class);
    }
}
