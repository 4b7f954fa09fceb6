package shuqiao.work;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How the work stands, for health and for measurements. */
@Repository
class WorkSums {

    /**
     * @param failing recurring kinds that failed three times in a row or more
     * @param dead items that are not tried any more
     * @param waiting items
     * @param overdue what nobody has begun since {@code late}, or has been at since {@code hung}
     * @param oldest seconds since when the longest waiting is due; 0 where nothing is
     */
    record Sums(long failing, long dead, long waiting, long overdue, double oldest) {}

    private final JdbcClient db;

    WorkSums(JdbcClient db) {
        this.db = db;
    }

    Sums sums(Instant now, Instant late, Instant hung) {
        return db.sql(
                        """
                        select count(*) filter (where key = 'recurring' and attempt >= :failing) as failing,
                            count(*) filter (where dead_at is not null) as dead,
                            count(*) filter (where key <> 'recurring' and dead_at is null and not picked) as waiting,
                            count(*) filter (where dead_at is null and due < case when picked then :hung else :late end) as overdue,
                            coalesce(extract(epoch from :now - min(due) filter (where dead_at is null and not picked and due < :now)), 0) as oldest
                        from work.task
                        """)
                .param("failing", Round.FAILING)
                .param("now", time(now))
                .param("late", time(late))
                .param("hung", time(hung))
                .query((rs, _) ->
                        new Sums(
                                rs.getLong("failing"),
                                rs.getLong("dead"),
                                rs.getLong("waiting"),
                                rs.getLong("overdue"),
                                rs.getDouble("oldest")))
                .single();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
