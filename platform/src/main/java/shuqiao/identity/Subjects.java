package shuqiao.identity;

import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Conflict;

/** Names over people and programs: each is one subject, in the ledger and in every rule. */
@Repository
class Subjects {

    private final JdbcClient db;

    Subjects(JdbcClient db) {
        this.db = db;
    }

    /**
     * Takes a name for a new person or program.
     *
     * @throws Conflict when either has it
     */
    void take(String name, String kind) {
        var taken =
                db.sql(
                                """
                                insert into identity.subject (name, kind) values (:name, :kind)
                                on conflict do nothing
                                """)
                        .param("name", name)
                        .param("kind", kind)
                        .update();
        if (taken == 0) throw new Conflict("identity:username-taken", Map.of("username", name));
    }

    /** Names that a person and a program both have, from before that was refused. */
    Set<String> clashes() {
        return Set.copyOf(
                db.sql(
                                """
                                select p.client_id from identity.program p
                                join identity.person u on u.username = p.client_id
                                """)
                        .query(String.class)
                        .list());
    }
}
