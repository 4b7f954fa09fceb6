package shuqiao.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;

@Repository
class MailTable {

    private static final String COLUMNS =
            "id, receiver, kind, notices, state, attempts, next_at, fault, made_at, ended_at";

    private final JdbcClient db;

    MailTable(JdbcClient db) {
        this.db = db;
    }

    /** A letter for each of these notices whose receiver wants each by mail. */
    void each(Collection<Long> notices, Instant at) {
        db.sql(
                        """
                        insert into notice.mail (receiver, kind, notices, state, next_at, made_at)
                        select w.username, 'EACH', array[n.id], 'WAITING', :at, :at
                        from notice.notice n join notice.wish w on w.username = n.receiver
                        where n.id = any (:notices) and w.mail = 'EACH'
                          and exists (select from notice.mail_server where enabled)
                        """)
                .param("notices", notices.toArray(Long[]::new))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** One digest a day for each who wants one and has something unread in it. */
    void digests(LocalDate day, Instant at) {
        db.sql(
                        """
                        with due as (
                            select username, digest_after from notice.wish
                            where mail = 'DIGEST' and digest_day is distinct from :day
                            for update skip locked
                        ), told as (
                            select d.username, array_agg(n.id order by n.id) as ids, max(n.id) as last
                            from due d join notice.notice n
                                on n.receiver = d.username and n.id > d.digest_after and n.read_at is null
                            group by d.username
                        ), made as (
                            insert into notice.mail (receiver, kind, notices, state, next_at, made_at)
                            select username, 'DIGEST', ids, 'WAITING', :at, :at from told
                        )
                        update notice.wish w
                        set digest_day = :day, digest_after = coalesce((select last from told t where t.username = w.username),
                            w.digest_after)
                        from due where due.username = w.username
                        """)
                .param("day", day)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Takes the next letter whose turn it is; nobody else gets it before the lease ends, by the
     * database's clock.
     */
    Optional<Mail> lease(Instant now, Duration life) {
        return db.sql(
                        """
                        update notice.mail set leased_until = clock_timestamp() + make_interval(secs => :life), attempts = attempts + 1
                        where id = (select id from notice.mail
                                    where state = 'WAITING' and next_at <= :now
                                      and (leased_until is null or leased_until < clock_timestamp())
                                    order by next_at, id limit 1 for update skip locked)
                        returning id, receiver, kind, notices, state, attempts, next_at, fault, made_at, ended_at
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("life", life.toSeconds())
                .query(MailTable::row)
                .optional();
    }

    void end(long id, Mail.State state, String fault, Instant at) {
        db.sql(
                        """
                        update notice.mail set state = :state, fault = :fault, ended_at = :at, leased_until = null
                        where id = :id and state = 'WAITING'
                        """)
                .param("id", id)
                .param("state", state.name())
                .param("fault", fault)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void later(long id, String fault, Instant next) {
        db.sql(
                        """
                        update notice.mail set next_at = :next, fault = :fault, leased_until = null
                        where id = :id and state = 'WAITING'
                        """)
                .param("id", id)
                .param("fault", fault)
                .param("next", next.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A letter that was given up is tried from the beginning; false when it was not. */
    boolean again(long id, Instant now) {
        return db.sql(
                                """
                                update notice.mail set state = 'WAITING', attempts = 0, next_at = :now, ended_at = null
                                where id = :id and state = 'FAILED'
                                """)
                        .param("id", id)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Newest first. */
    Page<Mail> list(Mail.@Nullable State state, Page.Request page) {
        var wanted = state == null ? null : state.name();
        long total =
                db.sql(
                                "select count(*) from notice.mail where :state::text is null or state = :state")
                        .param("state", wanted)
                        .query(Long.class)
                        .single();
        var rows =
                db.sql(
                                "select "
                                        + COLUMNS
                                        + " from notice.mail where id < :after and (:state::text is null or state = :state)"
                                        + " order by id desc limit :limit")
                        .param("after", page.after())
                        .param("state", wanted)
                        .param("limit", page.limit() + 1)
                        .query(MailTable::row)
                        .list();
        return page.page(rows, total, Mail::id);
    }

    Map<Mail.State, Long> counts() {
        var counts = new EnumMap<Mail.State, Long>(Mail.State.class);
        db.sql("select state, count(*) as n from notice.mail group by state")
                .query(rs -> {
                    counts.put(Mail.State.valueOf(rs.getString("state")), rs.getLong("n"));
                });
        return counts;
    }

    private static Mail row(ResultSet rs, int number) throws SQLException {
        return new Mail(
                rs.getLong("id"),
                rs.getString("receiver"),
                Wish.How.valueOf(rs.getString("kind")),
                List.of((Long[]) rs.getArray("notices").getArray()),
                Mail.State.valueOf(rs.getString("state")),
                rs.getInt("attempts"),
                rs.getObject("next_at", OffsetDateTime.class).toInstant(),
                rs.getString("fault"),
                rs.getObject("made_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(rs.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
