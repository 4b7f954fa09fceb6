package shuqiao.sharing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.FactNames;

/** Numbers of grants, for sentences of acts. */
@Repository
class GrantNumbers implements FactNames {

    private final JdbcClient db;

    GrantNumbers(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String kind() {
        return "grant";
    }

    @Override
    public Map<String, Named> named(Set<String> values, Locale locale) {
        var named = new HashMap<String, Named>();
        db.sql("select id, number from sharing.\"grant\" where id = any (:ids)")
                .param("ids", FactNames.ids(values))
                .query(rs -> {
                    named.put(rs.getString(1), new Named(rs.getString(2), null));
                });
        return named;
    }
}
