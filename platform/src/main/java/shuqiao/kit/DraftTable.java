package shuqiao.kit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DraftTable {

    private final JdbcClient db;

    DraftTable(JdbcClient db) {
        this.db = db;
    }

    /** Whose draft of what. */
    record Key(String person, String form, String about) {}

    /** What was typed, as it was written down. */
    record Draft(String typed, Instant at) {}

    Optional<Draft> find(Key key) {
        return db.sql(
                        """
                        select typed, saved_at from kit.draft
                        where person = :person and form = :form and about = :about
                        """)
                .paramSource(key)
                .query((rs, _) ->
                        new Draft(
                                rs.getString("typed"),
                                rs.getObject("saved_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** In the place of what was kept before. */
    void put(Key key, String typed, Instant at) {
        db.sql(
                        """
                        insert into kit.draft (person, form, about, typed, saved_at)
                        values (:person, :form, :about, :typed, :at)
                        on conflict (person, form, about)
                        do update set typed = excluded.typed, saved_at = excluded.saved_at
                        """)
                .param("person", key.person())
                .param("form", key.form())
                .param("about", key.about())
                .param("typed", typed)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void drop(Key key) {
        db.sql("delete from kit.draft where person = :person and form = :form and about = :about")
                .paramSource(key)
                .update();
    }

    /** Drops all of a person but so many of the latest. */
    void keep(String person, int most) {
        db.sql(
                        """
                        delete from kit.draft where person = :person and (form, about) not in
                            (select form, about from kit.draft where person = :person order by saved_at desc limit :most)
                        """)
                .param("person", person)
                .param("most", most)
                .update();
    }

    /** Drops a few of those that are older; how many. */
    int sweep(Instant before, int most) {
        return db.sql(
                        """
                        delete from kit.draft where ctid in
                            (select ctid from kit.draft where saved_at < :before limit :most)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }
}
