package shuqiao.upkeep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class EndingTable {

    private static final String OPEN = " taken_back_at is null and ended_at is null ";

    private final JdbcClient db;

    EndingTable(JdbcClient db) {
        this.db = db;
    }

    /** Empty when one is announced already. */
    Optional<Ending> insert(Ending it, boolean weekTold, boolean dayTold) {
        return db.sql(
                        """
                        insert into upkeep.ending
                            (resource, provider, title, day, reason, announced_by, announced_at, week_told, day_told)
                        values (:resource, :provider, :title, :day, :reason, :by, :at, :week, :dayTold)
                        on conflict (resource) where taken_back_at is null and ended_at is null do nothing
                        returning *
                        """)
                .param("resource", it.resource())
                .param("provider", it.provider())
                .param("title", it.title())
                .param("day", it.day())
                .param("reason", it.reason())
                .param("by", it.by())
                .param("at", it.at().atOffset(ZoneOffset.UTC))
                .param("week", weekTold)
                .param("dayTold", dayTold)
                .query(EndingTable::row)
                .optional();
    }

    Optional<Ending> open(long resource) {
        return db.sql("select * from upkeep.ending where resource = :resource and" + OPEN)
                .param("resource", resource)
                .query(EndingTable::row)
                .optional();
    }

    /** Of these resources. */
    List<Ending> open(Collection<Long> resources) {
        return db.sql("select * from upkeep.ending where resource in (:resources) and" + OPEN)
                .param("resources", resources)
                .query(EndingTable::row)
                .list();
    }

    /** All that were announced, the next first. */
    List<Ending> open(int limit) {
        return db.sql("select * from upkeep.ending where" + OPEN + "order by day, id limit :limit")
                .param("limit", limit)
                .query(EndingTable::row)
                .list();
    }

    /** One whose day has come, held until the transaction ends. */
    Optional<Ending> take(LocalDate today, List<Long> except) {
        return db.sql(
                        "select * from upkeep.ending where day <= :today and id <> all(:except::bigint[]) and"
                                + OPEN
                                + "order by day, id limit 1 for update skip locked")
                .param("today", today)
                .param("except", except.toArray(Long[]::new))
                .query(EndingTable::row)
                .optional();
    }

    /** This one, if its day has come, held until the transaction ends. */
    Optional<Ending> take(LocalDate today, long id) {
        return db.sql(
                        "select * from upkeep.ending where day <= :today and id = :id and"
                                + OPEN
                                + "for update skip locked")
                .param("today", today)
                .param("id", id)
                .query(EndingTable::row)
                .optional();
    }

    /** One of which a week before must be spoken; marked as told. */
    Optional<Ending> takeWeek(LocalDate today) {
        return db.sql(
                        """
                        update upkeep.ending set week_told = true where id = (
                            select id from upkeep.ending
                            where not week_told and day - 7 <= :today and taken_back_at is null and ended_at is null
                            order by id limit 1 for update skip locked)
                        returning *
                        """)
                .param("today", today)
                .query(EndingTable::row)
                .optional();
    }

    /** One of which the day before must be spoken; marked as told. */
    Optional<Ending> takeEve(LocalDate today) {
        return db.sql(
                        """
                        update upkeep.ending set week_told = true, day_told = true where id = (
                            select id from upkeep.ending
                            where not day_told and day - 1 <= :today and taken_back_at is null and ended_at is null
                            order by id limit 1 for update skip locked)
                        returning *
                        """)
                .param("today", today)
                .query(EndingTable::row)
                .optional();
    }

    boolean takeBack(long resource, Instant at) {
        return db.sql(
                                "update upkeep.ending set taken_back_at = :at where resource = :resource and"
                                        + OPEN)
                        .param("resource", resource)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void ended(long resource, Instant at) {
        db.sql("update upkeep.ending set ended_at = :at where resource = :resource and" + OPEN)
                .param("resource", resource)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Ending row(ResultSet rs, int number) throws SQLException {
        return new Ending(
                rs.getLong("id"),
                rs.getLong("resource"),
                rs.getString("provider"),
                rs.getString("title"),
                rs.getObject("day", LocalDate.class),
                rs.getString("reason"),
                rs.getString("announced_by"),
                rs.getObject("announced_at", OffsetDateTime.class).toInstant());
    }
}
