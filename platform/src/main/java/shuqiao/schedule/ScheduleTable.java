package shuqiao.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.FileFormat;
import shuqiao.exchange.Run;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import shuqiao.schedule.Schedule.State;
import shuqiao.schedule.Schedule.Why;

@Repository
class ScheduleTable {

    private final JdbcClient db;

    ScheduleTable(JdbcClient db) {
        this.db = db;
    }

    /** Empty when another one delivers into the same place under the same grant. */
    Optional<Long> insert(Schedule it, @Nullable Instant next, LocalDate until) {
        var table = it.target() instanceof Run.Target.Table one ? one : null;
        var file = it.target() instanceof Run.Target.File one ? one : null;
        return db.sql(
                        """
                        insert into schedule.schedule
                            (grant_id, number, resource, title, provider, consumer, rail, target, target_schema, target_table,
                             format, guarded, verify_full, rhythm, cron, at_time, made_by, made_at, state, next_at, grant_until)
                        values (:grant, :number, :resource, :title, :provider, :consumer, :rail, :target, :schema, :table,
                                :format, :guarded, :full, :rhythm, :cron, :atTime, :by, :at, 'ACTIVE', :next, :until)
                        on conflict do nothing
                        returning id
                        """)
                .param("grant", it.grant())
                .param("number", it.number())
                .param("resource", it.resource())
                .param("title", it.title())
                .param("provider", it.provider())
                .param("consumer", it.consumer())
                .param("rail", file == null ? "EXCHANGE" : "FILE")
                .param("target", table == null ? null : table.source())
                .param("schema", table == null ? null : table.schema())
                .param("table", table == null ? null : table.table())
                .param("format", file == null ? null : file.format().name())
                .param("guarded", file != null && file.guarded())
                .param("full", it.verifyFull())
                .param("rhythm", it.rhythm().word())
                .param("cron", it.rhythm() instanceof Rhythm.Cron(var text) ? text : null)
                .param("atTime", it.rhythm() instanceof Rhythm.OnWorkingDays(var at) ? at : null)
                .param("by", it.madeBy())
                .param("at", time(it.madeAt()))
                .param("next", time(next))
                .param("until", until)
                .query(Long.class)
                .optional();
    }

    /** A few of those whose grant is over since before this day. */
    List<Schedule> expired(LocalDate today, int most) {
        return db.sql(
                        """
                        select * from schedule.schedule where state <> 'ENDED' and grant_until < :today
                        order by grant_until, id limit :most for update skip locked
                        """)
                .param("today", today)
                .param("most", most)
                .query(ScheduleTable::read)
                .list();
    }

    /** A few of the grants whose last day is not known. */
    List<Long> withoutEnd(int most) {
        return db.sql(
                        """
                        select distinct grant_id from schedule.schedule
                        where state <> 'ENDED' and grant_until is null order by grant_id limit :most
                        """)
                .param("most", most)
                .query((rs, _) -> rs.getLong("grant_id"))
                .list();
    }

    void until(long grant, LocalDate day) {
        db.sql("update schedule.schedule set grant_until = :day where grant_id = :grant")
                .param("grant", grant)
                .param("day", day)
                .update();
    }

    Optional<Schedule> find(long id) {
        return db.sql("select * from schedule.schedule where id = :id")
                .param("id", id)
                .query(ScheduleTable::read)
                .optional();
    }

    /** A piece of a list, in its order. */
    Page<Schedule> page(Where where, ListQuery.Sort order, Page.Request page, long offset) {
        var all = where.copy();
        var which =
                switch (order) {
                    case NEWEST -> " order by id desc";
                    case OLDEST -> " order by id";
                    case NAME -> " order by title, id desc";
                    case DUE -> " order by next_at nulls last, id desc";
                };
        where.and("id < :after", "after", page.after())
                .with("limit", page.limit() + 1)
                .with("offset", offset);
        var rows =
                db.sql(
                                "select * from schedule.schedule"
                                        + where.sql()
                                        + which
                                        + " limit :limit offset :offset")
                        .params(where.parameters())
                        .query(ScheduleTable::read)
                        .list();
        return page.page(rows, () -> count(all), Schedule::id);
    }

    /** Departments on either side of what a list has. */
    List<String> departments(Where where) {
        return db.sql(
                        "select provider from schedule.schedule"
                                + where.sql()
                                + " union select consumer from schedule.schedule"
                                + where.sql())
                .params(where.parameters())
                .query((rs, _) -> rs.getString("provider"))
                .list();
    }

    private long count(Where where) {
        return db.sql("select count(*) from schedule.schedule" + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    /**
     * The turn that has waited longest, held until the transaction ends. Only its id, so that one
     * that cannot be read is known by it.
     *
     * @param except those that broke and are put back
     */
    Optional<Long> takeDue(Instant now, List<Long> except) {
        return db.sql(
                        """
                        select id from schedule.schedule where next_at <= :now and id <> all(:except::bigint[])
                        order by next_at limit 1 for update skip locked
                        """)
                .param("now", time(now))
                .param("except", except.toArray(Long[]::new))
                .query(Long.class)
                .optional();
    }

    /** The turn of this one, where it is due, held until the transaction ends. */
    Optional<Long> takeDue(Instant now, long id) {
        return db.sql(
                        "select id from schedule.schedule where id = :id and next_at <= :now for update skip locked")
                .param("id", id)
                .param("now", time(now))
                .query(Long.class)
                .optional();
    }

    /** Those that have not ended and deliver into the source. */
    List<Schedule> into(long source) {
        return db.sql(
                        "select * from schedule.schedule where target = :source and state <> 'ENDED' order by id")
                .param("source", source)
                .query(ScheduleTable::read)
                .list();
    }

    /**
     * A few of those that wait for a working day to come, held until the transaction ends.
     *
     * @param after the id of the last one that was given
     */
    List<Schedule> onWorkingDays(Instant now, long after, int most) {
        return db.sql(
                        """
                        select * from schedule.schedule
                        where rhythm = 'WORKING_DAYS' and state = 'ACTIVE' and next_at > :now and id > :after
                        order by id limit :most for update
                        """)
                .param("now", time(now))
                .param("after", after)
                .param("most", most)
                .query(ScheduleTable::read)
                .list();
    }

    boolean usesTarget(long source) {
        return db.sql(
                        "select exists (select from schedule.schedule where target = :source and state <> 'ENDED')")
                .param("source", source)
                .query(Boolean.class)
                .single();
    }

    void later(long id, Instant next) {
        db.sql("update schedule.schedule set next_at = :next where id = :id")
                .param("id", id)
                .param("next", time(next))
                .update();
    }

    void turned(long id, String run, Instant at, @Nullable Instant next) {
        db.sql(
                        """
                        update schedule.schedule set last_run = :run, last_at = :at, turns = turns + 1, next_at = :next
                        where id = :id
                        """)
                .param("id", id)
                .param("run", run)
                .param("at", time(at))
                .param("next", time(next))
                .update();
    }

    void skipped(long id, @Nullable Instant next) {
        db.sql("update schedule.schedule set skipped = skipped + 1, next_at = :next where id = :id")
                .param("id", id)
                .param("next", time(next))
                .update();
    }

    /** All that wait for this resource have their turn now. */
    int due(long resource, Instant now) {
        return db.sql(
                        """
                        update schedule.schedule set next_at = :now
                        where resource = :resource and rhythm = 'AFTER_UPDATE' and state = 'ACTIVE' and next_at is null
                        """)
                .param("resource", resource)
                .param("now", time(now))
                .update();
    }

    /** False when it was not active any more. */
    boolean pause(long id, String by, Why why, Instant at) {
        return stop(id, "PAUSED", List.of("ACTIVE"), by, why, at);
    }

    /** False when it had ended already. */
    boolean end(long id, String by, Why why, Instant at) {
        return stop(id, "ENDED", List.of("ACTIVE", "PAUSED"), by, why, at);
    }

    private boolean stop(long id, String state, List<String> from, String by, Why why, Instant at) {
        return db.sql(
                                """
                                update schedule.schedule set state = :state, next_at = null,
                                    stopped_by = :by, stopped_at = :at, why_zh = :zh, why_en = :en
                                where id = :id and state in (:from)
                                """)
                        .param("from", from)
                        .param("id", id)
                        .param("state", state)
                        .param("by", by)
                        .param("at", time(at))
                        .param("zh", why.zh())
                        .param("en", why.en())
                        .update()
                == 1;
    }

    boolean resume(long id, @Nullable Instant next) {
        return db.sql(
                                """
                                update schedule.schedule set state = 'ACTIVE', next_at = :next, failures = 0,
                                    stopped_by = null, stopped_at = null, why_zh = null, why_en = null
                                where id = :id and state = 'PAUSED'
                                """)
                        .param("id", id)
                        .param("next", time(next))
                        .update()
                == 1;
    }

    /** Those of a grant that has ended. */
    List<Schedule> of(long grant) {
        return db.sql(
                        "select * from schedule.schedule where grant_id = :grant and state <> 'ENDED' for update")
                .param("grant", grant)
                .query(ScheduleTable::read)
                .list();
    }

    /** The schedule whose latest turn this run is, with one failure more. */
    Optional<Schedule> failed(String run) {
        return db.sql(
                        "update schedule.schedule set failures = failures + 1 where last_run = :run returning *")
                .param("run", run)
                .query(ScheduleTable::read)
                .optional();
    }

    void delivered(String run) {
        db.sql("update schedule.schedule set failures = 0 where last_run = :run and failures > 0")
                .param("run", run)
                .update();
    }

    private static Schedule read(ResultSet rs, int number) throws SQLException {
        var rhythm =
                switch (rs.getString("rhythm")) {
                    case "CRON" -> new Rhythm.Cron(rs.getString("cron"));
                    case "WORKING_DAYS" ->
                            new Rhythm.OnWorkingDays(rs.getObject("at_time", LocalTime.class));
                    default -> new Rhythm.AfterUpdate();
                };
        return new Schedule(
                rs.getLong("id"),
                rs.getLong("grant_id"),
                rs.getString("number"),
                rs.getLong("resource"),
                rs.getString("title"),
                rs.getString("provider"),
                rs.getString("consumer"),
                target(rs),
                rs.getBoolean("verify_full"),
                rhythm,
                rs.getString("made_by"),
                java.util.Objects.requireNonNull(instant(rs, "made_at")),
                rs.getString("last_run"),
                instant(rs, "last_at"),
                rs.getLong("turns"),
                rs.getLong("skipped"),
                rs.getInt("failures"),
                state(rs));
    }

    private static Run.Target target(ResultSet rs) throws SQLException {
        return rs.getString("rail").equals("FILE")
                ? new Run.Target.File(
                        FileFormat.valueOf(rs.getString("format")), rs.getBoolean("guarded"))
                : new Run.Target.Table(
                        rs.getLong("target"),
                        rs.getString("target_schema"),
                        rs.getString("target_table"),
                        null);
    }

    private static State state(ResultSet rs) throws SQLException {
        var stopped = instant(rs, "stopped_at");
        if (stopped == null) return new State.Active(instant(rs, "next_at"));
        var by = rs.getString("stopped_by");
        var why = new Why(rs.getString("why_zh"), rs.getString("why_en"));
        return rs.getString("state").equals("PAUSED")
                ? new State.Paused(stopped, by, why)
                : new State.Ended(stopped, by, why);
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        var at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
