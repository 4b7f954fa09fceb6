package shuqiao.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.calendar.Calendars;
import shuqiao.exchange.ExchangeGround;
import shuqiao.kernel.Clock;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkItem;
import shuqiao.standard.YearNotice;
import shuqiao.work.Work;

/** Standing orders: their turns become runs, they stop when they must, and say why. */
@Tag("slow")
class ScheduleTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-schedules";

    @Autowired ScheduleLook look;
    @Autowired Work work;
    @Autowired Calendars calendars;
    @Autowired WorkingDayOrders orders;
    @Autowired TransactionTemplate transaction;

    private Map<String, Object> wish(
            long grant, long target, String table, Map<String, Object> when) {
        var wish = new HashMap<String, Object>(when);
        wish.put("grant", grant);
        wish.put("target", target);
        wish.put("schema", "public");
        wish.put("table", table);
        return wish;
    }

    private int make(long grant, long target, String table, Map<String, Object> when) {
        var made = city.post(consumer, "/api/v1/schedules", wish(grant, target, table, when));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.<Integer>at("$.id");
    }

    private City.Answer order(long grant, String format) {
        return city.post(
                consumer,
                "/api/v1/schedules",
                Map.of("grant", grant, "rail", "file", "format", format, "rhythm", "AFTER_UPDATE"));
    }

    private City.Answer schedule(int id) {
        return city.get(consumer, "/api/v1/schedules/" + id);
    }

    /** Time passes: the turn is due. */
    private void due(int id) {
        db.sql("update schedule.schedule set next_at = now() - interval '1 second' where id = :id")
                .param("id", id)
                .update();
    }

    /** The clock of the platform does not tick in tests. */
    private void tick() {
        var more = true;
        while (more) {
            try {
                more = look.turn();
            } catch (ItemBroke one) {
                more = work.aside("schedules", one.item(), one.why());
            }
        }
    }

    private Callable<Boolean> ticking(Callable<Boolean> until) {
        return () -> {
            tick();
            return until.call();
        };
    }

    private String runOf(int id, int turn) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(ticking(() -> schedule(id).<Integer>at("$.turns") >= turn));
        return schedule(id).at("$.lastRun");
    }

    /**
     * The last day of the grant has passed; grants never change, so the clock is turned by force.
     */
    private void runOut(long grant) {
        db.sql("alter table sharing.\"grant\" disable trigger never_changes").update();
        db.sql(
                        """
                        update sharing."grant" set from_day = from_day - 800, until_day = until_day - 800 where id = :id
                        """)
                .param("id", grant)
                .update();
        db.sql("alter table sharing.\"grant\" enable trigger never_changes").update();
    }

    private static final Map<String, Object> NIGHTLY =
            Map.of("rhythm", "CRON", "cron", "30 2 * * *");
    private static final Map<String, Object> UPDATED = Map.of("rhythm", "AFTER_UPDATE");

    @Test
    void a_turn_that_is_due_becomes_a_run_and_the_next_is_later() throws Exception {
        var id =
                make(
                        grant(table(30), Map.of()),
                        source(consumer, CONSUMER, Map.of()),
                        "nightly",
                        NIGHTLY);

        due(id);
        var run = runOf(id, 1);

        delivered(run);
        assertThat(count("nightly")).isEqualTo("30");
        assertThat(schedule(id).<String>at("$.next"))
                .isGreaterThan(see(run).<String>at("$.askedAt"));
    }

    @Test
    void a_schedule_makes_a_new_file_at_each_turn() throws Exception {
        var table = table(3);
        var made = order(grant(table, Map.of()), "csv");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.<String>at("$.rail")).isEqualTo("file");
        assertThat(made.body()).contains("\"format\":\"csv\"").doesNotContain("\"table\"");
        var id = made.<Integer>at("$.id");

        due(id);
        var first = runOf(id, 1);
        delivered(first);
        PROVIDER.run("insert into " + table + " values (4, '后来的', 1, null)");
        due(id);
        var second = runOf(id, 2);
        delivered(second);

        assertThat(file(first)).contains("户3").doesNotContain("后来的");
        assertThat(file(second)).contains("户3", "后来的");
    }

    private String file(String run) {
        return city.get(consumer, "/api/v1/runs/" + run + "/files/data.csv").body();
    }

    @Test
    void a_schedule_of_files_says_the_format_and_is_the_only_one_of_it() throws Exception {
        var grant = grant(table(3), Map.of());

        assertThat(order(grant, "docx").status()).isEqualTo(422);
        assertThat(order(grant, "docx").body()).contains("parquet").doesNotContain("fault.");
        assertThat(order(grant, "xlsx").status()).isEqualTo(201);
        assertThat(order(grant, "parquet").status()).isEqualTo(201);
        var second = order(grant, "xlsx");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body()).contains("xlsx").doesNotContain("refusal.");
    }

    @Test
    void a_schedule_that_cannot_be_read_stops_no_other() throws Exception {
        var grant = grant(table(3), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        var broken = make(grant, target, "broken_turn", NIGHTLY);
        var sound = make(grant, target, "sound_turn", NIGHTLY);
        db.sql(
                        "update schedule.schedule set cron = 'no rhythm at all', next_at = now() - interval '1 hour' where id = :id")
                .param("id", broken)
                .update();

        due(sound);

        delivered(runOf(sound, 1));
        var key = String.valueOf(broken);
        assertThat(work.keys("schedules")).contains(key);
        assertThatThrownBy(() -> look.work(new WorkItem(key, "", 2)))
                .isNotInstanceOf(ItemBroke.class);
        look.forgotten(key);
        assertThat(
                        db.sql("select next_at > now() from schedule.schedule where id = :id")
                                .param("id", broken)
                                .query(Boolean.class)
                                .single())
                .as("given up, its turn is skipped")
                .isTrue();
        db.sql("delete from schedule.schedule where id = :id").param("id", broken).update();
        db.sql("delete from work.task where kind = 'schedules' and key = :key")
                .param("key", key)
                .update();
    }

    @Test
    void a_turn_is_taken_once_by_however_many_look() throws Exception {
        var id =
                make(
                        grant(table(3), Map.of()),
                        source(consumer, CONSUMER, Map.of()),
                        "once",
                        NIGHTLY);
        due(id);
        var lookers =
                java.util.stream.IntStream.range(0, 4)
                        .mapToObj(_ ->
                                Thread.ofPlatform()
                                        .start(() -> {
                                            while (look.turn())
                                                ;
                                        }))
                        .toList();
        for (var looker : lookers) looker.join();

        var run = runOf(id, 1);

        delivered(run);
        assertThat(schedule(id).<Integer>at("$.turns")).isEqualTo(1);
    }

    @Test
    void the_word_of_the_provider_that_data_is_new_starts_those_that_wait_for_it()
            throws Exception {
        var table = table(5);
        var resource = resource(source(steward, PROVIDER, Map.of()), table);
        var id =
                make(
                        request(resource, Map.of()),
                        source(consumer, CONSUMER, Map.of()),
                        "fresh",
                        UPDATED);
        assertThat(schedule(id).body()).doesNotContain("\"next\":\"");
        PROVIDER.run("insert into " + table + " values (6, '新', 1, null)");

        var said = city.post(steward, "/api/v1/resources/" + resource + "/updates", Map.of());

        assertThat(said.status()).as(said.body()).isEqualTo(201);
        delivered(runOf(id, 1));
        assertThat(count("fresh")).isEqualTo("6");
    }

    @Test
    void only_the_provider_says_that_its_data_is_new_and_not_of_tomorrow() throws Exception {
        var resource = resource(source(steward, PROVIDER, Map.of()), table(1));
        var path = "/api/v1/resources/" + resource + "/updates";

        assertThat(city.post(consumer, path, Map.of()).status()).isEqualTo(403);
        var tomorrow = city.post(steward, path, Map.of("asOf", "2999-01-01"));
        assertThat(tomorrow.status()).isEqualTo(422);
        assertThat(tomorrow.body()).contains("不能晚于今天");
    }

    @Test
    void a_turn_is_skipped_while_the_run_before_is_under_way() throws Exception {
        var slow = grant(table(40_000), Map.of("maxMegabytesPerSecond", 1.0));
        var id = make(slow, source(consumer, CONSUMER, Map.of()), "slowly", NIGHTLY);
        due(id);
        var run = runOf(id, 1);
        awaitState(run, "RUNNING");

        due(id);

        await().until(ticking(() -> schedule(id).<Integer>at("$.skipped") == 1));
        assertThat(schedule(id).<String>at("$.lastRun")).isEqualTo(run);
        city.post(consumer, "/api/v1/runs/" + run + "/cancellation", Map.of("reason", "够了"));
    }

    @Test
    void a_paused_schedule_takes_no_turn_and_goes_on_when_resumed() throws Exception {
        var id =
                make(
                        grant(table(3), Map.of()),
                        source(consumer, CONSUMER, Map.of()),
                        "resting",
                        NIGHTLY);
        var path = "/api/v1/schedules/" + id;

        assertThat(city.post(consumer, path + "/pause", Map.of()).status()).isEqualTo(422);
        var paused = city.post(consumer, path + "/pause", Map.of("reason", "系统割接"));
        assertThat(paused.<String>at("$.state")).isEqualTo("PAUSED");
        assertThat(paused.<String>at("$.why")).isEqualTo("系统割接");
        assertThat(city.post(consumer, path + "/pause", Map.of("reason", "再")).status())
                .isEqualTo(409);

        var resumed = city.post(consumer, path + "/resumption", Map.of());
        assertThat(resumed.<String>at("$.state")).isEqualTo("ACTIVE");
        assertThat(resumed.<String>at("$.next")).isNotEmpty();
    }

    @Test
    void the_end_of_the_grant_ends_its_schedules() throws Exception {
        var grant = grant(table(3), Map.of());
        var id = make(grant, source(consumer, CONSUMER, Map.of()), "ending", NIGHTLY);

        var ended =
                city.post(
                        city.token(City.POLICE, Role.REVIEWER),
                        "/api/v1/grants/" + grant + "/revocation",
                        Map.of("reason", "不再需要"));

        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(schedule(id).<String>at("$.state")).isEqualTo("ENDED");
    }

    @Test
    void a_schedule_whose_turn_is_refused_stops_itself_says_why_and_waits_on_the_desk()
            throws Exception {
        city.person("sched-police", PASSWORD, City.POLICE, Role.STEWARD);
        var grant = grant(table(3), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        var id = make(grant, target, "refused", NIGHTLY);
        // kept under another grant since: this one would replace it whole
        CONSUMER.run("create table refused (bh bigint primary key)");
        keep(grant(table(3), Map.of()), target, "refused");

        due(id);

        await().until(ticking(() -> schedule(id).<String>at("$.state").equals("PAUSED")));
        assertThat(schedule(id).<String>at("$.why")).contains("整张表换掉");
        var police = new Visitor(city);
        police.login("sched-police", PASSWORD);
        assertThat(police.get("/").body()).contains("/schedules/" + id);
        assertThat(police.get("/schedules/" + id).body()).contains("恢复定时交换", "整张表换掉");
    }

    private void keep(long grant, long target, String table) {
        var set =
                city.put(
                        consumer,
                        "/api/v1/mappings",
                        Map.of(
                                "grant",
                                grant,
                                "target",
                                target,
                                "schema",
                                "public",
                                "table",
                                table,
                                "columns",
                                Map.of("id", "bh"),
                                "key",
                                List.of("bh")));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    @Test
    void a_schedule_ends_with_the_last_day_of_its_grant_and_is_no_trouble() throws Exception {
        city.person("sched-police", PASSWORD, City.POLICE, Role.STEWARD);
        var grant = grant(table(3), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        var turning = make(grant, target, "expired", NIGHTLY);
        var waiting = make(grant, target, "expired_too", UPDATED);
        runOut(grant);

        due(turning);
        await().until(ticking(() -> schedule(turning).<String>at("$.state").equals("ENDED")));
        db.sql("update schedule.schedule set grant_until = current_date - 2 where id = :id")
                .param("id", waiting)
                .update();
        await().until(ticking(() -> schedule(waiting).<String>at("$.state").equals("ENDED")));

        assertThat(schedule(turning).<String>at("$.why")).contains("到期");
        assertThat(schedule(waiting).<String>at("$.why")).contains("到期");
        var police = new Visitor(city);
        police.login("sched-police", PASSWORD);
        assertThat(police.get("/").body()).doesNotContain("/schedules/" + turning);
    }

    /** Made under the release of yesterday, which did not write it down. */
    @Test
    void the_last_day_of_older_schedules_is_filled_in_at_the_start() throws Exception {
        var grant = grant(table(3), Map.of());
        var id = make(grant, source(consumer, CONSUMER, Map.of()), "older", UPDATED);
        db.sql("update schedule.schedule set grant_until = null where id = :id")
                .param("id", id)
                .update();

        schedules.open(new shuqiao.kernel.Opening("", shuqiao.kernel.Opening.City.NONE));

        assertThat(
                        db.sql(
                                        """
                                        select s.grant_until = g.until_day from schedule.schedule s
                                        join sharing."grant" g on g.id = s.grant_id where s.id = :id
                                        """)
                                .param("id", id)
                                .query(Boolean.class)
                                .single())
                .isTrue();
    }

    @Autowired Schedules schedules;

    @Test
    void a_renewed_grant_is_delivered_as_before_from_its_first_day_on() throws Exception {
        var grant = grant(table(3), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        var id = make(grant, target, "renewed", NIGHTLY);
        var until = java.time.LocalDate.now(shuqiao.kernel.Clock.ZONE).plusYears(2).toString();
        var draft =
                city.post(consumer, "/api/v1/grants/" + grant + "/renewal", Map.of("until", until));
        assertThat(draft.status()).as(draft.body()).isEqualTo(201);
        var sent =
                city.post(
                        city.token(City.POLICE, Role.REVIEWER),
                        "/api/v1/requests/" + draft.<Integer>at("$.id") + "/sending",
                        Map.of());
        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        var renewed = sent.<Integer>at("$.grant");

        var listed = city.get(consumer, "/api/v1/schedules?grant=" + renewed);
        assertThat(listed.<List<String>>at("$.items[*].table")).containsExactly("renewed");
        assertThat(listed.<List<String>>at("$.items[*].state")).containsExactly("ACTIVE");
        assertThat(schedule(id).<String>at("$.state")).isEqualTo("ACTIVE");
        var first = listed.<Integer>at("$.items[0].id");
        var next = listed.<String>at("$.items[0].next");
        assertThat(
                        java.time.LocalDate.ofInstant(
                                java.time.Instant.parse(next), shuqiao.kernel.Clock.ZONE))
                .isAfterOrEqualTo(
                        java.time.LocalDate.now(shuqiao.kernel.Clock.ZONE)
                                .plusYears(1)
                                .plusDays(1));

        // woken too early, it waits for its first day and is no trouble
        due(first);
        await().until(
                        ticking(() ->
                                db.sql(
                                                "select next_at > now() + interval '300 days' from schedule.schedule where id = :id")
                                        .param("id", first)
                                        .query(Boolean.class)
                                        .single()));
        assertThat(schedule(first).<String>at("$.state")).isEqualTo("ACTIVE");
    }

    @Test
    void five_failures_in_a_row_stop_a_schedule() throws Exception {
        var table = table(3);
        var id =
                make(
                        grant(table, Map.of()),
                        source(consumer, CONSUMER, Map.of()),
                        "failing",
                        NIGHTLY);
        PROVIDER.run("drop table " + table);

        for (var turn = 1; turn <= Schedules.FAILURES_MAX; turn++) {
            due(id);
            assertThat(awaitState(runOf(id, turn), "FAILED", "DELIVERED").<String>at("$.state"))
                    .isEqualTo("FAILED");
        }

        assertThat(schedule(id).<String>at("$.state")).isEqualTo("PAUSED");
        assertThat(schedule(id).<String>at("$.why")).contains("连续 5 次");
    }

    @Test
    void two_schedules_do_not_write_one_table_under_one_grant() throws Exception {
        var grant = grant(table(3), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        make(grant, target, "double", NIGHTLY);

        var second =
                city.post(consumer, "/api/v1/schedules", wish(grant, target, "double", UPDATED));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body()).contains("public.double");
    }

    @Test
    void what_a_single_run_would_be_refused_for_is_refused_when_it_is_ordered() throws Exception {
        CONSUMER.run("create table odd (other int)");

        var odd =
                city.post(
                        consumer,
                        "/api/v1/schedules",
                        wish(
                                grant(table(3), Map.of()),
                                source(consumer, CONSUMER, Map.of()),
                                "odd",
                                NIGHTLY));

        assertThat(odd.status()).isEqualTo(409);
    }

    @Test
    void wrong_times_are_told_at_their_field() throws Exception {
        var grant = grant(table(3), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        for (var wrong :
                List.of(
                        Map.<String, Object>of("rhythm", "CRON", "cron", "every day"),
                        Map.<String, Object>of("rhythm", "CRON", "cron", "0 0 31 2 *"),
                        Map.<String, Object>of("rhythm", "WORKING_DAYS", "time", "25:00"),
                        Map.<String, Object>of("rhythm", "SOMETIMES"),
                        Map.<String, Object>of())) {
            var answer =
                    city.post(consumer, "/api/v1/schedules", wish(grant, target, "never", wrong));
            assertThat(answer.status()).as(wrong.toString()).isEqualTo(422);
            assertThat(answer.body()).doesNotContain("fault.");
        }
    }

    @Test
    void words_of_quartz_are_refused_with_what_to_write() throws Exception {
        var answer =
                city.post(
                        consumer,
                        "/api/v1/schedules/preview",
                        Map.of("rhythm", "CRON", "cron", "0 2 ? * 1#1"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("crontab(5)", "当月最后一天");
    }

    @Test
    void orders_of_working_days_follow_a_notice_and_its_preview_says_how_many() throws Exception {
        var id =
                make(
                        grant(table(3), Map.of()),
                        source(consumer, CONSUMER, Map.of()),
                        "by_calendar",
                        Map.of("rhythm", "WORKING_DAYS", "time", "02:00"));
        var before = Instant.parse(schedule(id).<String>at("$.next"));
        var day = LocalDate.ofInstant(before, Clock.ZONE);
        var known = calendars.current().notice(day.getYear());
        var off =
                new TreeSet<>(known.map(YearNotice::off).orElseGet(() -> statutory(day.getYear())));
        var work = new TreeSet<>(known.map(YearNotice::work).orElse(Set.of()));
        off.add(day);
        work.remove(day);
        city.person("sched-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        var system = new Visitor(city);
        system.login("sched-system", PASSWORD);
        var form =
                Map.of(
                        "year",
                        String.valueOf(day.getYear()),
                        "source",
                        "临时放假",
                        "csv",
                        lines(off, "off") + lines(work, "work"));
        try {
            assertThat(system.submit("/admin/calendar", "/admin/calendar/preview", form).body())
                    .containsPattern("按工作日运行的 [0-9,]+ 项定时交换中有 [1-9][0-9,]* 项的下一次会改期");
            assertThat(schedule(id).<String>at("$.next")).isEqualTo(before.toString());

            system.submit("/admin/calendar", "/admin/calendar", form);

            var after = Instant.parse(schedule(id).<String>at("$.next"));
            assertThat(after).isAfter(before);
            assertThat(calendars.current().isWorkingDay(LocalDate.ofInstant(after, Clock.ZONE)))
                    .isTrue();
        } finally {
            db.sql("delete from calendar.notice").update();
        }
    }

    @Test
    void the_first_order_of_a_home_follows_a_notice_as_well() throws Exception {
        var id =
                make(
                        grant(table(3), Map.of()),
                        source(consumer, CONSUMER, Map.of()),
                        "by_calendar_first",
                        Map.of("rhythm", "WORKING_DAYS", "time", "03:00"));

        transaction.executeWithoutResult(rolledBack -> {
            rolledBack.setRollbackOnly();
            sql("alter table schedule.schedule alter column id set generated by default");
            sql("update schedule.schedule set id = id + 1000000 where id = 1");
            sql("update schedule.schedule set id = 1 where id = " + id);
            var open =
                    db.sql(
                                    "select count(*) from schedule.schedule where rhythm = 'WORKING_DAYS' and next_at > now()")
                            .query(Long.class)
                            .single();

            assertThat(orders.under(calendars.current()).open()).isEqualTo(open).isPositive();
        });
    }

    private void sql(String statement) {
        db.sql(statement).update();
    }

    private static Set<LocalDate> statutory(int year) {
        return Set.of(
                LocalDate.of(year, 1, 1),
                LocalDate.of(year, 5, 1),
                LocalDate.of(year, 10, 1),
                LocalDate.of(year, 10, 2),
                LocalDate.of(year, 10, 3));
    }

    private static String lines(Set<LocalDate> days, String kind) {
        return days.stream().map(day -> day + "," + kind + "\n").collect(Collectors.joining());
    }

    @Test
    void a_day_of_the_month_is_chosen_in_words_and_said_beside_the_field() throws Exception {
        city.person("sched-words", PASSWORD, City.POLICE, Role.STEWARD);
        var police = new Visitor(city);
        police.login("sched-words", PASSWORD);
        var grant = grant(table(3), Map.of());
        var path = "/schedules/new?grant=" + grant;
        var form =
                new HashMap<>(
                        Map.of(
                                "grant", String.valueOf(grant),
                                "format", "csv",
                                "rhythm", "CRON",
                                "cron", "0 2 31 * 5",
                                "preview", "yes"));

        assertThat(police.submit(path, "/schedules", form).body())
                .contains("每月 31 日，以及每周五 02:00", "2、4、6、9、11 月没有 31 日")
                .doesNotContain("??");
        form.remove("preview");
        form.putAll(Map.of("rhythm", "MONTHLY", "day", "5", "weekday", "1", "time", "06:30"));
        form.remove("cron");
        var made = police.submit(path, "/schedules", form);
        assertThat(made.body()).contains("每月 5 日 06:30（cron：30 6 5 * *）", "已设置");
        form.put("time", "6 点半");
        assertThat(police.submit(path, "/schedules", form).body()).contains("24 小时制");
    }

    @Test
    void a_connection_into_which_a_schedule_delivers_is_not_removed() throws Exception {
        var target = source(consumer, CONSUMER, Map.of());
        make(grant(table(3), Map.of()), target, "kept", NIGHTLY);

        var removed = city.call("DELETE", consumer, "/api/v1/sources/" + target, null, Map.of());

        assertThat(removed.status()).isEqualTo(409);
        assertThat(removed.body()).contains("定时交换");
    }

    @Test
    void another_department_neither_sees_nor_changes_a_schedule() throws Exception {
        var id =
                make(
                        grant(table(3), Map.of()),
                        source(consumer, CONSUMER, Map.of()),
                        "private",
                        NIGHTLY);
        var other = city.token(City.BUREAU, Role.STEWARD);

        assertThat(city.get(other, "/api/v1/schedules/" + id).status()).isEqualTo(404);
        assertThat(
                        city.post(
                                        steward,
                                        "/api/v1/schedules/" + id + "/end",
                                        Map.of("reason", "x"))
                                .status())
                .isEqualTo(403);
        assertThat(city.get(steward, "/api/v1/schedules/" + id).status()).isEqualTo(200);
    }

    @Test
    void a_steward_makes_one_on_pages_after_a_preview_and_ends_it() throws Exception {
        city.person("sched-police", PASSWORD, City.POLICE, Role.STEWARD);
        var police = new Visitor(city);
        police.login("sched-police", PASSWORD);
        var grant = grant(table(3), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        assertThat(police.get("/grants/" + grant).body()).contains("/schedules/new?grant=" + grant);
        var form =
                new HashMap<>(
                        Map.of(
                                "grant", String.valueOf(grant),
                                "target", String.valueOf(target),
                                "schema", "public",
                                "table", "by_page",
                                "rhythm", "WORKING_DAYS",
                                "time", "06:30"));

        form.put("preview", "yes");
        var preview = police.submit("/schedules/new?grant=" + grant, "/schedules", form);
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body()).contains("接下来的运行时间", " 06:30</li>", "by_page");
        form.remove("preview");
        form.put("time", "6 点半");
        var wrong = police.submit("/schedules/new?grant=" + grant, "/schedules", form);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("6 点半", "24 小时制");
        form.put("time", "06:30");
        var made = police.submit("/schedules/new?grant=" + grant, "/schedules", form);
        var path = made.uri().getPath();
        assertThat(path).startsWith("/schedules/");
        assertThat(made.body()).contains("每个工作日 06:30", "已设置").doesNotContain("??");
        assertThat(police.get(path + "?lang=en").body())
                .contains("Every working day at 06:30")
                .doesNotContain("??");
        assertThat(police.get("/schedules?lang=zh").body()).contains("by_page");
        var ended = police.submit(path, path + "/end", Map.of("reason", "项目结束"));
        assertThat(ended.body()).contains("项目结束", "已结束");
    }

    @Test
    void a_steward_orders_files_on_pages_without_any_database() throws Exception {
        city.person("sched-files", PASSWORD, City.POLICE, Role.STEWARD);
        var police = new Visitor(city);
        police.login("sched-files", PASSWORD);
        var grant = grant(table(3), Map.of());
        var form =
                Map.of(
                        "grant", String.valueOf(grant),
                        "format", "xlsx",
                        "rhythm", "WORKING_DAYS",
                        "time", "07:15");

        var made = police.submit("/schedules/new?grant=" + grant, "/schedules", form);

        assertThat(made.uri().getPath()).startsWith("/schedules/");
        assertThat(made.body()).contains("Excel 工作簿", "每个工作日 07:15").doesNotContain("??");
        assertThat(police.get("/schedules").body()).contains("Excel 工作簿").doesNotContain("??");
    }
}
