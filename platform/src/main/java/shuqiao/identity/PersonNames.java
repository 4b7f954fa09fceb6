package shuqiao.identity;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.FactNames;

/** Names of people and programs, for sentences of acts; who was never there keeps the code. */
@Repository
class PersonNames implements FactNames {

    private final JdbcClient db;

    PersonNames(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String kind() {
        return PERSON;
    }

    @Override
    public Map<String, Named> named(Set<String> values, Locale locale) {
        var named = new HashMap<String, Named>();
        db.sql(
                        """
                        select username, name from identity.person where username = any (:ids)
                        union all select client_id, name from identity.program where client_id = any (:ids)
                        """)
                .param("ids", values.toArray(String[]::new))
                .query(rs -> {
                    named.put(rs.getString(1), new Named(rs.getString(2), null));
                });
        return named;
    }
}
