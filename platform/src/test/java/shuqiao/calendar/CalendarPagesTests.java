package shuqiao.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** A year's notice as the system administrator copies it in. */
@PlatformTest
class CalendarPagesTests {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final String PATH = "/admin/calendar";
    private static final String OFF =
            """
            元旦 2031-01-01
            春节：2031-01-22 至 2031-01-28
            劳动节 2031年5月1日—2031年5月5日
            国庆节 2031/10/01 to 2031/10/07
            """;

    @Autowired City city;
    @Autowired Calendars calendars;
    @Autowired JdbcClient db;

    private Visitor system;

    @BeforeEach
    void the_system_administrator_logs_in() {
        system = city.visitor("cp-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
    }

    @AfterEach
    void forget() {
        db.sql("delete from calendar.notice").update();
    }

    @Test
    void a_preview_shows_what_would_change_and_takes_nothing() {
        var preview =
                preview(
                        Map.of(
                                "year",
                                "2031",
                                "source",
                                "通知",
                                "off",
                                OFF,
                                "work",
                                "春节 2031-02-01"));

        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body())
                .contains("2031 年的安排将改变", "放假 20 天，补班 1 天", "2031-02-01", "改为上班", "changed");
        assertThat(calendars.current().covers(2031)).isFalse();
    }

    @Test
    void what_was_previewed_is_imported_and_drawn_as_twelve_months() {
        var page = preview(Map.of("year", "2031", "source", "通知", "off", OFF)).body();
        var csv = page.replaceAll("(?s).*name=\"csv\" value=\"([^\"]*)\".*", "$1");

        var taken = system.submit(PATH, PATH, Map.of("year", "2031", "source", "通知", "csv", csv));

        assertThat(taken.body()).contains("通知已导入", "第 1 次导入");
        assertThat(system.get(PATH + "/2031").body()).contains("1 月", "12 月", "春节", "休");
        assertThat(system.get(PATH + "/2032").statusCode()).isEqualTo(404);
    }

    @Test
    void what_cannot_be_read_is_told_with_its_line_and_kept() {
        var wrong = preview(Map.of("year", "2031", "source", "通知", "off", "元旦 一月一日"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("第 1 行没有可以读出的日期", "元旦 一月一日");

        assertThat(
                        preview(
                                        Map.of(
                                                "year",
                                                "2031",
                                                "source",
                                                "x",
                                                "off",
                                                OFF,
                                                "csv",
                                                "2031-01-01,off"))
                                .body())
                .contains("只用这里");
        assertThat(preview(Map.of("year", "abc", "source", "x", "off", OFF)).statusCode())
                .isEqualTo(422);
        assertThat(preview(Map.of("year", "2031", "source", "", "off", "元旦 2031-01-01")).body())
                .contains("错误：");
    }

    @Test
    void these_pages_are_the_system_administrators_alone() {
        var other = city.visitor("cp-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);

        for (var path : new String[] {PATH, PATH + "/2026"})
            assertThat(other.get(path).statusCode()).as(path).isEqualTo(403);
        assertThat(other.submit("/", PATH + "/preview", Map.of("year", "2031")).statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> preview(Map<String, String> fields) {
        return system.submit(PATH, PATH + "/preview", fields);
    }

    @Test
    void a_file_is_previewed_like_what_is_typed() {
        var json =
                """
                {"source":"国办发明电〔2030〕9号","off":["2031-01-01","2031-05-01","2031-10-01","2031-10-02","2031-10-03"],
                 "work":["2031-02-01"]}
                """;

        var preview =
                system.upload(
                        PATH,
                        PATH + "/file",
                        "file",
                        "2031.json",
                        json.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body()).contains("2031 年的安排将改变", "放假 5 天，补班 1 天", "国办发明电〔2030〕9号");
        assertThat(calendars.current().covers(2031)).isFalse();
    }

    @Test
    void a_notice_is_read_as_it_was_published() {
        var words =
                """
                一、元旦：1月1日（周三）至3日（周五）放假，共3天。
                二、春节：1月23日（周四）至29日（周三）放假调休，共7天。2月1日（周六）上班。
                三、劳动节：5月1日（周四）放假。
                四、国庆节：10月1日（周三）至7日（周二）放假调休，共7天。9月27日（周六）、10月11日（周六）上班。
                """;

        var page = preview(Map.of("year", "2031", "source", "通知", "off", words)).body();

        assertThat(page)
                .contains(
                        "放假 18 天，补班 3 天",
                        "2031-01-02,off,元旦",
                        "2031-02-01,work,春节",
                        "2031-10-11,work,国庆节");
    }

    @Test
    void an_addition_changes_its_own_days_and_names_both_documents() {
        var whole =
                "2031-01-01,off,元旦\n2031-05-01,off\n2031-10-01,off\n2031-10-02,off\n2031-10-03,off\n";
        system.submit(PATH, PATH, Map.of("year", "2031", "source", "国办发明电〔2030〕9号", "csv", whole));
        var add =
                Map.of(
                        "year", "2031",
                        "source", "国办发明电〔2031〕3号",
                        "csv", "2031-09-03,off,纪念日\n2031-09-06,work,纪念日\n",
                        "add", "true");

        assertThat(preview(add).body())
                .contains(
                        "放假 6 天，补班 1 天",
                        "国办发明电〔2030〕9号；国办发明电〔2031〕3号",
                        "2031-01-01,off,元旦",
                        "将改变 2 天");
        var other = new java.util.HashMap<>(add);
        other.put("year", "2033");
        assertThat(preview(other).body()).contains("2033 年还没有放假通知，不能增补");
    }

    @Test
    void what_of_a_file_was_not_read_stands_above_the_preview() {
        var book =
                new shuqiao.workbook.TestBook()
                        .sheet(
                                "2031",
                                java.util.List.of(
                                        java.util.List.of("日期*", "至", "类别*"),
                                        java.util.List.of("2031-01-01", "", "放假"),
                                        java.util.List.of("2031-05-01", "", "放假"),
                                        java.util.List.of("2031-10-01", "2031-10-03", "放假")))
                        .sheet(
                                "附件",
                                java.util.List.of(
                                        java.util.List.of("说明"), java.util.List.of("见通知")));
        var ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";

        assertThat(
                        system.upload(
                                        PATH,
                                        PATH + "/file?source=x",
                                        "file",
                                        "2031.xlsx",
                                        book.bytes())
                                .body())
                .contains("2031 年的安排将改变", "有内容没有读取", "「附件」2 行");
        assertThat(
                        system.upload(
                                        PATH,
                                        PATH + "/file",
                                        "file",
                                        "2031.ics",
                                        ics.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .body())
                .contains("iCalendar", "下载模板");
    }

    @Test
    void a_file_that_is_none_is_told_and_the_template_is_a_workbook() {
        var wrong = system.upload(PATH, PATH + "/file", "file", "x.json", new byte[] {'{'});

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("读不出这个 .json");
        assertThat(system.download(PATH + "/template.xlsx")).startsWith('P', 'K');
    }
}
