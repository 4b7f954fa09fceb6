package shuqiao.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class PhraseTable {

    /**
     * A sentence to begin an opinion with (常用意见).
     *
     * @param organization whose it is; null for all departments
     */
    record Phrase(
            long id,
            Decision.Outcome outcome,
            String title,
            String words,
            @Nullable String organization) {}

    private final JdbcClient db;

    PhraseTable(JdbcClient db) {
        this.db = db;
    }

    /** Those of the city and of one department, by outcome, the city's first. */
    List<Phrase> of(String organization) {
        return db.sql(
                        """
                        select id, outcome, title, words, organization from sharing.phrase
                        where organization is null or organization = :organization
                        order by array_position(array['GRANT', 'GRANT_IN_PART', 'REFUSE'], outcome),
                            organization nulls first, id
                        """)
                .param("organization", organization)
                .query(PhraseTable::row)
                .list();
    }

    Optional<Phrase> find(long id) {
        return db.sql(
                        "select id, outcome, title, words, organization from sharing.phrase where id = :id")
                .param("id", id)
                .query(PhraseTable::row)
                .optional();
    }

    /** How many one owner has, to bound them. */
    long count(@Nullable String organization) {
        return db.sql(
                        "select count(*) from sharing.phrase where organization is not distinct from :organization")
                .param("organization", organization)
                .query(Long.class)
                .single();
    }

    long insert(Phrase phrase) {
        return db.sql(
                        """
                        insert into sharing.phrase (outcome, title, words, organization)
                        values (:outcome, :title, :words, :organization) returning id
                        """)
                .param("outcome", phrase.outcome().name())
                .param("title", phrase.title())
                .param("words", phrase.words())
                .param("organization", phrase.organization())
                .query(Long.class)
                .single();
    }

    void update(Phrase phrase) {
        db.sql(
                        """
                        update sharing.phrase set outcome = :outcome, title = :title, words = :words
                        where id = :id
                        """)
                .param("id", phrase.id())
                .param("outcome", phrase.outcome().name())
                .param("title", phrase.title())
                .param("words", phrase.words())
                .update();
    }

    void delete(long id) {
        db.sql("delete from sharing.phrase where id = :id").param("id", id).update();
    }

    private static Phrase row(ResultSet rs, int number) throws SQLException {
        return new Phrase(
                rs.getLong("id"),
                Decision.Outcome.valueOf(rs.getString("outcome")),
                rs.getString("title"),
                rs.getString("words"),
                rs.getString("organization"));
    }
}
