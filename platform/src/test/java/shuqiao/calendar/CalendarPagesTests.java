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
        city.person("cp-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        system = new Visitor(city);
        system.login("cp-system", PASSWORD);
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
        city.person("cp-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        var other = new Visitor(city);
        other.login("cp-audit", PASSWORD);

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
    void a_file_that_is_none_is_told_and_the_template_is_a_workbook() {
        var wrong = system.upload(PATH, PATH + "/file", "file", "x.json", new byte[] {'{'});

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("读不出这个 .json");
        assertThat(system.download(PATH + "/template.xlsx")).startsWith('P', 'K');
    }
}
