package shuqiao.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far people have come on the tour. */
@Repository
class TourTable {

    private final JdbcClient db;

    TourTable(JdbcClient db) {
        this.db = db;
    }

    Optional<Integer> stop(String username) {
        return db.sql("select stop from demo.tour where username = :username")
                .param("username", username)
                .query(Integer.class)
                .optional();
    }

    void put(String username, int stop, Instant now) {
        db.sql(
                        """
                        insert into demo.tour (username, stop, changed_at) values (:username, :stop, :now)
                        on conflict (username) do update set stop = excluded.stop, changed_at = excluded.changed_at
                        """)
                .param("username", username)
                .param("stop", stop)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
