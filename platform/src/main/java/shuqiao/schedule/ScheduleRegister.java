package shuqiao.schedule;

import static shuqiao.kernel.Role.AUTHORITY;
import static shuqiao.kernel.Role.REVIEWER;
import static shuqiao.kernel.Role.STEWARD;

import java.util.stream.IntStream;
import shuqiao.kernel.Role;
import shuqiao.kit.Detail;
import shuqiao.kit.Field;
import shuqiao.kit.Form;
import shuqiao.kit.Listing;
import shuqiao.kit.Listing.Column;
import shuqiao.kit.Register;
import shuqiao.kit.Transitions;
import shuqiao.kit.Transitions.Move;
import shuqiao.kit.Transitions.Reason;
import shuqiao.kit.Transitions.State;
import shuqiao.kit.Words;

/** Schedules as data: how they are listed, made, seen, paused and ended. */
final class ScheduleRegister {

    private static final String[] STATES = {"ACTIVE", "PAUSED", "ENDED"};
    private static final Role[] SIDES = {STEWARD, REVIEWER, AUTHORITY};
    private static final String ONE = "/schedules/{id}";

    private static final Listing LISTING =
            Listing.of(SIDES)
                    .titled("menu.schedules", "schedules.empty", "schedules.empty.why")
                    .with(
                            Column.of("number", Field.Type.TEXT, "list.number"),
                            Column.of("title", Field.Type.TEXT, "schedules.title").to(ONE),
                            Column.of("provider", Field.Type.TEXT, "list.provider"),
                            Column.of("consumer", Field.Type.TEXT, "list.consumer"),
                            Column.of("rhythm", Field.Type.TEXT, "schedules.rhythm"),
                            Column.of("state", Field.Type.CODE, "schedules.state"),
                            Column.of("next", Field.Type.TIME, "schedules.next"))
                    .numbers("id", "grant", "resource", "target", "turns", "skipped", "failures")
                    .texts("rail", "schema", "table", "format", "cron", "time", "why", "lastRun")
                    .ticks("guarded", "verifyFull")
                    .times("stoppedAt", "lastAt", "madeAt")
                    .narrowed(
                            Field.text("q").label("list.q"),
                            Field.code("with").label("list.with").from("departments"),
                            Field.code("state")
                                    .label("schedules.state")
                                    .oneOf("schedule.state", STATES),
                            Field.number("grant"))
                    .sorted("newest", "list.sort.NEWEST")
                    .sorted("oldest", "list.sort.OLDEST")
                    .sorted("name", "list.sort.NAME")
                    .sorted("due", "list.sort.next")
                    .forMany("pause", "resume", "end")
                    .exportedAs("schedules")
                    .rest("listSchedules", "Schedules of one's organization, newest first 查定时交换");

    private static final Form MAKE =
            Form.of("make", "/schedules", STEWARD)
                    .titled("schedules.new", "schedules.new.of", "schedules.new.what")
                    .asks(
                            Field.number("grant").must(),
                            Field.text("rail"),
                            Field.radio("format")
                                    .label("runs.new.format")
                                    .from("formats")
                                    .first("table"),
                            Field.number("target")
                                    .label("runs.new.target")
                                    .hint("runs.new.target.hint")
                                    .from("targets")
                                    .must()
                                    .when("format", "table"),
                            Field.text("schema")
                                    .label("runs.new.schema")
                                    .must()
                                    .within(0, 63)
                                    .when("format", "table"),
                            Field.text("table")
                                    .label("runs.new.table")
                                    .hint("runs.new.table.hint")
                                    .must()
                                    .within(0, 63)
                                    .when("format", "table"),
                            Field.tick("guarded")
                                    .label("runs.new.guarded")
                                    .hint("runs.new.guarded.what")
                                    .when("format", "csv"),
                            Field.radio("rhythm")
                                    .label("schedules.when")
                                    .must()
                                    .oneOf("schedules.way", PlainRhythm.WAYS),
                            Field.text("time")
                                    .label("schedules.time")
                                    .hint("schedules.time.hint")
                                    .must()
                                    .within(0, 18)
                                    .when("rhythm", PlainRhythm.TIMED),
                            Field.code("weekday")
                                    .label("schedules.weekday")
                                    .oneOf("weekday.short", upTo(7))
                                    .first("1")
                                    .when("rhythm", "WEEKLY"),
                            Field.code("day")
                                    .label("schedules.day")
                                    .from("days")
                                    .first("1")
                                    .when("rhythm", "MONTHLY"),
                            Field.text("cron")
                                    .label("schedules.cron")
                                    .hint("schedules.cron.hint")
                                    .must()
                                    .within(0, Rhythm.Cron.LENGTH_MAX)
                                    .when("rhythm", "CRON"),
                            Field.tick("verifyFull").label("runs.new.full"))
                    .then("schedules.new.go", "schedules.made", ONE)
                    .post("makeSchedule", "Order deliveries that repeat by themselves 设置定时交换")
                    .drafted()
                    .foretold(
                            "schedules.preview",
                            "previewSchedule",
                            "The next five turns of a rhythm; nothing is kept 预览运行时间");

    static final Register REGISTER =
            Register.of("schedule", "/schedules")
                    .tagged("schedules", "Deliveries that repeat by themselves 定时交换")
                    .listed(LISTING)
                    .seen(
                            Detail.of("schedules.of", SIDES)
                                    .with(
                                            Column.of("number", Field.Type.TEXT, "run.grant")
                                                    .to("/grants/{grant}"),
                                            Column.of("place", Field.Type.TEXT, "runs.new.format"),
                                            Column.of("lastAt", Field.Type.TIME, "schedules.last")
                                                    .to("/runs/{lastRun}"),
                                            Column.of(
                                                    "turns", Field.Type.NUMBER, "schedules.count"),
                                            Column.of(
                                                    "skipped",
                                                    Field.Type.NUMBER,
                                                    "schedules.skipped"),
                                            Column.of(
                                                    "madeAt", Field.Type.TIME, "schedules.made-on"))
                                    .rest("getSchedule", "A schedule with its next turn 定时交换"))
                    .filled(MAKE)
                    .moved(
                            new Transitions(
                                    java.util.List.of(
                                            State.of("ACTIVE", "schedule.state", "running").first(),
                                            State.of("PAUSED", "schedule.state", "failed"),
                                            State.of("ENDED", "schedule.state", "draft").last()),
                                    java.util.List.of(
                                            stop("pause", "PAUSED", "schedules.paused", "ACTIVE")
                                                    .post(
                                                            "pauseSchedule",
                                                            "Take no turns for the time being 暂停"),
                                            Move.of("resume", "ACTIVE", "PAUSED")
                                                    .by(SIDES)
                                                    .page(
                                                            "resumption",
                                                            "schedules.resume",
                                                            "schedules.resumed",
                                                            ONE)
                                                    .post(
                                                            "resumeSchedule",
                                                            "Go on with a paused schedule 恢复"),
                                            stop(
                                                            "end",
                                                            "ENDED",
                                                            "schedules.ended",
                                                            "ACTIVE",
                                                            "PAUSED")
                                                    .post(
                                                            "endSchedule",
                                                            "End a schedule for good 结束"))));

    private ScheduleRegister() {}

    private static Move stop(String name, String to, String done, String... from) {
        return Move.of(name, to, from)
                .by(SIDES)
                .page(name, "schedules." + name, done, ONE)
                .asking(Reason.MUST, Words.of("schedules.stop.what"));
    }

    private static String[] upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(String::valueOf).toArray(String[]::new);
    }
}
