package shuqiao.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.catalog.DataUpdates;
import shuqiao.catalog.Freshness;
import shuqiao.catalog.UpdateCycle;
import shuqiao.kernel.DueWork;
import shuqiao.standard.WorkingDayCalendar;

/** By which day data must be newer, who is marked and who is reminded. */
class TimelinessTests extends UpkeepGround {

    @Autowired DataUpdates updates;
    @Autowired UpkeepDueWork work;

    @ParameterizedTest
    @CsvSource({
        // a Friday before a weekend, and the day before the National Day holiday of 2026
        "DAILY, 2026-11-20, 2026-11-23",
        "DAILY, 2026-09-30, 2026-10-08",
        "WEEKLY, 2026-11-20, 2026-11-27",
        "MONTHLY, 2026-11-15, 2026-12-15",
        // to the end of a month: due at the end of the next
        "MONTHLY, 2026-02-28, 2026-03-31",
        "QUARTERLY, 2026-09-30, 2026-12-31",
        "HALF_YEARLY, 2026-06-30, 2026-12-31",
        "YEARLY, 2028-02-29, 2029-02-28"
    })
    void the_due_date_follows_from_the_cycle(UpdateCycle cycle, LocalDate asOf, LocalDate due) {
        var it =
                Freshness.of(cycle, asOf, due.plusDays(2), WorkingDayCalendar.shipped())
                        .orElseThrow();

        assertThat(it.due()).isEqualTo(due);
        assertThat(it.overdueDays()).isEqualTo(2);
    }

    @Test
    void what_is_read_live_or_comes_irregularly_is_never_late() {
        for (var cycle : List.of(UpdateCycle.REALTIME, UpdateCycle.IRREGULAR))
            assertThat(Freshness.of(cycle, today(), today(), WorkingDayCalendar.shipped()))
                    .isEmpty();
    }

    private long overdue() {
        var id = published();
        says(id, today().minusMonths(2));
        return id;
    }

    private void says(long id, LocalDate asOf) {
        done(
                201,
                city.post(
                        steward,
                        RESOURCES + "/" + id + "/updates",
                        Map.of("asOf", asOf.toString())));
    }

    @Test
    void an_overdue_resource_is_marked_found_and_a_to_do_until_the_update_is_said() {
        var id = overdue();
        var keeper = visitor("up.steward");
        var late = "/resources?provider=" + provider + "&timeliness=OVERDUE&q=" + table;

        assertThat(keeper.get("/resources/" + id).body()).contains("个工作日未更新", "修改更新周期");
        assertThat(keeper.get(late).body()).contains("/resources/" + id, "个工作日未更新");
        assertThat(keeper.get("/?all").body())
                .as("what was due by a day has that day for its clock")
                .containsPattern("(?s)登记「" + title + "」的数据更新.{0,900}?已超期 <b>\\d+</b> 个工作日");
        assertThat(keeper.get("/upkeep/freshness").body()).contains("市水务局", "timeliness=OVERDUE");
        assertThat(
                        city.get(steward, RESOURCES + "?timeliness=OVERDUE&q=" + table)
                                .<Integer>at("$.total"))
                .isEqualTo(1);

        says(id, today());

        assertThat(keeper.get(late).body()).doesNotContain("/resources/" + id + "\"");
        assertThat(keeper.get("/resources/" + id).body()).contains("按期更新");
        assertThat(updates.freshness(id).orElseThrow().overdue()).isFalse();
    }

    @Test
    void its_due_date_is_due_work_of_the_steward_and_moves_when_the_update_is_said() {
        var id = published();
        var due = updates.freshness(id).orElseThrow().due();

        assertThat(dueWork(id, due.minusDays(1))).isEmpty();
        var work = dueWork(id, due).getFirst();
        assertThat(work.organization()).isEqualTo(provider);
        assertThat(work.due()).isEqualTo(due);
        assertThat(work.duty()).as("not among what is late by law").isFalse();
        assertThat(work.together()).isEqualTo("/resources?provider=" + provider + "&cycle=MONTHLY");

        says(id, today().minusMonths(2));
        assertThat(dueWork(id, today()).getFirst().together()).endsWith("&timeliness=OVERDUE");
    }

    private List<DueWork.Due> dueWork(long id, LocalDate last) {
        return work.dueBy(last).stream()
                .filter(it -> it.path().equals("/resources/" + id))
                .toList();
    }

    @Test
    void a_new_version_does_not_make_data_new_and_a_withdrawn_resource_owes_nothing() {
        var id = overdue();
        var words = words(id);
        words.put("summary", "全市水井名录，按月");
        next(id, words);
        assertThat(updates.freshness(id).orElseThrow().overdue()).isTrue();

        does(reviewer, id, "withdrawal", Map.of("reason", "停用"));

        assertThat(updates.freshness(id)).isEmpty();
        assertThat(updates.due(today(), provider, 1000)).noneMatch(it -> it.resource() == id);
    }
}
