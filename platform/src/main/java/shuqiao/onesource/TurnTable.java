package shuqiao.onesource;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whose columns the platform compares next by itself. */
@Repository
class TurnTable {

    private final JdbcClient db;

    TurnTable(JdbcClient db) {
        this.db = db;
    }

    void follow(long resource, Instant next) {
        db.sql(
                        """
                        insert into onesource.turn (resource, next_at) values (:resource, :next)
                        on conflict (resource) do update set next_at = excluded.next_at
                        """)
                .param("resource", resource)
                .param("next", time(next))
                .update();
    }

    void forget(long resource) {
        db.sql("delete from onesource.turn where resource = :resource")
                .param("resource", resource)
                .update();
    }

    /** Takes the turn that waited longest; nobody else takes it while the lease lasts. */
    Optional<Long> take(Instant now, Duration lease, Collection<Long> except) {
        return db.sql(
                        """
                        update onesource.turn set next_at = :until
                        where resource = (
                            select resource from onesource.turn where next_at <= :now and resource <> all(:except::bigint[])
                            order by next_at limit 1 for update skip locked)
                        returning resource
                        """)
                .param("now", time(now))
                .param("except", except.toArray(Long[]::new))
                .param("until", time(now.plus(lease)))
                .query(Long.class)
                .optional();
    }

    void later(long resource, Instant next) {
        db.sql("update onesource.turn set next_at = :next where resource = :resource")
                .param("resource", resource)
                .param("next", time(next))
                .update();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
