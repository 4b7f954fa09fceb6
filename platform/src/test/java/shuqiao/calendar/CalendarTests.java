package shuqiao.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.kernel.Role;

/** Years imported by the administrator, and due dates that rest on them. */
@PlatformTest
class CalendarTests {

    private static final List<String> OFF =
            List.of("2027-01-01", "2027-05-01", "2027-10-01", "2027-10-02", "2027-10-03");

    @Autowired City city;
    @Autowired Calendars calendars;
    @Autowired JdbcClient db;

    @AfterEach
    void forget() {
        db.sql("delete from calendar.notice").update();
    }

    @Test
    void a_due_date_in_the_last_week_of_a_year_is_estimated_while_the_next_notice_may_move_it() {
        assertThat(calendars.due(LocalDate.parse("2026-12-23"), 1).estimated()).isFalse();
        assertThat(calendars.due(LocalDate.parse("2026-12-24"), 1).estimated()).isTrue();
        assertThat(calendars.due(LocalDate.parse("2025-12-29"), 1).estimated()).isFalse();

        take(Map.of("off", OFF, "work", List.of(), "source", "国办发明电"), 200);

        assertThat(calendars.due(LocalDate.parse("2026-12-24"), 1).estimated()).isFalse();
        assertThat(calendars.due(LocalDate.parse("2026-12-24"), 0).date()).isEqualTo("2026-12-24");
    }

    @Test
    void a_notice_comes_as_lists_or_as_lines_and_each_import_is_a_version() {
        assertThat(
                        take(
                                        Map.of(
                                                "off",
                                                OFF,
                                                "work",
                                                List.of("2027-01-02"),
                                                "source",
                                                "第一稿"),
                                        200)
                                .<Integer>at("$.version"))
                .isEqualTo(1);
        var csv = "date,kind,name\n2027-02-06,off,春节\n" + String.join(",off\n", OFF) + ",off\n";

        var second = take(Map.of("csv", csv, "source", "正式通知"), 200);

        assertThat(second.<Integer>at("$.version")).isEqualTo(2);
        assertThat(calendars.current().isWorkingDay(LocalDate.parse("2027-01-02"))).isFalse();
        assertThat(calendars.current().nameOf(LocalDate.parse("2027-02-06"))).contains("春节");
        var token = city.token(City.POLICE, Role.STEWARD);
        assertThat(city.get(token, "/api/v1/calendar/2027").<String>at("$.source"))
                .isEqualTo("正式通知");
        assertThat(
                        city.get(token, "/api/v1/calendar?limit=200")
                                .<List<Boolean>>at("$.items[?(@.year==2027)].published"))
                .containsExactly(true);
        assertThat(db.sql("select count(*) from calendar.notice").query(Integer.class).single())
                .isEqualTo(2);
    }

    @Test
    void half_a_notice_is_refused_in_words() {
        assertThat(take(Map.of("off", List.of("2027-01-01"), "source", "x"), 422).body())
                .contains("2027-05-01");
        assertThat(
                        take(Map.of("off", List.of("soon"), "source", "x"), 422)
                                .<String>at("$.errors[0].field"))
                .isEqualTo("off[0]");
        assertThat(take(Map.of("source", "x"), 422).<String>at("$.errors[0].type"))
                .endsWith("calendar.one-form");
        assertThat(
                        take(Map.of("year", 2028, "off", OFF, "source", "x"), 422)
                                .<String>at("$.errors[0].field"))
                .isEqualTo("year");
        assertThat(
                        city.get(city.token(City.POLICE, Role.STEWARD), "/api/v1/calendar/2027")
                                .status())
                .isEqualTo(404);
    }

    @Test
    void only_the_system_administrator_imports() {
        var token = city.token(City.POLICE, Role.STEWARD);
        assertThat(
                        city.put(token, "/api/v1/calendar/2027", Map.of("off", OFF, "source", "x"))
                                .status())
                .isEqualTo(403);
    }

    @Test
    void programs_ask_for_a_due_date() {
        var token = city.token(City.POLICE, Role.STEWARD);
        var path = "/api/v1/calendar/due?workingDays=10&received=";

        assertThat(city.get(token, path + "2026-09-24").<String>at("$.due"))
                .isEqualTo("2026-10-15");
        assertThat(city.get(token, path + "2026-09-23T16:00:00Z").<String>at("$.due"))
                .isEqualTo("2026-10-15");
        assertThat(city.get(token, path + "yesterday").status()).isEqualTo(422);
        assertThat(
                        city.get(token, "/api/v1/calendar/due?workingDays=9999&received=2026-09-24")
                                .status())
                .isEqualTo(422);
    }

    private City.Answer take(Map<String, Object> body, int status) {
        var answer =
                city.put(city.token(City.BUREAU, Role.SYSTEM_ADMIN), "/api/v1/calendar/2027", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }
}
