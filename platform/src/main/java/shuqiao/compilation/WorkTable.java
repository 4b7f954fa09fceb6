package shuqiao.compilation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which platform works on which batch, and how far it is. */
@Repository
class WorkTable {

    /** After this time without a sign the platform counts as dead, and another may begin. */
    static final Duration LOST_AFTER = Duration.ofSeconds(15);

    /** Work of some platform. */
    record At(Checks.Work kind, int percent) {}

    private final JdbcClient db;

    WorkTable(JdbcClient db) {
        this.db = db;
    }

    /** Takes the batch, unless another platform is alive at it. */
    boolean begin(String batch, Checks.Work kind, String platform, Instant now) {
        return db.sql(
                                """
                                insert into compilation.work as w (batch, kind, platform, seen)
                                select id, :kind, :platform, :now from compilation.batch where id = :batch
                                on conflict (batch) do update
                                set kind = excluded.kind, platform = excluded.platform,
                                    percent = 0, seen = excluded.seen
                                where w.platform = excluded.platform or w.seen < :lost
                                """)
                        .param("batch", batch)
                        .param("kind", kind.name())
                        .param("platform", platform)
                        .param("now", time(now))
                        .param("lost", time(now.minus(LOST_AFTER)))
                        .update()
                == 1;
    }

    void seen(String batch, String platform, int percent, Instant now) {
        db.sql(
                        """
                        update compilation.work set percent = :percent, seen = :now
                        where batch = :batch and platform = :platform
                        """)
                .param("batch", batch)
                .param("platform", platform)
                .param("percent", percent)
                .param("now", time(now))
                .update();
    }

    void end(String batch, String platform) {
        db.sql("delete from compilation.work where batch = :batch and platform = :platform")
                .param("batch", batch)
                .param("platform", platform)
                .update();
    }

    /** What another platform is at. */
    Optional<At> elsewhere(String batch, String platform, Instant now) {
        return db.sql(
                        """
                        select kind, percent from compilation.work
                        where batch = :batch and platform <> :platform and seen >= :lost
                        """)
                .param("batch", batch)
                .param("platform", platform)
                .param("lost", time(now.minus(LOST_AFTER)))
                .query((rs, _) ->
                        new At(Checks.Work.valueOf(rs.getString("kind")), rs.getInt("percent")))
                .optional();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
