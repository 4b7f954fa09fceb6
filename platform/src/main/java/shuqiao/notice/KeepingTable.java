package shuqiao.notice;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class KeepingTable {

    private final JdbcClient db;

    KeepingTable(JdbcClient db) {
        this.db = db;
    }

    int days() {
        return db.sql("select keep_days from notice.keeping").query(Integer.class).single();
    }

    void change(int days) {
        db.sql("update notice.keeping set keep_days = :days").param("days", days).update();
    }

    /** Removes at most so many notices told before; how many. Letters that wait keep theirs. */
    int forgetNotices(Instant before, int limit) {
        return db.sql(
                        """
                        delete from notice.notice where id in (
                            select n.id from notice.notice n
                            where n.told_at < :before
                              and not exists (select from notice.mail m
                                              where m.state = 'WAITING' and n.id = any (m.notices))
                            order by n.told_at limit :limit for update skip locked)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .update();
    }

    /** Removes at most so many letters that ended before; how many. */
    int forgetLetters(Instant before, int limit) {
        return db.sql(
                        """
                        delete from notice.mail where id in (
                            select id from notice.mail where ended_at < :before
                            order by ended_at limit :limit for update skip locked)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .update();
    }
}
