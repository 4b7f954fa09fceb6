package shuqiao.notice;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class WishTable {

    private final JdbcClient db;

    WishTable(JdbcClient db) {
        this.db = db;
    }

    Optional<Wish> find(String username) {
        return db.sql(
                        "select username, mail, address, language from notice.wish where username = :username")
                .param("username", username)
                .query((rs, _) ->
                        new Wish(
                                rs.getString("username"),
                                Wish.How.valueOf(rs.getString("mail")),
                                rs.getString("address"),
                                rs.getString("language")))
                .optional();
    }

    /** A digest begins with what is told from now on. */
    void write(Wish it) {
        db.sql(
                        """
                        insert into notice.wish (username, mail, address, language, digest_after)
                        values (:username, :mail, :address, :language,
                            (select coalesce(max(id), 0) from notice.notice where receiver = :username))
                        on conflict (username) do update
                        set mail = excluded.mail, address = excluded.address, language = excluded.language,
                            digest_after = case when notice.wish.mail = 'DIGEST' then notice.wish.digest_after
                                                else excluded.digest_after end
                        """)
                .param("username", it.username())
                .param("mail", it.mail().name())
                .param("address", it.address())
                .param("language", it.language())
                .update();
    }
}
