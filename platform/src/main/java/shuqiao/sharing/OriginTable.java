package shuqiao.sharing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class OriginTable {

    /** A grant that ends soon and that nobody renewed. */
    record Ending(
            long grant,
            String number,
            String title,
            String provider,
            String consumer,
            LocalDate until) {}

    private final JdbcClient db;

    OriginTable(JdbcClient db) {
        this.db = db;
    }

    void insert(Origin it) {
        db.sql(
                        """
                        insert into sharing.origin (request, kind, "grant", earlier)
                        values (:request, :kind, :grant, :earlier)
                        """)
                .param("request", it.request())
                .param("kind", it.kind().name())
                .param("grant", it.grant().orElse(null))
                .param("earlier", it.earlier())
                .update();
    }

    Optional<Origin> find(long request) {
        return db.sql(
                        """
                        select request, kind, "grant", earlier from sharing.origin where request = :request
                        """)
                .param("request", request)
                .query((rs, _) ->
                        new Origin(
                                rs.getLong("request"),
                                Origin.Kind.valueOf(rs.getString("kind")),
                                Optional.ofNullable(rs.getObject("grant", Long.class)),
                                rs.getLong("earlier")))
                .optional();
    }

    /** Of two who renew at once the second waits for the first. */
    void hold(long grant) {
        db.sql("select id from sharing.\"grant\" where id = :grant for update")
                .param("grant", grant)
                .query(Long.class)
                .optional();
    }

    /** The number of a request that renews this grant, unless it came to nothing. */
    Optional<String> renewal(long grant) {
        return db.sql(
                        """
                        select r.number
                        from sharing.origin o join sharing.request r on r.id = o.request
                        where o."grant" = :grant and r.state not in ('WITHDRAWN', 'REFUSED', 'KEPT', 'UPHELD')
                        order by r.id limit 1
                        """)
                .param("grant", grant)
                .query(String.class)
                .optional();
    }

    /** Grants of a consumer that end between two days, soonest first; of all for an empty one. */
    List<Ending> ending(String consumer, LocalDate today, LocalDate latest, int limit) {
        return db.sql(
                        """
                        select g.id, g.number, g.title, g.provider, g.consumer, g.until_day
                        from sharing."grant" g
                        where (:consumer = '' or g.consumer = :consumer)
                          and g.until_day between :today and :latest
                          and not exists (select from sharing.grant_end e where e."grant" = g.id)
                          and not exists (select from sharing.origin o join sharing.request r on r.id = o.request
                                          where o."grant" = g.id
                                            and r.state not in ('WITHDRAWN', 'REFUSED', 'KEPT', 'UPHELD'))
                        order by g.until_day, g.id limit :limit
                        """)
                .param("consumer", consumer)
                .param("limit", limit)
                .param("today", today)
                .param("latest", latest)
                .query((rs, _) ->
                        new Ending(
                                rs.getLong("id"),
                                rs.getString("number"),
                                rs.getString("title"),
                                rs.getString("provider"),
                                rs.getString("consumer"),
                                rs.getObject("until_day", LocalDate.class)))
                .list();
    }
}
