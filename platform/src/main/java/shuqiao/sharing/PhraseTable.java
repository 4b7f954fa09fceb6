package shuqiao.sharing;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sentences to begin an opinion with (常用意见). */
@Repository
class PhraseTable {

    record Phrase(long id, Decision.Outcome outcome, String title, String words) {}

    private final JdbcClient db;

    PhraseTable(JdbcClient db) {
        this.db = db;
    }

    /** By outcome, in their order. */
    List<Phrase> all() {
        return db.sql(
                        """
                        select id, outcome, title, words from sharing.phrase
                        order by array_position(array['GRANT', 'GRANT_IN_PART', 'REFUSE'], outcome), position
                        """)
                .query((rs, _) ->
                        new Phrase(
                                rs.getLong("id"),
                                Decision.Outcome.valueOf(rs.getString("outcome")),
                                rs.getString("title"),
                                rs.getString("words")))
                .list();
    }

    Optional<Phrase> find(long id) {
        return all().stream().filter(phrase -> phrase.id() == id).findFirst();
    }
}
